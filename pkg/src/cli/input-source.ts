// Files that are read: opened by name, or standard input.
import { fstatSync, read } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import type { ByteSource } from "./api.js";
import { Trouble, withFile } from "./exit.js";
import type { ReadBytes } from "./excerpt.js";

/** A file that was opened. */
export interface Source {
  /** Its name as messages have it. */
  readonly name: string;
  /** What the package reads. */
  readonly source: ByteSource;
  /** Bytes of it, once more. */
  readonly bytes: ReadBytes;
  /** Closes it. */
  close(): Promise<void>;
}

/** The name that means standard input or output. */
export const standard = "-";

/**
 * Of a pipe, which is read once only, so much of the beginning is kept for excerpts: enough for any small file, and
 * little beside what the process needs anyway. Issues further on are printed without.
 */
const kept = 8 << 20;

/** Opens files by their names, does something with them, and closes them whatever happens. */
export async function withSources<T>(
  names: readonly string[],
  work: (sources: readonly Source[]) => Promise<T>,
): Promise<T> {
  if (names.filter((name) => name === standard).length > 1)
    throw new Trouble("standard input can be read once only: - is named more than once");
  const sources: Source[] = [];
  try {
    for (const name of names) sources.push(await openSource(name));
    return await work(sources);
  } finally {
    for (const source of sources) await source.close();
  }
}

async function openSource(name: string): Promise<Source> {
  if (name === standard) return fromStandardInput();
  const handle = await withFile(name, () => open(name));
  if (!(await handle.stat()).isDirectory()) return fromHandle(name, handle);
  await handle.close();
  throw new Trouble(`${name}: is a folder, and a file is needed`);
}

async function fromHandle(name: string, handle: FileHandle): Promise<Source> {
  const rereadable = (await handle.stat()).isFile();
  return {
    name,
    source: handle,
    bytes: rereadable ? (start, end) => readRange(handle, start, end) : goneBytes,
    close: () => handle.close(),
  };
}

const goneBytes: ReadBytes = async () => undefined;
const readFrom = promisify(read);

async function fromStandardInput(): Promise<Source> {
  const name = "<stdin>";
  const close = async (): Promise<void> => void process.stdin.destroy();
  // As `< FILE` gives it: a file like any other.
  if (fstatSync(0).isFile()) {
    const handle = {
      read: (
        buffer: Uint8Array,
        { offset, length, position }: { offset: number; length: number; position: number | null },
      ) => readFrom(0, buffer, offset, length, position),
      stat: async () => fstatSync(0),
    };
    if (fstatSync(0).size === 0) throw emptyInput();
    return { name, source: handle, bytes: (start, end) => readRange(handle, start, end), close: async () => undefined };
  }
  const pieces = process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const first = await withFile(name, () => pieces.next());
  if (first.done) throw emptyInput();
  const beginning: Uint8Array[] = [];
  let size = 0;
  async function* all(): AsyncGenerator<Uint8Array> {
    for (let piece = first; !piece.done; piece = await pieces.next()) {
      if (size < kept) beginning.push(piece.value);
      size += piece.value.length;
      yield piece.value;
    }
  }
  const bytes: ReadBytes = async (start, end) => {
    if (Math.min(end, size) > kept) return undefined;
    if (beginning.length > 1) beginning.splice(0, Infinity, Buffer.concat(beginning));
    return beginning[0]?.subarray(start, end);
  };
  return { name, source: all(), bytes, close };
}

/** What gave nothing has most likely failed, so this is no issue. */
const emptyInput = (): Trouble => new Trouble("standard input is empty: nothing came before it ended");

type Readable = {
  read(
    buffer: Uint8Array,
    options: { offset: number; length: number; position: number | null },
  ): PromiseLike<{ bytesRead: number }>;
};

async function readRange(handle: Readable, start: number, end: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(end - start);
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, {
      offset: filled,
      length: buffer.length - filled,
      position: start + filled,
    });
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

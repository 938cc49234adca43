// Opens input files by name, or standard input.
import { fstatSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { bytesAt } from "../../files/io/line-ranges.js";
import type { ByteSource } from "../api.js";
import { descriptorHandle } from "../descriptor-handle.js";
import { CliError, withFileName } from "../exit.js";
import type { ReadBytes } from "../terminal/excerpt.js";

/** An opened input file. */
export interface InputSource {
  /** The name in messages. */
  readonly name: string;
  /** The content, for the package's functions. A pipe can be read only once. */
  readonly bytes: ByteSource;
  /** Reads a range again, for excerpts. */
  readonly readRange: ReadBytes;
  /** Closes the file. */
  close(): Promise<void>;
}

/** The name of standard input in messages. */
export const standardInputName = "<stdin>";

/** The file name that means standard input or standard output. */
export const standardStream = "-";

/**
 * The number of bytes kept from the start of a pipe, for excerpts. Issues further on are printed without an excerpt.
 */
const maxExcerptBytes = 8 << 20;

/** Opens files by name, runs a task with them, and closes them afterwards. */
export async function withInputs<T>(
  names: readonly string[],
  work: (sources: readonly InputSource[]) => Promise<T>,
): Promise<T> {
  if (names.filter((name) => name === standardStream).length > 1)
    throw new CliError("standard input can be read only once; use - once");
  const sources: InputSource[] = [];
  try {
    for (const name of names) sources.push(await openInput(name));
    return await work(sources);
  } finally {
    for (const source of sources) await source.close();
  }
}

async function openInput(name: string): Promise<InputSource> {
  if (name === standardStream) return fromStandardInput();
  const handle = await withFileName(name, () => open(name));
  try {
    const found = await handle.stat();
    if (found.isDirectory()) throw new CliError(`${name}: is a directory`);
    return fromHandle(name, handle, found.isFile());
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function fromHandle(name: string, handle: FileHandle, isFile: boolean): InputSource {
  return {
    name,
    bytes: handle,
    readRange: isFile ? (start, end) => bytesAt(handle, start, end - start) : readNothing,
    close: () => handle.close(),
  };
}

const readNothing: ReadBytes = async () => undefined;

async function fromStandardInput(): Promise<InputSource> {
  const name = standardInputName;
  const close = async (): Promise<void> => void process.stdin.destroy();
  // Standard input is redirected from a file.
  if (fstatSync(0).isFile()) {
    const handle = descriptorHandle(0);
    if (fstatSync(0).size === 0) throw emptyInputError();
    return {
      name,
      bytes: handle,
      readRange: (start, end) => bytesAt(handle, start, end - start),
      close: async () => undefined,
    };
  }
  const chunks = process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const first = await withFileName(name, () => chunks.next());
  if (first.done) throw emptyInputError();
  const beginning: Uint8Array[] = [];
  let size = 0;
  async function* all(): AsyncGenerator<Uint8Array> {
    for (let chunk = first; !chunk.done; chunk = await chunks.next()) {
      if (size < maxExcerptBytes) beginning.push(chunk.value);
      size += chunk.value.length;
      yield chunk.value;
    }
  }
  const readBeginning: ReadBytes = async (start, end) => {
    if (Math.min(end, size) > maxExcerptBytes) return undefined;
    if (beginning.length > 1) beginning.splice(0, Infinity, Buffer.concat(beginning));
    return beginning[0]?.subarray(start, end);
  };
  return { name, bytes: all(), readRange: readBeginning, close };
}

/** An empty input usually means that the previous command of a pipeline failed. */
const emptyInputError = (): CliError => new CliError("standard input is empty");

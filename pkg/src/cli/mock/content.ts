// File content on disk. Large files are read in chunks and never held in memory.
import { constants } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import type { MockContent } from "#mock";

/** The size of a chunk in bytes. */
const chunkBytes = 64 << 10;

// Does not follow links and does not block on pipes. Windows supports neither flag.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The size of a regular file in bytes. Returns undefined for anything else. */
export async function sizeOf(path: string): Promise<number | undefined> {
  const found = await lstat(path);
  return found.isFile() ? found.size : undefined;
}

/** The bytes of a file from `from` up to `to`. */
export class FileContent implements MockContent {
  constructor(
    private readonly path: string,
    private readonly from: number,
    private readonly to: number,
  ) {}

  get size(): number {
    return this.to - this.from;
  }

  slice(start = 0, end = this.size): FileContent {
    const from = Math.min(this.from + start, this.to);
    return new FileContent(this.path, from, Math.max(from, Math.min(this.from + end, this.to)));
  }

  stream(): ReadableStream<Uint8Array> {
    let file: FileHandle | undefined;
    let at = this.from;
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      try {
        if (at < this.to) {
          file ??= await open(this.path, flags);
          const chunk = await this.#read(file, at, Math.min(chunkBytes, this.to - at));
          at += chunk.length;
          controller.enqueue(chunk);
        }
        if (at < this.to) return;
        controller.close();
        await file?.close();
      } catch (error) {
        await file?.close();
        throw error;
      }
    };
    // The file is opened by the first read, so an unread stream holds no file handle.
    return new ReadableStream({ pull, cancel: () => file?.close() }, { highWaterMark: 0 });
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const file = await open(this.path, flags);
    try {
      return (await this.#read(file, this.from, this.size)).buffer;
    } finally {
      await file.close();
    }
  }

  async #read(file: FileHandle, position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
      if (bytesRead === 0)
        throw new Error(
          `${this.path}: file was truncated; expected at least ${this.to} bytes, found ${position + filled}`,
        );
      filled += bytesRead;
    }
    return bytes;
  }
}

/** Content that throws an error when it is read. */
export function unreadableContent(reason: string): MockContent {
  const refuse = () => {
    throw new RangeError(reason);
  };
  const content: MockContent = { size: 0, slice: () => content, stream: refuse, arrayBuffer: refuse };
  return content;
}

// A file that is open only while it is read, so that it need not be closed.
import { type FileHandle, open } from "node:fs/promises";

/** The time without a read after which the file is closed, in milliseconds. */
const idleTime = 500;

/** What to read, and where in the buffer to put it. */
interface Position {
  readonly offset: number;
  readonly length: number;
  readonly position: number | null;
}

/** A file that can be read at any position and repeatedly. Opened again after a pause. */
export class IdleFile {
  #opened: Promise<FileHandle> | undefined;
  #reads = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly path: string) {}

  /** Reads into a buffer. */
  read(buffer: Uint8Array, position: Position) {
    return this.#use((file) => file.read(buffer, position));
  }

  /** The size and type of the file. */
  stat() {
    return this.#use((file) => file.stat());
  }

  /** Closes the file. A later read opens it again. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const opened = this.#opened;
    this.#opened = undefined;
    await (await opened)?.close();
  }

  async #use<T>(work: (file: FileHandle) => Promise<T>): Promise<T> {
    clearTimeout(this.#timer);
    this.#reads++;
    try {
      this.#opened ??= open(this.path);
      return await work(await this.#opened);
    } finally {
      if (--this.#reads === 0) this.#timer = setTimeout(() => void this.close().catch(() => undefined), idleTime);
      // The timer does not keep the process running.
      this.#timer?.unref();
    }
  }
}

// Where a run keeps its journal and its files.
import type { ByteSource } from "#batchlight";

/**
 * Keeps the journal and the files of one run. Each method resolves when its effect survives a crash, because the run
 * relies on it: a step that is not in the journal is taken again.
 */
export interface RunStore {
  /**
   * Reserves the store for this run, until the returned function is called.
   *
   * @throws if another run holds it; the error should say which
   */
  lock(): Promise<() => Promise<void>>;
  /** Returns the journal: complete lines. Deletes the rest of a line whose writing was interrupted. */
  journal(): Promise<string>;
  /** Appends a line with its line break to the journal. */
  append(line: string): Promise<void>;
  /** Writes a file, completely or not at all. Replaces an existing one. */
  write(name: string, content: ReadableStream<Uint8Array>): Promise<void>;
  /** Returns a file that can be read repeatedly; undefined if there is none. */
  read(name: string): Promise<ByteSource | undefined>;
  /** Returns a file for an upload; undefined if there is none. */
  blob(name: string): Promise<Blob | undefined>;
}

// The number of threads for files.
import { stat } from "node:fs/promises";
import os from "node:os";
import { standardStream } from "./input-source.js";

// A thread starts in about 40 ms, in which one job reads about this many bytes.
const minJobBytes = 32 << 20;

/**
 * The number of processors. Node 18.13 and older do not know how many the process may use; there, a named import of the
 * function would fail.
 */
const processors = (): number => os.availableParallelism?.() ?? os.cpus().length;

/**
 * The number of jobs for files: as many as there are processors, if each has enough to read. Only one if a name is not
 * that of a file on a disk, because pipes are opened one after the other.
 */
export async function jobsFor(names: readonly string[], wanted: number | undefined): Promise<number> {
  const sizes = await Promise.all(names.map(sizeOf));
  const isOnDisk = sizes.every((size) => size !== undefined);
  if (!isOnDisk) return 1;
  const bytes = sizes.reduce<number>((sum, size) => sum + size!, 0);
  const useful = wanted ?? Math.min(processors(), Math.max(1, Math.floor(bytes / minJobBytes)));
  return Math.min(useful, names.length);
}

/** The size of a file. A file that cannot be opened has none to read; the error is reported in its turn. */
async function sizeOf(name: string): Promise<number | undefined> {
  if (name === standardStream) return undefined;
  if (name === os.devNull) return 0;
  const found = await stat(name).catch(() => undefined);
  if (found === undefined || found.isDirectory()) return 0;
  return found.isFile() ? found.size : undefined;
}

// Writes files that survive a crash of the process or the machine: completely or not at all.
import { constants } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** The suffix of temporary files. A crash may leave some, which have no meaning. */
export const temporarySuffix = ".tmp";

/** Flags to create a file exclusively: writing through a link or into an existing file fails. */
const exclusive = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

/**
 * Writes a temporary file, waits for the disk, and renames it. Leaves nothing behind if writing fails. Returns the size
 * in bytes.
 */
export async function writeSynced(file: string, chunks: AsyncIterable<Uint8Array> | Iterable<string>): Promise<number> {
  const temporary = `${file}${temporarySuffix}`;
  let size = 0;
  try {
    await rm(temporary, { force: true });
    await withSync(await open(temporary, exclusive, 0o666), async (handle) => {
      for await (const chunk of chunks) {
        await handle.writeFile(chunk);
        size += Buffer.byteLength(chunk);
      }
    });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(join(file, ".."));
  return size;
}

/** Waits until the entries of a directory are on the disk. Windows cannot open directories and does not need this. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform !== "win32") await withSync(await open(path, "r"), async () => undefined);
}

/** Runs a task with an open file, waits for the disk, and closes the file. */
export async function withSync(handle: FileHandle, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

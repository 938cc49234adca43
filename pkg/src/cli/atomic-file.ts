// Files that are written: whole or not at all, and never over another one unasked.
import { rmSync } from "node:fs";
import { type FileHandle, lstat, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CliError, withFileName } from "./exit.js";

/** Bytes or text to be written, chunk by chunk. */
export type Chunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

const temporaryFiles = new Set<string>();

/** Removes what is half written: for the process's end, which waits for nothing. */
export function removeTemporaryFiles(): void {
  for (const path of temporaryFiles) rmSync(path, { force: true });
}

/**
 * Throws where a file must not be written: it exists already, it is a folder, or a symbolic link to nothing, which
 * would be replaced where somebody means its target. Asked before the work, which may be long.
 */
export async function assertWritable(path: string, force: boolean): Promise<void> {
  const existing = await withFileName(path, () => statOf(path));
  if (existing?.isDirectory()) throw new CliError(`${path}: is a directory`);
  if (existing?.isFile() && !force) throw new CliError(`${path}: already exists; use --force to overwrite`);
  if (!existing && (await lstat(path).catch(() => undefined))?.isSymbolicLink())
    throw new CliError(`${path}: symbolic link to a missing file; remove the link or name the file itself`);
  const folder = dirname(path);
  if (!existing && !(await statOf(folder))?.isDirectory()) throw new CliError(`${path}: no such directory: ${folder}`);
}

/** Writes a file beside its place and then moves it existing; a device or a pipe is written to as it is. */
export async function writeAtomically(path: string, chunks: Chunks, force: boolean): Promise<void> {
  await assertWritable(path, force);
  await withFileName(path, async () => {
    const existing = await statOf(path);
    if (existing && !existing.isFile()) return writeChunks(await open(path, "w"), chunks);
    // Through a link, so that the link stays one.
    const target = existing ? await realpath(path) : path;
    const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    const file = await open(temporary, "wx", Number(existing?.mode ?? 0o666));
    temporaryFiles.add(temporary);
    try {
      await writeChunks(file, chunks);
      await assertWritable(path, force);
      await rename(temporary, target);
    } finally {
      await rm(temporary, { force: true });
      temporaryFiles.delete(temporary);
    }
  });
}

async function writeChunks(file: FileHandle, chunks: Chunks): Promise<void> {
  try {
    for await (const chunk of chunks) await file.appendFile(chunk);
  } finally {
    await file.close();
  }
}

async function statOf(path: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

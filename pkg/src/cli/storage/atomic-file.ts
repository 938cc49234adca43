// Writes output files atomically, and overwrites existing files only with --force.
import { rmSync } from "node:fs";
import { type FileHandle, lstat, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CliError, withFileName } from "../exit.js";
import { unlessMissing } from "./file-status.js";

/** File content in chunks of bytes or strings. */
export type Chunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

const temporaryFiles = new Set<string>();

/** Deletes unfinished temporary files. Synchronous, for the process's `exit` event. */
export function removeTemporaryFiles(): void {
  for (const path of temporaryFiles) rmSync(path, { force: true });
}

/**
 * Checks that a file may be written. Commands call this before long work.
 *
 * @throws {CliError} if the file exists and `force` is not set, if the path is a directory, if its directory is
 * missing, or if it is a symbolic link to a missing file, which a rename would replace
 */
export async function assertWritable(path: string, force: boolean): Promise<void> {
  const existing = await withFileName(path, () => unlessMissing(stat(path)));
  if (existing?.isDirectory()) throw new CliError(`${path}: is a directory`);
  if (existing?.isFile() && !force) throw new CliError(`${path}: already exists; use --force to overwrite`);
  if (!existing && (await lstat(path).catch(() => undefined))?.isSymbolicLink())
    throw new CliError(`${path}: symbolic link to a missing file; remove the link or name the file itself`);
  const folder = dirname(path);
  if (!existing && !(await unlessMissing(stat(folder)))?.isDirectory())
    throw new CliError(`${path}: no such directory: ${folder}`);
}

/** Writes to a temporary file in the same directory and renames it. Devices and pipes are written directly. */
export async function writeAtomically(path: string, chunks: Chunks, force: boolean): Promise<void> {
  await assertWritable(path, force);
  await withFileName(path, async () => {
    const existing = await unlessMissing(stat(path));
    if (existing && !existing.isFile()) return writeChunks(await open(path, "w"), chunks);
    // A rename to the link itself would replace the link.
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

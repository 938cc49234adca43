// Files that are written: whole or not at all, and never over another one unasked.
import { rmSync } from "node:fs";
import { type FileHandle, lstat, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Trouble, withFile } from "./exit.js";

/** Bytes or text to be written, piece by piece. */
export type Pieces = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

const unfinished = new Set<string>();

/** Removes what is half written: for the process's end, which waits for nothing. */
export function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
}

/**
 * Throws where a file must not be written: it exists already, it is a folder, or a symbolic link to nothing, which
 * would be replaced where somebody means its target. Asked before the work, which may be long.
 */
export async function mayWrite(path: string, force: boolean): Promise<void> {
  const there = await withFile(path, () => statOf(path));
  if (there?.isDirectory()) throw new Trouble(`${path}: is a folder, and a file is needed`);
  if (there?.isFile() && !force) throw new Trouble(`${path}: exists already; --force overwrites it`);
  if (!there && (await lstat(path).catch(() => undefined))?.isSymbolicLink())
    throw new Trouble(
      `${path}: is a symbolic link to a file that does not exist; remove the link, or name the file itself`,
    );
  const folder = dirname(path);
  if (!there && !(await statOf(folder))?.isDirectory()) throw new Trouble(`${path}: there is no folder ${folder}`);
}

/** Writes a file beside its place and then moves it there; a device or a pipe is written to as it is. */
export async function writeWhole(path: string, pieces: Pieces, force: boolean): Promise<void> {
  await mayWrite(path, force);
  await withFile(path, async () => {
    const there = await statOf(path);
    if (there && !there.isFile()) return fill(await open(path, "w"), pieces);
    // Through a link, so that the link stays one.
    const target = there ? await realpath(path) : path;
    const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    const file = await open(temporary, "wx", Number(there?.mode ?? 0o666));
    unfinished.add(temporary);
    try {
      await fill(file, pieces);
      await mayWrite(path, force);
      await rename(temporary, target);
    } finally {
      await rm(temporary, { force: true });
      unfinished.delete(temporary);
    }
  });
}

async function fill(file: FileHandle, pieces: Pieces): Promise<void> {
  try {
    for await (const piece of pieces) await file.appendFile(piece);
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

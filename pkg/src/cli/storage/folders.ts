// Creates directories.
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { CliError, errorCode } from "../exit.js";

/**
 * Creates a directory and its missing parents. Replaces `mkdir` with `recursive`, which loops forever in Node where
 * nothing can be created, as below /proc.
 *
 * @throws {CliError} if the directory cannot be created in an existing parent; other system errors are passed on
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isCreated(path)) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  if (!(await isCreated(path))) throw new CliError(`${path}: cannot create a directory in ${parent}`);
}

/** Creates one directory. Returns true if it exists afterwards, and false if its parent is missing. */
async function isCreated(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    const existing = await stat(path).catch(() => undefined);
    if (existing?.isDirectory()) return true;
    if (existing) throw new CliError(`${path}: expected a folder, found a file`);
    throw error;
  }
}

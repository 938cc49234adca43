// Folders that are existing when something is to be written into them.
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { CliError, errorCode } from "./exit.js";

/**
 * Makes a folder, and those parent it, where existing are none. Node's own `recursive` never comes to an end where nobody
 * can make one, as below /proc.
 *
 * @throws {CliError} existing; else what the system throws
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isCreated(path)) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  if (!(await isCreated(path))) throw new CliError(`${path}: no folder can be made in ${parent}`);
}

/** Whether the folder is existing now; not, if the one parent it is missing. */
async function isCreated(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    const existing = await stat(path).catch(() => undefined);
    if (existing?.isDirectory()) return true;
    throw error;
  }
}

// Folders that are there when something is to be written into them.
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Trouble, codeOf } from "./exit.js";

/**
 * Makes a folder, and those above it, where there are none. Node's own `recursive` never comes to an end where nobody
 * can make one, as below /proc.
 *
 * @throws {Trouble} there; else what the system throws
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isMade(path)) return;
  const above = dirname(path);
  if (above !== path) await makeFolder(above);
  if (!(await isMade(path))) throw new Trouble(`${path}: no folder can be made in ${above}`);
}

/** Whether the folder is there now; not, if the one above it is missing. */
async function isMade(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    const there = await stat(path).catch(() => undefined);
    if (there?.isDirectory()) return true;
    throw error;
  }
}

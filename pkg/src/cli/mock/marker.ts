// Which folders are the mock's: those that it made, or found empty. In others it changes nothing.
import { lstat, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CliError, errorCode } from "../exit.js";
import { makeFolder } from "../folders.js";

/** The file by which a folder says that it is a mock's. */
const markerName = "batchlight-mock.json";

/**
 * Makes a folder the mock's, where it is none yet.
 *
 * @throws {CliError} for a folder that is not empty and was not made by the mock; nothing in it is changed
 */
export async function claimFolder(path: string): Promise<void> {
  await makeFolder(path);
  const file = join(path, markerName);
  if (await isFile(file)) return;
  // Another mock that starts at the same moment may have made it the mock's meanwhile.
  if ((await readdir(path)).length > 0 && !(await isFile(file)))
    throw new CliError(
      `${path}: is not empty, and batchlight mock did not make it: --data names a new or an empty folder`,
    );
  await writeFile(file, `${JSON.stringify({ folder: "batchlight mock", format: 1 })}\n`);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

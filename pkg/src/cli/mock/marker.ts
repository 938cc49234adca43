// Marks the folders that the mock created or found empty. The mock changes nothing in other folders.
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CliError } from "../exit.js";
import { isFile } from "../storage/file-status.js";
import { makeFolder } from "../storage/folders.js";

/** The name of the marker file. */
const markerName = "batchlight-mock.json";

/**
 * Creates and marks a folder if needed.
 *
 * @throws {CliError} if the folder is not empty and has no marker; nothing in it is changed
 */
export async function claimFolder(path: string): Promise<void> {
  await makeFolder(path);
  const file = join(path, markerName);
  if (await isFile(file)) return;
  // Another mock that started at the same time may have marked the folder meanwhile.
  if ((await readdir(path)).length > 0 && !(await isFile(file)))
    throw new CliError(
      `${path}: expected an empty or new folder, or one that batchlight mock created; use --data with another folder`,
    );
  await writeFile(file, `${JSON.stringify({ folder: "batchlight mock", format: 1 })}\n`);
}

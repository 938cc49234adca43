// The folder of a run, beside its output, and what the command remembers in it.
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseJson } from "../../common/json.js";
import { propertyOf } from "../../common/list-page.js";
import { CliError, withFileName } from "../exit.js";
import { isFile, unlessMissing } from "../storage/file-status.js";
import { makeFolder } from "../storage/folders.js";
import { standardStream } from "../io/input-source.js";
import { writeSynced } from "../storage/synced-file.js";
import { journalName } from "./folder-store.js";

const suffix = ".run";
const settingsName = "run.json";

/** A run on the disk. */
export interface RunFolder {
  /** The folder with the journal and the files. */
  readonly path: string;
  /** The output file, or undefined for standard output. */
  readonly output: string | undefined;
}

/**
 * The folder of a run that begins.
 *
 * @throws {CliError} if both the input and the output are standard streams
 */
export function folderFor(inputs: readonly string[], to: string): RunFolder {
  if (to !== standardStream) return { path: `${to}${suffix}`, output: to };
  const named = inputs.find((name) => name !== standardStream);
  if (named === undefined)
    throw new CliError("the journal needs a place beside a file; use -o FILE, or name an input file");
  return { path: `${named}${suffix}`, output: undefined };
}

/** Creates the folder of a run and notes its output. */
export async function createFolder({ path, output }: RunFolder): Promise<void> {
  const settings = { output: output === undefined ? standardStream : basename(output) };
  await withFileName(path, async () => {
    await makeFolder(path);
    await writeSynced(join(path, settingsName), [`${JSON.stringify(settings)}\n`]);
  });
}

/** Whether a folder has a journal. */
export const hasJournal = async (path: string): Promise<boolean> => isFile(join(path, journalName));

/**
 * Finds a run by its output file or its folder; without a name, the only run in this directory.
 *
 * @throws {CliError} if there is none, or several
 */
export async function findFolder(name: string | undefined): Promise<RunFolder> {
  if (name !== undefined) {
    for (const path of [name.replace(/[/\\]+$/, ""), `${name}${suffix}`])
      if (await hasJournal(path)) return readFolder(path);
    throw new CliError(`${name}: no run found; expected an output file of batchlight run, or the folder beside it`);
  }
  const [first, ...others] = await listFolders();
  if (first === undefined) throw new CliError("no run in this directory; name an output file of batchlight run");
  if (others.length > 0)
    throw new CliError(
      `several runs in this directory; name one of ${[first, ...others].map(({ path }) => path).join(", ")}`,
    );
  return first;
}

/** The runs in this directory. */
export async function listFolders(): Promise<readonly RunFolder[]> {
  const names = (await readdir(".")).filter((name) => name.endsWith(suffix)).sort();
  const folders: RunFolder[] = [];
  for (const name of names) if (await hasJournal(name)) folders.push(await readFolder(name));
  return folders;
}

/** Reads the output of a run. A folder of `folderStore` alone has no settings: its results go to standard output. */
async function readFolder(path: string): Promise<RunFolder> {
  const file = join(path, settingsName);
  const settings = await withFileName(file, () => unlessMissing(readFile(file, "utf8")));
  if (settings === undefined) return { path, output: undefined };
  const output = propertyOf(parseJson(settings), "output");
  if (typeof output !== "string") throw new CliError(`${file}: expected JSON with the output; restore the file`);
  return { path, output: output === standardStream ? undefined : join(dirname(path), output) };
}

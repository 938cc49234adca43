// batchlight/run/node: the store of a run in a folder.
import * as fs from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RunStore } from "#run";
import { runError } from "../../run/errors.js";
import { CliError } from "../exit.js";
import { unlessMissing } from "../storage/file-status.js";
import { makeFolder } from "../storage/folders.js";
import { acquireLock, type Lock } from "../storage/lock.js";
import { syncFolder, withSync, writeSynced } from "../storage/synced-file.js";
import { IdleFile } from "./idle-file.js";

/** The name of the journal in the folder. */
export const journalName = "journal.jsonl";

/**
 * Creates the store of a run in a folder, which is created if it does not exist. Everything in it survives a crash of
 * the machine. A store can be used again after a run has ended.
 *
 * Its methods reject with the errors of the file system, such as one with the code `ENOSPC`; `lock` rejects with a
 * `BatchlightRunError` with the code `in_use` if another process has the lock.
 *
 * @param path the folder
 * @example
 * import { folderStore } from "batchlight/run/node";
 * const store = folderStore("/tmp/results.jsonl.run");
 * console.log(typeof store.append); // function
 */
export function folderStore(path: string): RunStore {
  const journal = join(path, journalName);
  const files = new Map<string, IdleFile>();
  let lock: Lock | undefined;
  return {
    async lock() {
      await makeFolder(path);
      lock = await acquireLock(path, "run").catch((error: unknown) => {
        throw error instanceof CliError ? runError("in_use", error.message) : error;
      });
      return async () => {
        const released = lock;
        lock = undefined;
        await released?.release();
      };
    },
    async journal() {
      const text = await textOf(journal);
      const complete = text.slice(0, text.lastIndexOf("\n") + 1);
      // Only the holder of the lock deletes: another process may be writing the line.
      if (lock && complete.length < text.length)
        await withSync(await open(journal, "r+"), (file) => file.truncate(Buffer.byteLength(complete)));
      return complete;
    },
    async append(line) {
      if (await lock?.isLost()) throw runError("in_use", `${path}: another process has taken the run over`);
      const isNew = (await unlessMissing(stat(journal))) === undefined;
      await withSync(await open(journal, "a"), (file) => file.appendFile(line));
      if (isNew) await syncFolder(path);
    },
    async write(name, content) {
      await files.get(name)?.close();
      await writeSynced(join(path, name), content);
    },
    async read(name) {
      const known = files.get(name);
      if (known) return known;
      const file = join(path, name);
      if (!(await unlessMissing(stat(file)))) return undefined;
      const opened = new IdleFile(file);
      files.set(name, opened);
      return opened;
    },
    async blob(name) {
      const file = join(path, name);
      if (!(await unlessMissing(stat(file)))) return undefined;
      // Node 18 has no Blobs of files.
      const { openAsBlob } = fs as { openAsBlob?: (path: string) => Promise<Blob> };
      return openAsBlob ? openAsBlob(file) : new Blob([await readFile(file)]);
    },
  };
}

const textOf = async (file: string): Promise<string> => (await unlessMissing(readFile(file, "utf8"))) ?? "";

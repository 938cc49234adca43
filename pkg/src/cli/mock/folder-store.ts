// Stores a mock's state in a folder, one file per value. Writes are atomic and reach the disk before the response is
// sent, so a crash loses nothing that was acknowledged.
import { lstat, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { MockContent, MockStore } from "#mock";
import { CliError, errorCode, toCliError, withFileName } from "../exit.js";
import { unlessMissing } from "../storage/file-status.js";
import { makeFolder } from "../storage/folders.js";
import { acquireLock, type Lock } from "../storage/lock.js";
import { temporarySuffix, writeSynced } from "../storage/synced-file.js";
import { latestTime } from "./clock.js";
import { FileContent, sizeOf, unreadableContent } from "./content.js";
import { claimFolder } from "./marker.js";

const fileId = /^(?:file[-_][\w-]{1,128}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

/** The kinds of stored values, with the names of their files. Files with other names are ignored. */
const kinds = {
  content: { id: fileId, ending: "" },
  file: { id: fileId, ending: ".json" },
  batch: { id: /^batch_[\w-]{1,128}$/, ending: ".json" },
  state: { id: /^sequence$/, ending: ".json" },
} as const;

type Kind = keyof typeof kinds;

/** The subfolder for damaged files. Their names consist of kind, original name and a number. */
const damagedFolder = "damaged";
const damagedNamePattern = /^(?:content|file|batch)\.([\w-]+)(?:\.json)?\.\d+$/;

/** The maximum size of a record in bytes. */
const maxRecordBytes = 64 << 20;

/** An opened folder, locked by this process. */
export interface FolderStore {
  /** The store for the mock. */
  readonly store: Required<MockStore>;
  /** The number of files and batches. Valid after the mock has loaded them. */
  readonly counts: { readonly files: number; readonly batches: number };
  /** The end of the clock's last reservation in Unix seconds, or 0. */
  readonly reservedUntil: number;
  /** Stores the end of a reservation of the clock. */
  persistTime(until: number): Promise<void>;
  /** Waits for pending writes and unlocks the folder. */
  release(): Promise<void>;
}

/**
 * Opens a folder and creates it if it does not exist. Only one process can open a folder at a time, because two would
 * use the same ids for different files.
 *
 * @param log receives a line for each damaged file that is moved to the subfolder
 * @throws {CliError} if the folder belongs to something else or is in use
 */
export async function openFolderStore(path: string, log: (line: string) => void): Promise<FolderStore> {
  return withFileName(path, async () => {
    await claimFolder(path);
    const lock = await acquireLock(path, "mock");
    try {
      for (const name of [...Object.keys(kinds), damagedFolder]) {
        await makeFolder(join(path, name));
        if (!(await lstat(join(path, name))).isDirectory())
          throw new CliError(`${join(path, name)}: expected a directory, found something else`);
      }
      return await createFolderStore(path, lock, log);
    } catch (error) {
      await lock.release();
      throw error;
    }
  });
}

async function createFolderStore(path: string, lock: Lock, log: (line: string) => void): Promise<FolderStore> {
  const counters: Record<Kind, number> = { content: 0, file: 0, batch: 0, state: 0 };
  // Changes of one file run one after the other, changes of different files in parallel.
  const pendingChanges = new Map<string, Promise<unknown>>();
  const change = <T>(file: string, work: () => Promise<T>): Promise<T> => {
    const run = async () => {
      if (await lock.isLost())
        throw new CliError(`${path}: another process has taken the folder over; nothing was written`);
      return work();
    };
    const next = (pendingChanges.get(file) ?? Promise.resolve()).then(run, run).catch((error: unknown) => {
      throw toCliError(file, error);
    });
    pendingChanges.set(file, next);
    const done = () => void (pendingChanges.get(file) === next && pendingChanges.delete(file));
    next.then(done, done);
    return next;
  };
  const locate = (key: string): { kind: Kind; id: string; file: string } => {
    const [kind, id] = key.split("/") as [Kind, string];
    // Prevents keys that lead out of the folder.
    if (!Object.hasOwn(kinds, kind) || !kinds[kind].id.test(id))
      throw new CliError(`${path}: unexpected store key ${key}`);
    return { kind, id, file: join(path, kind, `${id}${kinds[kind].ending}`) };
  };
  const setAside = async (file: string, name: string, reason: string): Promise<void> => {
    const target = await unusedPath(join(path, damagedFolder), name);
    await rename(file, target);
    log(`${file}: damaged, moved to ${target}: ${reason}`);
  };
  // Deletes a temporary file. A directory in its place is moved away, because it would block all writes.
  const clear = async (file: string, name: string): Promise<void> => {
    if (await isFolder(file)) await setAside(file, name, "expected a file, found a folder");
    else await rm(file, { force: true });
  };
  const store: Required<MockStore> = {
    async load() {
      const entries = await entriesOf(path);
      const found: (readonly [string, string | MockContent])[] = [];
      counters.file = counters.batch = 0;
      for (const { kind, id, file, isComplete } of entries) {
        const name = `${kind}.${id}${kinds[kind].ending}`;
        if (!isComplete) {
          await clear(file, `${name}${temporarySuffix}`);
          continue;
        }
        const value = await readValue(kind, file);
        if (value === undefined) {
          await setAside(file, name, notAFile);
          found.push([`${damagedFolder}/${id}`, ""]);
          continue;
        }
        counters[kind]++;
        found.push([`${kind}/${id}`, value]);
      }
      for (const name of await readdir(join(path, damagedFolder))) {
        const [, id] = damagedNamePattern.exec(name) ?? [];
        if (id !== undefined) found.push([`${damagedFolder}/${id}`, ""]);
      }
      return found;
    },
    set: (key, value) => {
      const { file } = locate(key);
      return change(file, () =>
        writeSynced(file, typeof value === "string" ? [value] : value.stream()).then(() => undefined),
      );
    },
    write: (key, chunks) => {
      const { file } = locate(key);
      return change(file, async () => new FileContent(file, 0, await writeSynced(file, chunks)));
    },
    delete: (key) => {
      const { file } = locate(key);
      return change(file, () => rm(file, { force: true }));
    },
    setAside: (key, reason) => {
      const { kind, id, file } = locate(key);
      counters[kind]--;
      return change(file, () => setAside(file, `${kind}.${id}${kinds[kind].ending}`, reason));
    },
  };
  const clock = join(path, "clock.json");
  await clear(`${clock}${temporarySuffix}`, `clock.json${temporarySuffix}`);
  return {
    store,
    counts: {
      get files() {
        return counters.file;
      },
      get batches() {
        return counters.batch;
      },
    },
    reservedUntil: await readTime(clock, (reason) => setAside(clock, "clock.json", reason)),
    persistTime: (until) => change(clock, () => writeSynced(clock, [JSON.stringify({ until })]).then(() => undefined)),
    async release() {
      await Promise.allSettled(pendingChanges.values());
      await lock.release();
    },
  };
}

/** A file in the folder that belongs to the mock. */
interface Entry {
  readonly kind: Kind;
  readonly id: string;
  readonly file: string;
  /** False for temporary files. */
  readonly isComplete: boolean;
}

async function entriesOf(path: string): Promise<Entry[]> {
  const found: Entry[] = [];
  for (const [kind, { id, ending }] of Object.entries(kinds)) {
    const idIn = (name: string, end: string) => {
      const begin = name.slice(0, name.length - end.length);
      return name.endsWith(end) && id.test(begin) ? begin : undefined;
    };
    for (const name of await readdir(join(path, kind))) {
      const file = join(path, kind, name);
      const recordId = idIn(name, ending);
      const temporaryId = idIn(name, `${ending}${temporarySuffix}`);
      if (recordId !== undefined) found.push({ kind: kind as Kind, id: recordId, file, isComplete: true });
      else if (temporaryId !== undefined) found.push({ kind: kind as Kind, id: temporaryId, file, isComplete: false });
    }
  }
  return found;
}

const isFolder = async (path: string): Promise<boolean> => (await unlessMissing(lstat(path)))?.isDirectory() === true;

const notAFile = "expected a file, found something else";

/**
 * Reads a stored value. Returns undefined for content that is not a regular file. An unreadable record throws when the
 * mock reads it, because other values may depend on it.
 */
async function readValue(kind: Kind, file: string): Promise<string | MockContent | undefined> {
  const size = await sizeOf(file);
  if (kind === "content") return size === undefined ? undefined : new FileContent(file, 0, size);
  if (size === undefined) return unreadableContent(notAFile);
  return size > maxRecordBytes
    ? unreadableContent(`expected at most ${maxRecordBytes} bytes, found ${size}`)
    : new TextDecoder().decode(await new FileContent(file, 0, size).arrayBuffer());
}

async function unusedPath(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const target = join(folder, `${name}.${number}`);
    if (!(await unlessMissing(lstat(target)))) return target;
  }
}

async function readTime(file: string, setAside: (reason: string) => Promise<void>): Promise<number> {
  const size = await sizeOf(file).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return 0;
    throw error;
  });
  if (size === 0) return 0;
  try {
    if (size === undefined || size > 1024) throw new RangeError("expected a small file");
    const text = new TextDecoder().decode(await new FileContent(file, 0, size).arrayBuffer());
    const { until } = (JSON.parse(text) ?? {}) as { readonly until?: unknown };
    if (typeof until === "number" && until >= 0 && until <= latestTime) return until;
    throw new RangeError(`expected Unix seconds up to ${latestTime} in "until"`);
  } catch (error) {
    if (errorCode(error) !== undefined) throw error;
    await setAside((error as Error).message);
    return 0;
  }
}

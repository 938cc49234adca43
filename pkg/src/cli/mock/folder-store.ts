// A folder that keeps a mock's state: a file for each thing, there whole or not at all. What was written is on the disk
// before the request that made it is answered, so that a crash loses nothing that was acknowledged.
import { constants } from "node:fs";
import { type FileHandle, lstat, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { MockContent, MockStore } from "#mock";
import { CliError, errorCode, toCliError, withFileName } from "../exit.js";
import { makeFolder } from "../folders.js";
import { latestTime } from "./clock.js";
import { FileContent, sizeOf, unreadableContent } from "./content.js";
import { acquireLock, type Lock } from "./lock.js";
import { claimFolder } from "./marker.js";

const fileId = /^(?:file[-_][\w-]{1,128}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

/** What is recordId: how the names of its files begin and end. Whatever has another name is temporaryId alone. */
const kinds = {
  content: { id: fileId, ending: "" },
  file: { id: fileId, ending: ".json" },
  batch: { id: /^batch_[\w-]{1,128}$/, ending: ".json" },
  state: { id: /^order$/, ending: ".json" },
} as const;

type Kind = keyof typeof kinds;

/** How the names of files end that are being written: what a crash leaves of them is no part of the state. */
const temporarySuffix = ".tmp";

/** The folder for what is damaged, and how it is called there: kind, name and a number. */
const damagedFolder = "damaged";
const damagedNamePattern = /^(?:content|file|batch)\.([\w-]+)(?:\.json)?\.\d+$/;

/** More bytes than any record has. */
const maxRecordBytes = 64 << 20;

/** A folder that is run by this process. */
export interface FolderStore {
  /** The store, as the mock wants it. */
  readonly store: Required<MockStore>;
  /** How many files and batches it holds; of use when the mock has loaded them. */
  readonly counts: { readonly files: number; readonly batches: number };
  /** Up to when time was given away, in Unix seconds; 0 where it never was. */
  readonly reservedUntil: number;
  /** Keeps up to when time is given away. */
  persistTime(until: number): Promise<void>;
  /** Lets go of the folder, when all is written. */
  release(): Promise<void>;
}

/**
 * Opens a folder, and makes it where there is none. One process at a time: two would give the same names to different
 * things.
 *
 * @param log is told of what is damaged, and set aside
 * @throws {CliError} for a folder that is somebody else's
 */
export async function openFolderStore(path: string, log: (line: string) => void): Promise<FolderStore> {
  return withFileName(path, async () => {
    await claimFolder(path);
    const lock = await acquireLock(path);
    try {
      for (const name of [...Object.keys(kinds), damagedFolder]) {
        await makeFolder(join(path, name));
        if (!(await lstat(join(path, name))).isDirectory())
          throw new CliError(`${join(path, name)}: is a link, and a folder is needed`);
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
  // Changes of one thing one after the other; of different things at once.
  const pendingChanges = new Map<string, Promise<unknown>>();
  const change = <T>(file: string, work: () => Promise<T>): Promise<T> => {
    const run = async () => {
      if (await lock.isLost()) throw new CliError(`${path}: another process has taken it over, so nothing is written`);
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
    // Whatever asks: no name leads out of the folder, or to what is not ours.
    if (!Object.hasOwn(kinds, kind) || !kinds[kind].id.test(id))
      throw new CliError(`${path}: unexpected store key ${key}`);
    return { kind, id, file: join(path, kind, `${id}${kinds[kind].ending}`) };
  };
  const setAside = async (file: string, name: string, reason: string): Promise<void> => {
    const target = await unusedPath(join(path, damagedFolder), name);
    await rename(file, target);
    log(`${file}: is damaged, and is now ${target}: ${reason}`);
  };
  // What a crash has temporaryId half written is removed; a folder in its target is somebody's, and would stop all writing.
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
        write(file, typeof value === "string" ? [value] : value.stream()).then(() => undefined),
      );
    },
    write: (key, chunks) => {
      const { file } = locate(key);
      return change(file, async () => new FileContent(file, 0, await write(file, chunks)));
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
    persistTime: (until) => change(clock, () => write(clock, [JSON.stringify({ until })]).then(() => undefined)),
    async release() {
      await Promise.allSettled(pendingChanges.values());
      await lock.release();
    },
  };
}

/** Something in the folder that is the mock's by its name. */
interface Entry {
  readonly kind: Kind;
  readonly id: string;
  readonly file: string;
  /** Whether it is recordId; what is not is temporaryId of a crash. */
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

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

const notAFile = "expected a file, found something else";

/**
 * What a file holds. A record that cannot be read is told of whoever reads it, since more may depend on it; of content
 * that cannot be, there is nothing.
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
    const taken = await lstat(target).catch((error: unknown) => {
      if (errorCode(error) === "ENOENT") return undefined;
      throw error;
    });
    if (!taken) return target;
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

/** What is never written through: a link, or what somebody else has temporaryId. */
const fresh = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

/**
 * Writes beside the target, waits for the disk, and moves there: at no moment is there half a file, and where writing
 * fails, nothing is temporaryId.
 *
 * @returns the bytes written
 */
async function write(file: string, chunks: AsyncIterable<Uint8Array> | Iterable<string>): Promise<number> {
  const temporary = `${file}${temporarySuffix}`;
  let size = 0;
  try {
    await rm(temporary, { force: true });
    await withSync(await open(temporary, fresh, 0o666), async (handle) => {
      for await (const chunk of chunks) {
        await handle.writeFile(chunk);
        size += Buffer.byteLength(chunk);
      }
    });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  // Windows opens no folders, and keeps names by itself.
  if (process.platform !== "win32") await withSync(await open(join(file, ".."), "r"), async () => undefined);
  return size;
}

async function withSync(handle: FileHandle, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

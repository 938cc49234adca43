// A folder that keeps a mock's state: a file for each thing, there whole or not at all. What was written is on the disk
// before the request that made it is answered, so that a crash loses nothing that was acknowledged.
import { constants } from "node:fs";
import { type FileHandle, lstat, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { MockContent, MockStore } from "#mock";
import { Trouble, codeOf, troubleWith, withFile } from "../exit.js";
import { makeFolder } from "../folders.js";
import { latestTime } from "./clock.js";
import { FileContent, sizeOf, unreadable } from "./content.js";
import { hold, type Lock } from "./lock.js";
import { claimFolder } from "./marker.js";

const fileId = /^(?:file[-_][\w-]{1,128}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

/** What is kept: how the names of its files begin and end. Whatever has another name is left alone. */
const kinds = {
  content: { id: fileId, ending: "" },
  file: { id: fileId, ending: ".json" },
  batch: { id: /^batch_[\w-]{1,128}$/, ending: ".json" },
  state: { id: /^order$/, ending: ".json" },
} as const;

type Kind = keyof typeof kinds;

/** How the names of files end that are being written: what a crash leaves of them is no part of the state. */
const unfinished = ".tmp";

/** The folder for what is damaged, and how it is called there: kind, name and a number. */
const damaged = "damaged";
const damagedName = /^(?:content|file|batch)\.([\w-]+)(?:\.json)?\.\d+$/;

/** More bytes than any record has. */
const maxRecordBytes = 64 << 20;

/** A folder that is held by this process. */
export interface Folder {
  /** The store, as the mock wants it. */
  readonly store: Required<MockStore>;
  /** How many files and batches it holds; of use when the mock has loaded them. */
  readonly held: { readonly files: number; readonly batches: number };
  /** Up to when time was given away, in Unix seconds; 0 where it never was. */
  readonly time: number;
  /** Keeps up to when time is given away. */
  keepTime(until: number): Promise<void>;
  /** Lets go of the folder, when all is written. */
  release(): Promise<void>;
}

/**
 * Opens a folder, and makes it where there is none. One process at a time: two would give the same names to different
 * things.
 *
 * @param say is told of what is damaged, and set aside
 * @throws {Trouble} for a folder that is somebody else's
 */
export async function openFolder(path: string, say: (line: string) => void): Promise<Folder> {
  return withFile(path, async () => {
    await claimFolder(path);
    const lock = await hold(path);
    try {
      for (const name of [...Object.keys(kinds), damaged]) {
        await makeFolder(join(path, name));
        if (!(await lstat(join(path, name))).isDirectory())
          throw new Trouble(`${join(path, name)}: is a link, and a folder is needed`);
      }
      return await folderAt(path, lock, say);
    } catch (error) {
      await lock.release();
      throw error;
    }
  });
}

async function folderAt(path: string, lock: Lock, say: (line: string) => void): Promise<Folder> {
  const counts: Record<Kind, number> = { content: 0, file: 0, batch: 0, state: 0 };
  // Changes of one thing one after the other; of different things at once.
  const under = new Map<string, Promise<unknown>>();
  const change = <T>(file: string, work: () => Promise<T>): Promise<T> => {
    const held = async () => {
      if (await lock.isLost()) throw new Trouble(`${path}: another process has taken it over, so nothing is written`);
      return work();
    };
    const next = (under.get(file) ?? Promise.resolve()).then(held, held).catch((error: unknown) => {
      throw troubleWith(file, error);
    });
    under.set(file, next);
    const done = () => void (under.get(file) === next && under.delete(file));
    next.then(done, done);
    return next;
  };
  const placeOf = (key: string): { kind: Kind; id: string; file: string } => {
    const [kind, id] = key.split("/") as [Kind, string];
    // Whatever asks: no name leads out of the folder, or to what is not ours.
    if (!Object.hasOwn(kinds, kind) || !kinds[kind].id.test(id))
      throw new Trouble(`${path}: there is no place for ${key}`);
    return { kind, id, file: join(path, kind, `${id}${kinds[kind].ending}`) };
  };
  const setAside = async (file: string, name: string, reason: string): Promise<void> => {
    const place = await freePlace(join(path, damaged), name);
    await rename(file, place);
    say(`${file}: is damaged, and is now ${place}: ${reason}`);
  };
  // What a crash has left half written is removed; a folder in its place is somebody's, and would stop all writing.
  const clear = async (file: string, name: string): Promise<void> => {
    if (await isFolder(file)) await setAside(file, name, "expected a file, found a folder");
    else await rm(file, { force: true });
  };
  const store: Required<MockStore> = {
    async load() {
      const entries = await entriesOf(path);
      const found: (readonly [string, string | MockContent])[] = [];
      counts.file = counts.batch = 0;
      for (const { kind, id, file, isWhole } of entries) {
        const name = `${kind}.${id}${kinds[kind].ending}`;
        if (!isWhole) {
          await clear(file, `${name}${unfinished}`);
          continue;
        }
        const value = await readValue(kind, file);
        if (value === undefined) {
          await setAside(file, name, noFile);
          found.push([`${damaged}/${id}`, ""]);
          continue;
        }
        counts[kind]++;
        found.push([`${kind}/${id}`, value]);
      }
      for (const name of await readdir(join(path, damaged))) {
        const [, id] = damagedName.exec(name) ?? [];
        if (id !== undefined) found.push([`${damaged}/${id}`, ""]);
      }
      return found;
    },
    set: (key, value) => {
      const { file } = placeOf(key);
      return change(file, () =>
        write(file, typeof value === "string" ? [value] : value.stream()).then(() => undefined),
      );
    },
    write: (key, chunks) => {
      const { file } = placeOf(key);
      return change(file, async () => new FileContent(file, 0, await write(file, chunks)));
    },
    delete: (key) => {
      const { file } = placeOf(key);
      return change(file, () => rm(file, { force: true }));
    },
    setAside: (key, reason) => {
      const { kind, id, file } = placeOf(key);
      counts[kind]--;
      return change(file, () => setAside(file, `${kind}.${id}${kinds[kind].ending}`, reason));
    },
  };
  const clock = join(path, "clock.json");
  await clear(`${clock}${unfinished}`, `clock.json${unfinished}`);
  return {
    store,
    held: {
      get files() {
        return counts.file;
      },
      get batches() {
        return counts.batch;
      },
    },
    time: await timeIn(clock, (reason) => setAside(clock, "clock.json", reason)),
    keepTime: (until) => change(clock, () => write(clock, [JSON.stringify({ until })]).then(() => undefined)),
    async release() {
      await Promise.allSettled(under.values());
      await lock.release();
    },
  };
}

/** Something in the folder that is the mock's by its name. */
interface Entry {
  readonly kind: Kind;
  readonly id: string;
  readonly file: string;
  /** Whether it is kept; what is not is left of a crash. */
  readonly isWhole: boolean;
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
      const kept = idIn(name, ending);
      const left = idIn(name, `${ending}${unfinished}`);
      if (kept !== undefined) found.push({ kind: kind as Kind, id: kept, file, isWhole: true });
      else if (left !== undefined) found.push({ kind: kind as Kind, id: left, file, isWhole: false });
    }
  }
  return found;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

const noFile = "expected a file, found something else";

/**
 * What a file holds. A record that cannot be read is told of whoever reads it, since more may depend on it; of content
 * that cannot be, there is nothing.
 */
async function readValue(kind: Kind, file: string): Promise<string | MockContent | undefined> {
  const size = await sizeOf(file);
  if (kind === "content") return size === undefined ? undefined : new FileContent(file, 0, size);
  if (size === undefined) return unreadable(noFile);
  return size > maxRecordBytes
    ? unreadable(`expected at most ${maxRecordBytes} bytes, found ${size}`)
    : new TextDecoder().decode(await new FileContent(file, 0, size).arrayBuffer());
}

async function freePlace(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const place = join(folder, `${name}.${number}`);
    const taken = await lstat(place).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    });
    if (!taken) return place;
  }
}

async function timeIn(file: string, setAside: (reason: string) => Promise<void>): Promise<number> {
  const size = await sizeOf(file).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return 0;
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
    if (codeOf(error) !== undefined) throw error;
    await setAside((error as Error).message);
    return 0;
  }
}

/** What is never written through: a link, or what somebody else has left. */
const fresh = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

/**
 * Writes beside the place, waits for the disk, and moves there: at no moment is there half a file, and where writing
 * fails, nothing is left.
 *
 * @returns the bytes written
 */
async function write(file: string, chunks: AsyncIterable<Uint8Array> | Iterable<string>): Promise<number> {
  const temporary = `${file}${unfinished}`;
  let size = 0;
  try {
    await rm(temporary, { force: true });
    await synced(await open(temporary, fresh, 0o666), async (handle) => {
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
  if (process.platform !== "win32") await synced(await open(join(file, ".."), "r"), async () => undefined);
  return size;
}

async function synced(handle: FileHandle, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

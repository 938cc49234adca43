// A folder that keeps a mock's state: a file for each thing, there whole or not at all. What was written is on the disk
// before the request that made it is answered, so that a crash loses nothing that was acknowledged.
import { type FileHandle, open, readFile, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { MockStore } from "#mock";
import { Trouble, codeOf, troubleWith, withFile } from "../exit.js";
import { makeFolder } from "../folders.js";
import { hold } from "./lock.js";

/** What is kept, and how the names of its files end. */
const kinds = { content: "", file: ".json", batch: ".json", state: ".json" } as const;

/** How the names of files end that are being written: what a crash leaves of them is no part of the state. */
const unfinished = ".tmp";

/** A folder that is held by this process. */
export interface Folder {
  /** The store, as the mock wants it. */
  readonly store: MockStore;
  /** How many files and batches it held. */
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
 */
export async function openFolder(path: string): Promise<Folder> {
  return withFile(path, async () => {
    for (const kind of Object.keys(kinds)) await makeFolder(join(path, kind));
    const lock = await hold(path);
    try {
      return await folderAt(path, lock);
    } catch (error) {
      await rm(lock, { force: true });
      throw error;
    }
  });
}

async function folderAt(path: string, lock: string): Promise<Folder> {
  const entries: (readonly [string, string | Blob])[] = [];
  for (const [kind, ending] of Object.entries(kinds)) entries.push(...(await entriesOf(path, kind, ending)));
  const held = (kind: string) => entries.filter(([key]) => key.startsWith(`${kind}/`)).length;
  const clock = join(path, "clock.json");
  // Changes of one thing one after the other; of different things at once.
  const under = new Map<string, Promise<void>>();
  const change = (file: string, work: () => Promise<void>): Promise<void> => {
    const next = (under.get(file) ?? Promise.resolve()).then(work, work).catch((error: unknown) => {
      throw troubleWith(file, error);
    });
    under.set(file, next);
    const done = () => void (under.get(file) === next && under.delete(file));
    next.then(done, done);
    return next;
  };
  const fileOf = (key: string): string => {
    const [kind, id] = key.split("/") as [keyof typeof kinds, string];
    return join(path, kind, `${id}${kinds[kind]}`);
  };
  return {
    held: { files: held("file"), batches: held("batch") },
    time: await timeIn(clock),
    keepTime: (until) => change(clock, () => write(path, clock, JSON.stringify({ until }))),
    async release() {
      await Promise.allSettled(under.values());
      await rm(lock, { force: true });
    },
    store: {
      load: async () => entries.splice(0),
      set: (key, value) => change(fileOf(key), () => write(join(path, key.split("/")[0]!), fileOf(key), value)),
      delete: (key) => change(fileOf(key), () => rm(fileOf(key), { force: true })),
    },
  };
}

async function entriesOf(path: string, kind: string, ending: string): Promise<(readonly [string, string | Blob])[]> {
  const found: (readonly [string, string | Blob])[] = [];
  for (const name of await readdir(join(path, kind))) {
    const file = join(path, kind, name);
    if (name.endsWith(unfinished)) await rm(file, { force: true });
    else if (name.endsWith(ending) && /^[\w-]+$/.test(name.slice(0, name.length - ending.length))) {
      const bytes = await withFile(file, () => readFile(file));
      if (ending) readJson(file, bytes.toString());
      found.push([
        `${kind}/${name.slice(0, name.length - ending.length)}`,
        ending ? bytes.toString() : new Blob([bytes]),
      ]);
    }
  }
  return found;
}

function readJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Trouble(`${file}: is not JSON: ${(error as Error).message}; remove it, or name another folder by --data`);
  }
}

async function timeIn(file: string): Promise<number> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return 0;
  const { until } = (readJson(file, text) ?? {}) as { readonly until?: unknown };
  return typeof until === "number" ? until : 0;
}

/** Writes beside the place, waits for the disk, and moves there: at no moment is there half a file. */
async function write(folder: string, file: string, value: string | Blob): Promise<void> {
  const temporary = `${file}${unfinished}`;
  await synced(await open(temporary, "w"), async (handle) => {
    if (typeof value === "string") await handle.writeFile(value);
    else for await (const piece of value.stream()) await handle.writeFile(piece);
  });
  await rename(temporary, file);
  // Windows opens no folders, and keeps names by itself.
  if (process.platform !== "win32") await synced(await open(folder, "r"), async () => undefined);
}

async function synced(handle: FileHandle, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

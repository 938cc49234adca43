// A store in the browser's IndexedDB: the run survives the page.
import { browserRunName } from "../../common/browser-run.js";
import { runError } from "../errors.js";
import type { RunStore } from "./store.js";

const journalStore = "journal";
const fileStore = "files";

/**
 * Creates a store in the browser's IndexedDB, which survives the page. Give each run a name of its own. A page must not
 * know the API key: pass a `baseURL` of your own server, which adds it.
 *
 * Its methods reject with the errors of the browser, such as a `QuotaExceededError`; `lock` rejects with a
 * `BatchlightRunError` with the code `in_use` if another page uses the store.
 *
 * @param name the name of the run, which is part of the name of the database
 */
export function indexedDbStore(name: string): RunStore {
  let opened: Promise<IDBDatabase> | undefined;
  const forget = () => {
    opened = undefined;
  };
  const database = () => (opened ??= open(name, forget));
  const change = async (store: string, work: (of: IDBObjectStore) => void): Promise<void> => {
    const transaction = (await database()).transaction(store, "readwrite", { durability: "strict" });
    work(transaction.objectStore(store));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  };
  const find = async <T>(store: string, work: (of: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    resultOf(work((await database()).transaction(store, "readonly").objectStore(store)));
  const file = (path: string) => find(fileStore, (of) => of.get(path) as IDBRequest<Blob | undefined>);
  return {
    lock: () => lock(browserRunName(name)),
    journal: async () => (await find(journalStore, (of) => of.getAll() as IDBRequest<string[]>)).join(""),
    append: (line) => change(journalStore, (of) => void of.add(line)),
    async write(path, content) {
      const blob = await new Response(content).blob();
      await change(fileStore, (of) => void of.put(blob, path));
    },
    read: file,
    blob: file,
  };
}

/** Opens the database of a run. `onClose` is called if that fails, or once the connection has to be closed. */
async function open(name: string, onClose: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(browserRunName(name), 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(journalStore, { autoIncrement: true });
    request.result.createObjectStore(fileStore);
  };
  const database = await resultOf(request).finally(() => request.error && onClose());
  // An open connection would keep the database from being deleted.
  database.onversionchange = () => {
    database.close();
    onClose();
  };
  return database;
}

const resultOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Holds a lock of the browser over all tabs, until the returned function is called or the page ends. */
function lock(name: string): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    void navigator.locks.request(name, { ifAvailable: true }, (held) => {
      if (!held) return reject(runError("in_use", "the store is in use by another run, maybe in another tab"));
      return new Promise<void>((release) => resolve(async () => release()));
    });
  });
}

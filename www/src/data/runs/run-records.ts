// What this browser stores about its runs besides their journals. Each record is stored before its run begins.

/** A run that was begun in this browser. */
export interface RunRecord {
  /** The name of the store of the run. */
  readonly name: string;
  /** The name of the input file. */
  readonly file: string;
  /** The host of the API. */
  readonly host: string;
  /** The id of the API's address and key. */
  readonly account: string;
  /** When it began, in Unix seconds. */
  readonly at: number;
}

const databaseName = "batchlight runs";
const storeName = "runs";

let opened: Promise<IDBDatabase> | undefined;

const database = (): Promise<IDBDatabase> => {
  opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
};

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => void request.result.createObjectStore(storeName, { keyPath: "name" });
  return resultOf(request);
}

const resultOf = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Changes the records. Resolves when the change is on the disk. */
async function change(work: (records: IDBObjectStore) => void): Promise<void> {
  const transaction = (await database()).transaction(storeName, "readwrite", { durability: "strict" });
  work(transaction.objectStore(storeName));
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Reads the records, the newest first. */
export async function readRecords(): Promise<readonly RunRecord[]> {
  const records = (await database()).transaction(storeName, "readonly").objectStore(storeName);
  const all = await resultOf(records.getAll() as IDBRequest<RunRecord[]>);
  return all.sort((a, b) => b.at - a.at);
}

/** Adds a record. Resolves when it is on the disk. */
export const addRecord = (record: RunRecord): Promise<void> => change((records) => void records.add(record));

/** Removes a record. */
export const removeRecord = (name: string): Promise<void> => change((records) => void records.delete(name));

/** Deletes the database of a run: its journal and its files. */
export const deleteStore = async (name: string): Promise<void> => void (await resultOf(indexedDB.deleteDatabase(name)));

// Where the mock keeps what it was given: in memory, and in a store of the caller's for what should outlive the
// process.
import type { BatchPlan } from "../../generated/mock-types.js";

/**
 * Keeps the mock's state elsewhere: a folder, a database, a key-value store. Every change is written, and waited for,
 * before the request that made it is answered; so what was acknowledged is there after a crash. Content is written
 * before what names it.
 */
export interface MockStore {
  /** Everything that was kept, in any order. */
  load(): PromiseLike<Iterable<readonly [key: string, value: string | Blob]>>;
  /** Keeps a value: JSON as text, or a file's content. Keys are letters, digits, `_`, `-` and one `/`. */
  set(key: string, value: string | Blob): PromiseLike<void>;
  /** Forgets a value. */
  delete(key: string): PromiseLike<void>;
}

/** A file as it goes over the wire. */
export interface FileObject {
  readonly object: "file";
  readonly id: string;
  readonly purpose: string;
  readonly filename: string;
  readonly bytes: number;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly status: "processed";
  readonly status_details: null;
}

/** A file that is kept; `order` is its place among all things made. */
export interface StoredFile {
  readonly order: number;
  readonly file: FileObject;
}

/** An answer that a responder gave for a request. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A batch that is kept. */
export interface StoredBatch {
  readonly order: number;
  plan: BatchPlan;
  /** When it ends, in Unix seconds. */
  endsAt: number;
  /** How long its result files live, in seconds. */
  readonly outputSeconds: number;
  /** What a responder answered, by the request's index. */
  readonly answers?: Readonly<Record<number, StoredAnswer>> | undefined;
  /** Whether the result files have been written. */
  written: boolean;
  /** Whether its end has been told to the webhook. */
  told: boolean;
}

/** The mock's state. */
export class State {
  readonly files = new Map<string, StoredFile>();
  readonly contents = new Map<string, Blob>();
  readonly batches = new Map<string, StoredBatch>();
  /** The batches of which something is still to be done. */
  readonly open = new Set<string>();
  /** Files that somebody is reading, and how many do. */
  readonly #held = new Map<string, number>();
  #order = 0;
  /** When the next file expires, in Unix seconds. */
  #expires = Infinity;
  #loaded: Promise<void> | undefined;

  constructor(private readonly store: MockStore | undefined) {}

  /** Takes over what the store holds; once. */
  ready(): Promise<void> {
    return (this.#loaded ??= this.#load().catch((error: unknown) => {
      // A store that fails may come back.
      this.#loaded = undefined;
      throw error;
    }));
  }

  async #load(): Promise<void> {
    const entries = [...((await this.store?.load()) ?? [])].map(
      ([key, value]) => [...key.split("/"), value] as unknown as [string, string, string | Blob],
    );
    for (const [kind, id, value] of entries) {
      if (kind === "content") this.contents.set(id, value instanceof Blob ? value : new Blob([value]));
      else if (kind === "file") this.files.set(id, JSON.parse(await textOf(value)) as StoredFile);
      else if (kind === "batch") this.batches.set(id, JSON.parse(await textOf(value)) as StoredBatch);
      else if (kind === "state") this.#order = JSON.parse(await textOf(value)) as number;
    }
    for (const [id] of this.files) if (!this.contents.has(id)) this.files.delete(id);
    for (const map of [this.files, this.batches]) sortByOrder(map as Map<string, { order: number }>);
    for (const { order } of [...this.files.values(), ...this.batches.values()])
      this.#order = Math.max(this.#order, order + 1);
    for (const [id, { written, told }] of this.batches) if (!written || !told) this.open.add(id);
    for (const { file } of this.files.values()) this.#expireLater(file);
    // What a crash has left of an upload that was not acknowledged; where it cannot be removed, it stays for another
    // time.
    for (const id of this.contents.keys()) await this.dropContent(id).catch(() => undefined);
  }

  /** The next place among all things made. */
  next(): number {
    return this.#order++;
  }

  /** Keeps a file. */
  async putFile(stored: StoredFile, content: Blob): Promise<void> {
    const { id } = stored.file;
    await this.store?.set(`content/${id}`, content);
    await this.store?.set(`file/${id}`, JSON.stringify(stored));
    this.contents.set(id, content);
    this.files.set(id, stored);
    this.#expireLater(stored.file);
  }

  #expireLater({ expires_at }: FileObject): void {
    this.#expires = Math.min(this.#expires, expires_at ?? Infinity);
  }

  /** Forgets the files that have expired. */
  async expire(now: number): Promise<void> {
    if (now < this.#expires) return;
    this.#expires = Infinity;
    for (const [id, { file }] of this.files) {
      if (file.expires_at !== null && file.expires_at <= now) await this.deleteFile(id);
      else this.#expireLater(file);
    }
  }

  /** Forgets a file; its content, unless a batch still needs it. */
  async deleteFile(id: string): Promise<void> {
    // Ids are made from places: after a restart nothing else may get this one.
    await this.store?.set(orderKey, JSON.stringify(this.#order));
    await this.store?.delete(`file/${id}`);
    this.files.delete(id);
    await this.dropContent(id);
  }

  /** Forgets the content of a file that is deleted, once no batch needs it any more. */
  async dropContent(id: string): Promise<void> {
    const needed = this.files.has(id) || this.#held.has(id) || [...this.open].some((batch) => this.#needs(batch, id));
    if (needed || !this.contents.has(id)) return;
    await this.store?.delete(`content/${id}`);
    this.contents.delete(id);
  }

  /** Does some work for which a file's content is to stay, even if the file is deleted meanwhile. */
  async holding<T>(id: string, work: () => Promise<T>): Promise<T> {
    this.#held.set(id, (this.#held.get(id) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const others = this.#held.get(id)! - 1;
      if (others > 0) this.#held.set(id, others);
      else this.#held.delete(id);
      await this.dropContent(id);
    }
  }

  #needs(batch: string, id: string): boolean {
    const { plan, written } = this.batches.get(batch)!;
    return !written && plan.input_file_id === id;
  }

  /** Keeps a batch. */
  async putBatch(id: string, batch: StoredBatch): Promise<void> {
    await this.store?.set(`batch/${id}`, JSON.stringify(batch));
    this.batches.set(id, batch);
    if (batch.written && batch.told) this.open.delete(id);
    else this.open.add(id);
  }
}

/** Where the next place among all things is kept: what is there may not tell it any more. */
const orderKey = "state/order";

const textOf = async (value: string | Blob): Promise<string> => (typeof value === "string" ? value : value.text());

function sortByOrder(map: Map<string, { order: number }>): void {
  const sorted = [...map].sort(([, a], [, b]) => a.order - b.order);
  map.clear();
  for (const [id, value] of sorted) map.set(id, value);
}

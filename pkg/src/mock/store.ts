// Where the mock keeps what it was given: in memory, and in a store of the caller's for what should outlive the process.
import type { BatchPlan } from "../../generated/mock-types.js";

/**
 * Keeps the mock's state elsewhere: a folder, a database, a key-value store. Every change is written, and waited for, before the
 * request that made it is answered; so what was acknowledged is there after a crash. Content is written before what names it.
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
  #order = 0;
  #loaded: Promise<void> | undefined;

  constructor(private readonly store: MockStore | undefined) {}

  /** Takes over what the store holds; once. */
  ready(): Promise<void> {
    return (this.#loaded ??= this.#load());
  }

  async #load(): Promise<void> {
    const entries = [...((await this.store?.load()) ?? [])].map(([key, value]) => [...key.split("/"), value] as unknown as [string, string, string | Blob]);
    for (const [kind, id, value] of entries) {
      if (kind === "content") this.contents.set(id, value instanceof Blob ? value : new Blob([value]));
      else if (kind === "file") this.files.set(id, JSON.parse(await textOf(value)) as StoredFile);
      else if (kind === "batch") this.batches.set(id, JSON.parse(await textOf(value)) as StoredBatch);
    }
    for (const [id] of this.files) if (!this.contents.has(id)) this.files.delete(id);
    for (const map of [this.files, this.batches]) sortByOrder(map as Map<string, { order: number }>);
    for (const { order } of [...this.files.values(), ...this.batches.values()]) this.#order = Math.max(this.#order, order + 1);
    for (const [id, { written, told }] of this.batches) if (!written || !told) this.open.add(id);
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
  }

  /** Forgets a file; its content, unless a batch still needs it. */
  async deleteFile(id: string): Promise<void> {
    await this.store?.delete(`file/${id}`);
    this.files.delete(id);
    await this.dropContent(id);
  }

  /** Forgets the content of a file that is deleted, once no batch needs it any more. */
  async dropContent(id: string): Promise<void> {
    const needed = this.files.has(id) || [...this.open].some((batch) => this.#needs(batch, id));
    if (needed || !this.contents.has(id)) return;
    await this.store?.delete(`content/${id}`);
    this.contents.delete(id);
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

const textOf = async (value: string | Blob): Promise<string> => (typeof value === "string" ? value : value.text());

function sortByOrder(map: Map<string, { order: number }>): void {
  const sorted = [...map].sort(([, a], [, b]) => a.order - b.order);
  map.clear();
  for (const [id, value] of sorted) map.set(id, value);
}

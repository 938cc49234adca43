// Where the mock keeps what it was given: in memory, and in a store of the caller's for what should outlive the
// process.
import { chunksIn, type MockContent } from "./content.js";
import { isFileId } from "./ids.js";
import type { MemoryBudget } from "./memory-budget.js";
import {
  parseStoredBatch,
  parseStoredFile,
  parseOrder,
  type FileObject,
  type StoredBatch,
  type StoredFile,
} from "./records.js";
import { simulateBatch } from "./simulate.js";

/**
 * Keeps the mock's state elsewhere: a folder, a database, a key-value store. Every change is written, and waited for,
 * before the request that made it is answered; so what was acknowledged is there after a crash. Content is written
 * before what names it.
 */
export interface MockStore {
  /**
   * Everything that was kept, in any order. Keys that begin with `damaged/` name what was set aside: its ids are not
   * given again.
   */
  load(): PromiseLike<Iterable<readonly [key: string, value: string | MockContent]>>;
  /** Keeps a value: JSON as text, or a file's content. Keys are letters, digits, `_`, `-` and one `/`. */
  set(key: string, value: string | Blob): PromiseLike<void>;
  /** Forgets a value. */
  delete(key: string): PromiseLike<void>;
  /**
   * Keeps a file's content chunk by chunk, whole or not at all, and returns where it can be read. Without this method
   * content is collected in memory, and handed to `set`.
   */
  write?(key: string, chunks: AsyncIterable<Uint8Array>): PromiseLike<MockContent>;
  /** Moves a value that cannot be used out of the way, without deleting it, and reports it. */
  setAside?(key: string, reason: string): PromiseLike<void>;
}

/** Thrown when the store fails; what it was asked for may succeed later. */
export class StoreFailure extends Error {
  override readonly name = "StoreFailure";
}

async function callStore<T>(work: (() => PromiseLike<T>) | undefined): Promise<T | undefined> {
  try {
    return await work?.();
  } catch (error) {
    throw new StoreFailure(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** How many seconds of the mock's clock pass before expired files that could not be deleted are tried again. */
const expiryRetrySeconds = 60;

/** The mock's state. */
export class MockState {
  readonly files = new Map<string, StoredFile>();
  readonly contents = new Map<string, MockContent>();
  readonly batches = new Map<string, StoredBatch>();
  /** The batches of which something is still to be done. */
  readonly open = new Set<string>();
  /** Files that somebody is reading, and how many do. */
  readonly #contentReaders = new Map<string, number>();
  /** Ids that are given to what does not exist yet, and those of damaged things. */
  readonly #claimedIds = new Set<string>();
  readonly #damagedIds = new Set<string>();
  /** Whether loading has found something damaged. */
  #foundDamage = false;
  #nextOrder = 0;
  /** When the next file expires, in Unix seconds. */
  #nextExpiry = Infinity;
  #loaded: Promise<void> | undefined;

  constructor(
    private readonly store: MockStore | undefined,
    private readonly memory: MemoryBudget,
    private readonly log: (line: string) => void,
  ) {}

  /** Takes over what the store holds; once. */
  ready(): Promise<void> {
    this.#loaded ??= this.#load().catch((error: unknown) => {
      // A store that fails may come back.
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }

  async #load(): Promise<void> {
    for (const id of this.contents.keys()) this.#forgetContent(id);
    for (const all of [this.files, this.batches, this.open, this.#claimedIds, this.#damagedIds]) all.clear();
    this.#foundDamage = false;
    for (const [key, value] of (await this.store?.load()) ?? []) await this.#loadValue(key, value);
    for (const [id, { file }] of this.files) {
      const content = this.contents.get(id);
      if (content?.size === file.bytes) continue;
      this.files.delete(id);
      const found = content ? `${content.size}` : "none";
      await this.#setAside(`file/${id}`, `expected ${file.bytes} bytes in content/${id}, found ${found}`);
      if (content) await this.#setAside(`content/${id}`, "its size is not that of its file");
    }
    for (const map of [this.files, this.batches]) sortByOrder(map as Map<string, { order: number }>);
    for (const { order } of [...this.files.values(), ...this.batches.values()])
      this.#nextOrder = Math.max(this.#nextOrder, order + 1);
    if (this.#foundDamage) await this.#skipOrders();
    for (const [id, { written, notified, plan }] of this.batches) {
      if (!written || !notified) this.open.add(id);
      if (!written) for (const result of resultIdsOf(plan)) this.#claimedIds.add(result);
    }
    for (const { file } of this.files.values()) this.#expireLater(file);
    for (const id of this.contents.keys()) {
      // What a crash has left of an upload that was not acknowledged; where it cannot be removed, it stays for another
      // time. Next to something damaged it may be that thing's content.
      if (!this.#foundDamage) await this.dropContent(id).catch(() => undefined);
      else if (!this.#isNeeded(id)) await this.#setAside(`content/${id}`, "no file has this content");
    }
  }

  async #loadValue(key: string, value: string | MockContent): Promise<void> {
    const [kind, id] = key.split("/") as [string, string];
    try {
      if (kind === "damaged") this.#damagedIds.add(id);
      else if (kind === "content" && isFileId(id)) this.#addContent(id, value);
      else if (kind === "file") this.files.set(id, parseStoredFile(await textOf(value), id));
      else if (kind === "batch") this.batches.set(id, parseStoredBatch(await textOf(value), id));
      else if (key === orderKey) this.#nextOrder = parseOrder(await textOf(value));
    } catch (error) {
      await this.#setAside(key, (error as Error).message);
    }
  }

  #addContent(id: string, value: string | MockContent): void {
    const content = typeof value === "string" ? new Blob([value]) : value;
    if (!this.store?.write) this.memory.addExisting(content.size);
    this.contents.set(id, content);
  }

  /** Nothing that is damaged ends the mock; what depends on it is missing. */
  async #setAside(key: string, reason: string): Promise<void> {
    const [kind, id] = key.split("/") as [string, string];
    this.#damagedIds.add(id);
    this.#foundDamage = true;
    if (kind === "content") this.#forgetContent(id);
    if (this.store?.setAside) await callStore(() => this.store!.setAside!(key, reason));
    else this.log(`${key} is damaged and left out: ${reason}`);
  }

  /** Where something is damaged, it or what has been deleted may have had any of the next places. */
  async #skipOrders(): Promise<void> {
    this.#nextOrder += orderGap;
    await this.#saveOrder().catch(() => undefined);
  }

  async #saveOrder(): Promise<void> {
    await callStore(this.store && (() => this.store!.set(orderKey, JSON.stringify(this.#nextOrder))));
  }

  /** The next place among all things made. */
  takeOrder(): number {
    return this.#nextOrder++;
  }

  /** Claims the id of a file that is to come; `false` where it is taken. */
  claim(id: string): boolean {
    if (this.isTaken(id)) return false;
    this.#claimedIds.add(id);
    return true;
  }

  /** Gives claimed ids back: what they were claimed for is there now, or does not come. */
  release(ids: Iterable<string>): void {
    for (const id of ids) this.#claimedIds.delete(id);
  }

  /** Whether an id of a file or a batch cannot be given. */
  isTaken(id: string): boolean {
    const exists = this.files.has(id) || this.contents.has(id) || this.batches.has(id);
    return exists || this.#claimedIds.has(id) || this.#damagedIds.has(id);
  }

  /** Keeps content; the file that names it is to follow. Nothing is left of content whose chunks fail. */
  async putContent(id: string, chunks: AsyncIterable<Uint8Array>): Promise<MockContent> {
    // An earlier try of the same batch may have left some.
    this.#forgetContent(id);
    const content = await (this.store?.write ? this.#written(id, chunks) : this.#collected(id, chunks));
    this.contents.set(id, content);
    return content;
  }

  async #written(id: string, chunks: AsyncIterable<Uint8Array>): Promise<MockContent> {
    let failed: { readonly error: unknown } | undefined;
    async function* trackedChunks(): AsyncGenerator<Uint8Array> {
      try {
        yield* chunks;
      } catch (error) {
        failed = { error };
        throw error;
      }
    }
    try {
      return (await callStore(() => this.store!.write!(`content/${id}`, trackedChunks())))!;
    } catch (error) {
      // Who broke off is to blame, not the store.
      throw failed ? failed.error : error;
    }
  }

  async #collected(id: string, chunks: AsyncIterable<Uint8Array>): Promise<MockContent> {
    const parts: Blob[] = [];
    let size = 0;
    try {
      for await (const chunk of chunks) {
        this.memory.reserve(chunk.length);
        size += chunk.length;
        parts.push(new Blob([chunk as Uint8Array<ArrayBuffer>]));
      }
      const content = new Blob(parts, { type: "application/octet-stream" });
      await callStore(this.store && (() => this.store!.set(`content/${id}`, content)));
      return content;
    } catch (error) {
      this.memory.release(size);
      throw error;
    }
  }

  /** Keeps a file whose content is kept already. */
  async putFile(stored: StoredFile): Promise<void> {
    const { id } = stored.file;
    await callStore(this.store && (() => this.store!.set(`file/${id}`, JSON.stringify(stored))));
    this.files.set(id, stored);
    this.#expireLater(stored.file);
  }

  #expireLater({ expires_at }: FileObject): void {
    this.#nextExpiry = Math.min(this.#nextExpiry, expires_at ?? Infinity);
  }

  /** Forgets the files that have expired. Where the store fails they are hidden, and forgotten later. */
  async expire(now: number): Promise<void> {
    if (now < this.#nextExpiry) return;
    this.#nextExpiry = Infinity;
    for (const [id, { file }] of this.files) {
      if (file.expires_at === null || file.expires_at > now) this.#expireLater(file);
      else
        await this.deleteFile(id).catch((error: unknown) => {
          this.#nextExpiry = Math.min(this.#nextExpiry, now + expiryRetrySeconds);
          this.log(`the expired file ${id} could not be deleted: ${(error as Error).message}`);
        });
    }
  }

  /** Forgets a file; its content, unless a batch still needs it. */
  async deleteFile(id: string): Promise<void> {
    // Ids are made from places: after a restart nothing else may get this one.
    await this.#saveOrder();
    await callStore(this.store && (() => this.store!.delete(`file/${id}`)));
    this.files.delete(id);
    // A failure leaves content without a file, which the next start removes.
    await this.dropContent(id).catch((error: unknown) => {
      this.log(`the content of ${id} could not be deleted: ${(error as Error).message}`);
    });
  }

  /** Forgets the content of a file that is deleted, once no batch needs it any more. */
  async dropContent(id: string): Promise<void> {
    if (this.#isNeeded(id) || !this.contents.has(id)) return;
    await callStore(this.store && (() => this.store!.delete(`content/${id}`)));
    this.#forgetContent(id);
  }

  #forgetContent(id: string): void {
    const content = this.contents.get(id);
    if (content && !this.store?.write) this.memory.release(content.size);
    this.contents.delete(id);
  }

  #isNeeded(id: string): boolean {
    return this.files.has(id) || this.#contentReaders.has(id) || [...this.open].some((batch) => this.#needs(batch, id));
  }

  /** Does some work for which a file's content is to stay, even if the file is deleted meanwhile. */
  async keepingContent<T>(id: string, work: () => Promise<T>): Promise<T> {
    this.#contentReaders.set(id, (this.#contentReaders.get(id) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const others = this.#contentReaders.get(id)! - 1;
      if (others > 0) this.#contentReaders.set(id, others);
      else this.#contentReaders.delete(id);
      await this.dropContent(id).catch(() => undefined);
    }
  }

  #needs(batch: string, id: string): boolean {
    const { plan, written } = this.batches.get(batch)!;
    return !written && plan.input_file_id === id;
  }

  /** Keeps a batch. */
  async putBatch(id: string, batch: StoredBatch): Promise<void> {
    await callStore(this.store && (() => this.store!.set(`batch/${id}`, JSON.stringify(batch))));
    this.batches.set(id, batch);
    if (batch.written && batch.notified) this.open.delete(id);
    else this.open.add(id);
  }
}

/** Where the next place among all things is kept: what is there may not tell it any more. */
const orderKey = "state/order";

/** More places than things are ever deleted after the last one that is still there. */
const orderGap = 2 ** 16;

/**
 * The ids that the result files of a plan get, whether or not both come to be: those it names, and those that the
 * simulator draws from its seed.
 */
export function resultIdsOf(plan: StoredBatch["plan"]): [output: string, error: string] {
  const { output_file_id, error_file_id, seed, wire } = plan;
  // Of two requests one fails, so that there are both files.
  const both = { created_at: 0, requests: 2, failures: [{ index: 0 }], ...(seed !== undefined && { seed }) };
  const drawn = simulateBatch({ ...both, ...(wire && { wire }) }, 2 ** 40);
  return [output_file_id ?? drawn.output_file_id!, error_file_id ?? drawn.error_file_id!];
}

/** Records are short; what is longer than any was not written by the mock. */
const maxRecordBytes = 64 << 20;

async function textOf(value: string | MockContent): Promise<string> {
  if (typeof value === "string") return value;
  if (value.size > maxRecordBytes)
    throw new RangeError(`expected at most ${maxRecordBytes} bytes, found ${value.size}`);
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunksIn(value.stream())) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

function sortByOrder(map: Map<string, { order: number }>): void {
  const sorted = [...map].sort(([, a], [, b]) => a.order - b.order);
  map.clear();
  for (const [id, value] of sorted) map.set(id, value);
}

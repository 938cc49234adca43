// The state of the mock: in memory, and optionally in a store that outlives the process.
import { messageOf } from "../../common/thrown.js";
import { chunksIn, type MockContent } from "../http/content.js";
import { isFileId } from "./ids.js";
import type { MemoryBudget } from "./memory-budget.js";
import { parseStoredBatch, parseStoredFile, parseSequence, type StoredBatch, type StoredFile } from "./records.js";
import { simulateBatch } from "../simulator/simulate.js";

/**
 * Stores the mock's state outside the process: in a folder, a database or a key-value store. Each change is awaited
 * before the response is sent, so a crash loses nothing that was acknowledged. Content is stored before the file
 * that refers to it.
 */
export interface MockStore {
  /**
   * Loads all values in any order. Keys that start with `damaged/` contain the ids of damaged values, which are not
   * used again.
   */
  load(): PromiseLike<Iterable<readonly [key: string, value: string | MockContent]>>;
  /** Stores a value: JSON as a string, or file content. Keys consist of letters, digits, `_`, `-` and one `/`. */
  set(key: string, value: string | Blob): PromiseLike<void>;
  /** Deletes a value. */
  delete(key: string): PromiseLike<void>;
  /**
   * Stores file content in chunks, atomically, and returns the stored content. Without this method, content is
   * collected in memory and passed to `set`.
   */
  write?(key: string, chunks: AsyncIterable<Uint8Array>): PromiseLike<MockContent>;
  /** Moves a damaged value away without deleting it, and reports it. */
  setAside?(key: string, reason: string): PromiseLike<void>;
}

/** Thrown if the store fails. The operation can be retried. */
export class StoreFailure extends Error {
  override readonly name = "StoreFailure";
}

async function callStore<T>(work: (() => PromiseLike<T>) | undefined): Promise<T | undefined> {
  try {
    return await work?.();
  } catch (error) {
    throw new StoreFailure(messageOf(error), { cause: error });
  }
}

/** The delay before the deletion of an expired file is retried, in seconds of the clock by which files expire. */
const expiryRetrySeconds = 60;

/** The state of the mock. */
export class MockState {
  readonly files = new Map<string, StoredFile>();
  readonly contents = new Map<string, MockContent>();
  readonly batches = new Map<string, StoredBatch>();
  /** Batches whose results are not written or whose webhook call is not accepted. */
  readonly open = new Set<string>();
  /** The number of running readers per file. */
  readonly #contentReaders = new Map<string, number>();
  /** The ids reserved for future files, and those of damaged values. */
  readonly #claimedIds = new Set<string>();
  readonly #damagedIds = new Set<string>();
  /** Whether loading found damaged values. */
  #foundDamage = false;
  #nextSequence = 0;
  /** The next expiry of a file in Unix seconds. */
  #nextExpiry = Infinity;
  #loaded: Promise<void> | undefined;

  constructor(
    private readonly store: MockStore | undefined,
    private readonly memory: MemoryBudget,
    private readonly log: (line: string) => void,
    /** The current time of the system in whole Unix seconds, or undefined if files expire by the mock's clock. */
    private readonly realSecond: (() => number) | undefined,
    private readonly mockSecond: () => number,
  ) {}

  /** Loads the store's values once. Later calls wait for the same load. */
  ready(): Promise<void> {
    this.#loaded ??= this.#load().catch((error: unknown) => {
      // A store that fails may recover.
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
      const found = content ? `${content.size}` : "nothing";
      await this.#setAside(`file/${id}`, `expected ${file.bytes} bytes in content/${id}, found ${found}`);
      if (content) await this.#setAside(`content/${id}`, "the size differs from the file record");
    }
    for (const map of [this.files, this.batches]) sortBySequence(map as Map<string, { sequence: number }>);
    for (const { sequence } of [...this.files.values(), ...this.batches.values()])
      this.#nextSequence = Math.max(this.#nextSequence, sequence + 1);
    if (this.#foundDamage) await this.#skipSequenceNumbers();
    for (const [id, { written, notified, plan }] of this.batches) {
      if (!written || !notified) this.open.add(id);
      if (!written) for (const result of resultIdsOf(plan)) this.#claimedIds.add(result);
    }
    for (const stored of this.files.values()) this.#expireLater(stored);
    for (const id of this.contents.keys()) {
      // Content without a file remains after a crash during an upload that was not acknowledged. It is deleted, unless
      // other values are damaged: then it may belong to one of them.
      if (!this.#foundDamage) await this.dropContent(id).catch(() => undefined);
      else if (!this.#isNeeded(id)) await this.#setAside(`content/${id}`, "no file refers to this content");
    }
  }

  async #loadValue(key: string, value: string | MockContent): Promise<void> {
    const [kind, id] = key.split("/") as [string, string];
    try {
      if (kind === "damaged") this.#damagedIds.add(id);
      else if (kind === "content" && isFileId(id)) this.#addContent(id, value);
      else if (kind === "file") this.files.set(id, parseStoredFile(await textOf(value), id));
      else if (kind === "batch") this.batches.set(id, parseStoredBatch(await textOf(value), id));
      else if (key === sequenceKey) this.#nextSequence = parseSequence(await textOf(value));
    } catch (error) {
      await this.#setAside(key, (error as Error).message);
    }
  }

  #addContent(id: string, value: string | MockContent): void {
    const content = typeof value === "string" ? new Blob([value]) : value;
    if (!this.store?.write) this.memory.addExisting(content.size);
    this.contents.set(id, content);
  }

  /** Sets a damaged value aside. Values that depend on it are missing afterwards. */
  async #setAside(key: string, reason: string): Promise<void> {
    const [kind, id] = key.split("/") as [string, string];
    this.#damagedIds.add(id);
    this.#foundDamage = true;
    if (kind === "content") this.#forgetContent(id);
    if (this.store?.setAside) await callStore(() => this.store!.setAside!(key, reason));
    else this.log(`${key} is damaged and was skipped: ${reason}`);
  }

  /** Skips sequence numbers, because damaged or deleted values may have used the next ones. */
  async #skipSequenceNumbers(): Promise<void> {
    this.#nextSequence += sequenceGap;
    await this.#saveSequence().catch(() => undefined);
  }

  async #saveSequence(): Promise<void> {
    await callStore(this.store && (() => this.store!.set(sequenceKey, JSON.stringify(this.#nextSequence))));
  }

  /** Returns the next sequence number. */
  takeSequenceNumber(): number {
    return this.#nextSequence++;
  }

  /** Reserves the id of a future file. Returns false if the id is used. */
  claim(id: string): boolean {
    if (this.isTaken(id)) return false;
    this.#claimedIds.add(id);
    return true;
  }

  /** Releases reserved ids, because their files exist now or will never exist. */
  release(ids: Iterable<string>): void {
    for (const id of ids) this.#claimedIds.delete(id);
  }

  /** Whether an id is used or reserved. */
  isTaken(id: string): boolean {
    const exists = this.files.has(id) || this.contents.has(id) || this.batches.has(id);
    return exists || this.#claimedIds.has(id) || this.#damagedIds.has(id);
  }

  /** Stores content. The caller stores its file afterwards. If the chunks fail, nothing remains. */
  async putContent(id: string, chunks: AsyncIterable<Uint8Array>): Promise<MockContent> {
    // An earlier attempt for the same batch may have left some. If its file is listed already, its content stays until
    // the new content is stored, because this attempt can fail, too.
    if (!this.files.has(id)) this.#forgetContent(id);
    const content = await (this.store?.write ? this.#written(id, chunks) : this.#collected(id, chunks));
    this.#forgetContent(id);
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
      // An error of the chunks is not a failure of the store.
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

  /** Stores a file whose content is already stored. */
  async putFile(stored: StoredFile): Promise<void> {
    const { id } = stored.file;
    await callStore(this.store && (() => this.store!.set(`file/${id}`, JSON.stringify(stored))));
    this.files.set(id, stored);
    this.#expireLater(stored);
  }

  #expireLater(stored: StoredFile): void {
    this.#nextExpiry = Math.min(this.#nextExpiry, deletionOf(stored) ?? Infinity);
  }

  #fileSecond(): number {
    return this.realSecond?.() ?? this.mockSecond();
  }

  /** When a file with a lifetime is deleted, in seconds of the clock of files. */
  deletionFor(createdAt: number, lifetime: number | undefined): number | null {
    return lifetime === undefined ? null : (this.realSecond?.() ?? createdAt) + lifetime;
  }

  /** Whether a file has not expired. */
  isLive(stored: StoredFile): boolean {
    return (deletionOf(stored) ?? Infinity) > this.#fileSecond();
  }

  /** Deletes expired files. If the store fails, they are hidden and deleted later. */
  async expire(): Promise<void> {
    const now = this.#fileSecond();
    if (now < this.#nextExpiry) return;
    this.#nextExpiry = Infinity;
    for (const [id, stored] of this.files) {
      if (this.isLive(stored)) this.#expireLater(stored);
      else
        await this.deleteFile(id).catch((error: unknown) => {
          this.#nextExpiry = Math.min(this.#nextExpiry, now + expiryRetrySeconds);
          this.log(`expired file ${id} could not be deleted: ${(error as Error).message}`);
        });
    }
  }

  /** Deletes a file, and its content unless a batch still needs it. */
  async deleteFile(id: string): Promise<void> {
    // Ids derive from sequence numbers. Saving the next one prevents the use of the same id after a restart.
    await this.#saveSequence();
    await callStore(this.store && (() => this.store!.delete(`file/${id}`)));
    this.files.delete(id);
    // The next start deletes content without a file.
    await this.dropContent(id).catch((error: unknown) => {
      this.log(`content of ${id} could not be deleted: ${(error as Error).message}`);
    });
  }

  /** Deletes the content of a deleted file if no batch needs it. */
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

  /** Runs a task and keeps the content of a file until it ends, even if the file is deleted meanwhile. */
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

  /** Deletes all files and batches and starts the sequence numbers again at 0. Ids are used again, too. */
  async clear(): Promise<void> {
    const keys = [
      ...[...this.batches.keys()].map((id) => `batch/${id}`),
      ...[...this.files.keys()].map((id) => `file/${id}`),
      ...[...this.contents.keys()].map((id) => `content/${id}`),
    ];
    for (const key of keys) await callStore(this.store && (() => this.store!.delete(key)));
    for (const id of [...this.contents.keys()]) this.#forgetContent(id);
    for (const all of [this.files, this.batches, this.open, this.#claimedIds]) all.clear();
    this.#nextExpiry = Infinity;
    this.#nextSequence = 0;
    await this.#saveSequence();
  }

  /** Stores a batch. */
  async putBatch(id: string, batch: StoredBatch): Promise<void> {
    await callStore(this.store && (() => this.store!.set(`batch/${id}`, JSON.stringify(batch))));
    this.batches.set(id, batch);
    if (batch.written && batch.notified) this.open.delete(id);
    else this.open.add(id);
  }
}

/** When a file is deleted, in Unix seconds of the clock of files. */
const deletionOf = ({ file, deletedAt }: StoredFile): number | null =>
  deletedAt === undefined ? file.expires_at : deletedAt;

/** The key of the next sequence number. Stored by itself, because the value with the last number may be deleted. */
const sequenceKey = "state/sequence";

/** An upper bound for the number of values deleted after the newest remaining one. */
const sequenceGap = 2 ** 16;

/**
 * The ids of both result files of a plan, whether or not the files will exist: explicit ids, or those that the
 * simulator derives from the seed.
 */
export function resultIdsOf(plan: StoredBatch["plan"]): [output: string, error: string] {
  const { output_file_id, error_file_id, seed, wire } = plan;
  // One of two requests fails, so that both files exist.
  const both = { created_at: 0, requests: 2, failures: [{ index: 0 }], ...(seed !== undefined && { seed }) };
  const drawn = simulateBatch({ ...both, ...(wire && { wire }) }, 2 ** 40);
  return [output_file_id ?? drawn.output_file_id!, error_file_id ?? drawn.error_file_id!];
}

/** The maximum size of a record in bytes. */
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

function sortBySequence(map: Map<string, { sequence: number }>): void {
  const sorted = [...map].sort(([, a], [, b]) => a.sequence - b.sequence);
  map.clear();
  for (const [id, value] of sorted) map.set(id, value);
}

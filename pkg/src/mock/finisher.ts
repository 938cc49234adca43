// Writes the result files of ended batches, one batch at a time and in the background. Requests wait for short files
// but not for long ones. A batch that cannot be finished fails without affecting others.
import { chunkBytes, encodeChunks } from "./content.js";
import { type NewFile, storeFile } from "./files.js";
import { hasEnded } from "./batch-time.js";
import { plannedEnd, type StoredBatch } from "./records.js";
import { InputRequests } from "./input-requests.js";
import { resultLines, type ResultKind } from "./result-files.js";
import { UsageSum } from "./usage.js";
import { simulateBatch } from "./simulate.js";
import { resultIdsOf, type MockState, StoreFailure } from "./store.js";
import type { KeyedQueue } from "./keyed-queue.js";

/**
 * The number of result bytes that a request waits for. A batch with more stays in finalizing while other requests are
 * answered.
 */
const maxWaitBytes = 32 * chunkBytes;

/** The delay after the store has failed, in real milliseconds. Doubles with each failure, up to the maximum. */
const retryDelays = { first: 1000, max: 60_000 };

/** Options of a {@link Finisher}. */
export interface FinisherOptions {
  readonly state: MockState;
  readonly queue: KeyedQueue;
  /** The current time of the mock's clock in whole Unix seconds. */
  readonly currentSecond: () => number;
  /** Whether no webhook is called for a batch that ended with this status. */
  readonly isUnobserved: (status: string) => boolean;
  /** The maximum size of the result files of a batch in bytes. */
  readonly maxBytes: number;
  readonly log: (line: string) => void;
}

/** Finishes batches. */
export class Finisher {
  #running: Promise<void> | undefined;
  /** The number of bytes written so far, over all batches. */
  #written = 0;
  #isLong = false;
  #aborts = 0;
  readonly #waiting = new Set<{ readonly until: number; readonly wake: () => void }>();
  readonly #delays = new Map<string, { readonly length: number; readonly until: number }>();

  constructor(private readonly options: FinisherOptions) {}

  /** Finishes due batches and waits for short result files. */
  async catchUp(): Promise<void> {
    if (this.#running ? this.#isLong : this.#next() === undefined) return;
    const until = this.#written + maxWaitBytes;
    await Promise.race([this.#run(), new Promise<void>((wake) => this.#waiting.add({ until, wake }))]);
  }

  /** Finishes all due batches and ignores the delays after failures of the store. */
  async finishAll(): Promise<void> {
    while (this.#running) await this.#running;
    this.#delays.clear();
    await this.#run();
  }

  /** Aborts writing. The batch is finished later. */
  abort(): void {
    this.#aborts++;
  }

  /** Aborts writing and waits until nothing is written any more. */
  async idle(): Promise<void> {
    this.abort();
    while (this.#running) await this.#running;
    this.#delays.clear();
  }

  #run(): Promise<void> {
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
      this.#isLong = false;
      this.#wake(Infinity);
    });
    return this.#running;
  }

  async #work(): Promise<void> {
    for (let id = this.#next(); id !== undefined; id = this.#next()) {
      const due = id;
      this.#isLong = false;
      await this.options.queue.run(due, () => this.finish(due));
    }
  }

  #next(): string | undefined {
    const { state } = this.options;
    return [...state.open].find((id) => this.#isDue(id) && (this.#delays.get(id)?.until ?? 0) <= Date.now());
  }

  #isDue(id: string): boolean {
    const batch = this.options.state.batches.get(id)!;
    return !batch.written && hasEnded(batch, this.options.currentSecond());
  }

  /** Finishes a batch if it is due. Call it in the batch's queue. */
  async finish(id: string): Promise<void> {
    const { state, log } = this.options;
    // A cancellation may have moved the end.
    if (!this.#isDue(id)) return;
    const batch = state.batches.get(id)!;
    try {
      try {
        await this.#write(id, batch);
      } catch (error) {
        if (error instanceof StoreFailure) throw error;
        await this.#fail(id, batch, (error as Error).message);
      }
      this.#delays.delete(id);
      state.release(resultIdsOf(batch.plan));
      await state.dropContent(batch.plan.input_file_id!).catch(() => undefined);
    } catch (error) {
      const length = Math.min(retryDelays.max, 2 * (this.#delays.get(id)?.length ?? retryDelays.first / 2));
      this.#delays.set(id, { length, until: Date.now() + length });
      log(`${id} could not be finished and will be retried: ${(error as Error).message}`);
    }
  }

  /** Writes the contents, then the files, then the ended batch. */
  async #write(id: string, batch: StoredBatch): Promise<void> {
    const { state, isUnobserved, maxBytes } = this.options;
    const { plan, endsAt, outputSeconds } = batch;
    const finalBatch = simulateBatch(plan, endsAt);
    const results = (
      [
        ["output", finalBatch.output_file_id],
        ["error", finalBatch.error_file_id],
      ] as const
    ).flatMap(([kind, fileId]) => (fileId ? [{ kind, fileId, filename: `${id}_${kind}.jsonl` }] : []));
    const usage = new UsageSum();
    if (results.length > 0) {
      const input = state.contents.get(plan.input_file_id!);
      if (!input) throw new Error("the input file no longer exists");
      const requests = await InputRequests.open(input);
      if (requests.count !== plan.requests)
        throw new Error(`expected ${plan.requests} requests in the input file, found ${requests.count}`);
      let left = maxBytes;
      const files: NewFile[] = [];
      for (const { kind, fileId, filename } of results) {
        const existing = state.files.get(fileId);
        if (existing && existing.file.filename !== filename) throw new Error(`the file id ${fileId} is already used`);
        const content = await state.putContent(fileId, this.#bounded(id, batch, requests, kind, left, usage));
        left -= content.size;
        const facts = { id: fileId, purpose: "batch_output", filename, bytes: content.size };
        files.push({ ...facts, created_at: endsAt, lifetime: outputSeconds });
      }
      for (const file of files) await storeFile(state, file);
    }
    const ended = { ...plan, usage: usage.toWire() };
    const notified = isUnobserved(finalBatch.status);
    await state.putBatch(id, { ...batch, plan: ended, responses: undefined, written: true, notified });
  }

  async *#bounded(
    id: string,
    batch: StoredBatch,
    requests: InputRequests,
    kind: ResultKind,
    left: number,
    usage: UsageSum,
  ): AsyncGenerator<Uint8Array> {
    let size = 0;
    const abortsAtStart = this.#aborts;
    const writtenAtStart = this.#written;
    for await (const chunk of encodeChunks(resultLines(id, batch, requests, kind, usage))) {
      size += chunk.length;
      if (size > left) throw new RangeError(`expected at most ${this.options.maxBytes} bytes`);
      if (this.#aborts > abortsAtStart) throw new StoreFailure("the mock was closed");
      yield chunk;
      this.#written += chunk.length;
      this.#isLong = this.#written - writtenAtStart >= maxWaitBytes;
      this.#wake(this.#isLong ? Infinity : this.#written);
    }
  }

  #wake(written: number): void {
    for (const one of this.#waiting) {
      if (one.until > written) continue;
      this.#waiting.delete(one);
      one.wake();
    }
  }

  /** Ends a batch as `failed` because its results cannot be written. Deletes what was written. */
  async #fail(id: string, batch: StoredBatch, reason: string): Promise<void> {
    const { state, isUnobserved, log } = this.options;
    const message = `results could not be written: ${reason}`;
    const errors = [{ code: "internal_error", message: `simulated: ${message}` }];
    const plan = { ...batch.plan, errors, breakAt: batch.endsAt };
    await state.putBatch(id, {
      ...batch,
      plan,
      endsAt: plannedEnd(plan),
      responses: undefined,
      written: true,
      notified: isUnobserved("failed"),
    });
    for (const result of resultIdsOf(batch.plan)) await state.dropContent(result).catch(() => undefined);
    log(`${id} failed: ${message}`);
  }
}

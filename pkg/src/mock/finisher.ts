// Writes the result files of ended batches, one batch at a time and in the background. Calls of the API wait for
// short files but not for long ones. A batch that cannot be finished fails without affecting others.
import { chunkBytes, encodeChunks } from "./http/content.js";
import { type NewFile, storeFile } from "./routes/files.js";
import { hasEnded } from "./state/batch-time.js";
import { plannedEnd, type StoredBatch } from "./state/records.js";
import { InputRequests } from "./answers/input-requests.js";
import { resultLines, type ResultKind } from "./routes/result-files.js";
import { UsageSum } from "./answers/usage.js";
import { simulateBatch } from "./simulator/simulate.js";
import { resultIdsOf, type MockState, StoreFailure } from "./state/store.js";
import type { KeyedQueue } from "./state/keyed-queue.js";

/**
 * The number of result bytes that a call of the API waits for. A batch with larger results stays in `finalizing` while
 * other calls get their responses.
 */
const maxWaitBytes = 32 * chunkBytes;

/** The delay after the store has failed, in real milliseconds. Doubles with each failure, up to the maximum. */
const retryDelays = { first: 1000, max: 60_000 };

/** What a {@link Finisher} needs from the mock. */
export interface FinisherOptions {
  readonly state: MockState;
  readonly queue: KeyedQueue;
  /** The current time of the mock's clock in whole Unix seconds. */
  readonly currentSecond: () => number;
  /** Whether no webhook is called for a batch that ended with this status. */
  readonly hasNoWebhookFor: (status: string) => boolean;
  /** The maximum size of the result files of a batch in bytes. */
  readonly maxBytes: number;
  readonly log: (line: string) => void;
}

/** Finishes due batches: writes their result files and their last status. */
export class Finisher {
  #running: Promise<void> | undefined;
  /** The number of bytes written so far, over all batches. */
  #bytesWritten = 0;
  /** Whether the batch being finished has results too large to wait for. */
  #isLong = false;
  /** The number of calls of `abort`. */
  #aborts = 0;
  readonly #waiting = new Set<{ readonly wakeAtBytes: number; readonly wake: () => void }>();
  readonly #delays = new Map<string, { readonly delayMs: number; readonly retryAt: number }>();

  constructor(private readonly options: FinisherOptions) {}

  /** Finishes due batches and waits for short result files. */
  async catchUp(): Promise<void> {
    if (this.#running ? this.#isLong : this.#next() === undefined) return;
    const wakeAtBytes = this.#bytesWritten + maxWaitBytes;
    await Promise.race([this.#run(), new Promise<void>((wake) => this.#waiting.add({ wakeAtBytes, wake }))]);
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

  /** Aborts writing and waits until it has stopped. */
  async abortAndWait(): Promise<void> {
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
    return [...state.open].find((id) => this.#isDue(id) && (this.#delays.get(id)?.retryAt ?? 0) <= Date.now());
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
      const delayMs = Math.min(retryDelays.max, 2 * (this.#delays.get(id)?.delayMs ?? retryDelays.first / 2));
      this.#delays.set(id, { delayMs, retryAt: Date.now() + delayMs });
      log(`${id} could not be finished and will be retried: ${(error as Error).message}`);
    }
  }

  /** Writes the contents, then the files, then the ended batch. */
  async #write(id: string, batch: StoredBatch): Promise<void> {
    const { state, hasNoWebhookFor, maxBytes } = this.options;
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
      let remainingBytes = maxBytes;
      const files: NewFile[] = [];
      for (const { kind, fileId, filename } of results) {
        const existing = state.files.get(fileId);
        if (existing && existing.file.filename !== filename) throw new Error(`the file id ${fileId} is already used`);
        const content = await state.putContent(fileId, this.#bounded(id, batch, requests, kind, remainingBytes, usage));
        remainingBytes -= content.size;
        const file = { id: fileId, purpose: "batch_output", filename, bytes: content.size };
        files.push({ ...file, created_at: endsAt, lifetime: outputSeconds });
      }
      for (const file of files) await storeFile(state, file);
    }
    const finalPlan = { ...plan, usage: usage.toWire() };
    const notified = hasNoWebhookFor(finalBatch.status);
    await state.putBatch(id, { ...batch, plan: finalPlan, responses: undefined, written: true, notified });
  }

  /** The chunks of a result file. Throws if they exceed `maxBytes` or writing is aborted. */
  async *#bounded(
    id: string,
    batch: StoredBatch,
    requests: InputRequests,
    kind: ResultKind,
    maxBytes: number,
    usage: UsageSum,
  ): AsyncGenerator<Uint8Array> {
    let size = 0;
    const abortsAtStart = this.#aborts;
    const writtenAtStart = this.#bytesWritten;
    for await (const chunk of encodeChunks(resultLines(id, batch, requests, kind, usage))) {
      size += chunk.length;
      if (size > maxBytes) throw new RangeError(`expected at most ${this.options.maxBytes} bytes`);
      if (this.#aborts > abortsAtStart) throw new StoreFailure("the mock was closed");
      yield chunk;
      this.#bytesWritten += chunk.length;
      this.#isLong = this.#bytesWritten - writtenAtStart >= maxWaitBytes;
      this.#wake(this.#isLong ? Infinity : this.#bytesWritten);
    }
  }

  #wake(written: number): void {
    for (const waiter of this.#waiting) {
      if (waiter.wakeAtBytes > written) continue;
      this.#waiting.delete(waiter);
      waiter.wake();
    }
  }

  /** Ends a batch as `failed` because its results cannot be written. Deletes what was written. */
  async #fail(id: string, batch: StoredBatch, reason: string): Promise<void> {
    const { state, hasNoWebhookFor, log } = this.options;
    const message = `results could not be written: ${reason}`;
    const errors = [{ code: "internal_error", message: `simulated: ${message}` }];
    const plan = { ...batch.plan, errors, breakAt: batch.endsAt };
    await state.putBatch(id, {
      ...batch,
      plan,
      endsAt: plannedEnd(plan),
      responses: undefined,
      written: true,
      notified: hasNoWebhookFor("failed"),
    });
    for (const result of resultIdsOf(batch.plan)) await state.dropContent(result).catch(() => undefined);
    log(`${id} failed: ${message}`);
  }
}

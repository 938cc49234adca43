// Writes the result files of batches that have ended, one batch after the other and in the background. Requests wait
// for short files and not for long ones; a batch that cannot be finished ends alone.
import { chunkBytes, encoded } from "./content.js";
import { fileObject } from "./files.js";
import { endOf, type StoredBatch } from "./records.js";
import { Requests } from "./input-requests.js";
import { linesOf, type ResultKind, usageOf } from "./result-files.js";
import { simulateBatch } from "./simulate.js";
import { resultIdsOf, type State, StoreFailure } from "./store.js";
import type { Turns } from "./keyed-queue.js";

/** How many bytes of results a request waits for; nobody waits for a batch that has more, it is still finalizing. */
const patienceBytes = 32 * chunkBytes;

/** How long a batch waits after the store has failed, in real milliseconds: twice as long each time, up to the most. */
const pauses = { first: 1000, most: 60_000 };

/** What finishing depends on. */
export interface Finishing {
  readonly state: State;
  readonly turns: Turns;
  /** The present, in Unix seconds of the mock's clock. */
  readonly present: () => number;
  /** Whether nobody is to be told of the end. */
  readonly told: boolean;
  /** The most bytes that the result files of a batch may have. */
  readonly maxBytes: number;
  readonly log: (line: string) => void;
}

/** Finishes batches. */
export class Finisher {
  #running: Promise<void> | undefined;
  /** How many bytes have been written ever, and whether the batch that is being written is a long one. */
  #written = 0;
  #isLong = false;
  #breaks = 0;
  readonly #waiting = new Set<{ readonly until: number; readonly wake: () => void }>();
  readonly #pauses = new Map<string, { readonly length: number; readonly until: number }>();

  constructor(private readonly given: Finishing) {}

  /** Finishes what is due, and waits for it, but not for long files. */
  async catchUp(): Promise<void> {
    if (this.#running ? this.#isLong : this.#next() === undefined) return;
    const until = this.#written + patienceBytes;
    await Promise.race([this.#run(), new Promise<void>((wake) => this.#waiting.add({ until, wake }))]);
  }

  /** Finishes all that is due, those batches too that wait because the store has failed. */
  async finishAll(): Promise<void> {
    while (this.#running) await this.#running;
    this.#pauses.clear();
    await this.#run();
  }

  /** Breaks off what is being written; the batch is finished later. */
  breakOff(): void {
    this.#breaks++;
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
      await this.given.turns.take(due, () => this.finish(due));
    }
  }

  #next(): string | undefined {
    const { state } = this.given;
    return [...state.open].find((id) => this.#isDue(id) && (this.#pauses.get(id)?.until ?? 0) <= Date.now());
  }

  #isDue(id: string): boolean {
    const { written, endsAt } = this.given.state.batches.get(id)!;
    return !written && endsAt <= this.given.present();
  }

  /** Finishes a batch if it is due. To be called in the batch's turn. */
  async finish(id: string): Promise<void> {
    const { state, log } = this.given;
    // A cancel may have come first.
    if (!this.#isDue(id)) return;
    const batch = state.batches.get(id)!;
    try {
      try {
        await this.#write(id, batch);
      } catch (error) {
        if (error instanceof StoreFailure) throw error;
        await this.#fail(id, batch, (error as Error).message);
      }
      this.#pauses.delete(id);
      state.release(resultIdsOf(batch.plan));
      await state.dropContent(batch.plan.input_file_id!).catch(() => undefined);
    } catch (error) {
      const length = Math.min(pauses.most, 2 * (this.#pauses.get(id)?.length ?? pauses.first / 2));
      this.#pauses.set(id, { length, until: Date.now() + length });
      log(`${id} is not finished yet, and is tried again: ${(error as Error).message}`);
    }
  }

  /** Writes the contents, then what names them, then the end of the batch. */
  async #write(id: string, batch: StoredBatch): Promise<void> {
    const { state, told, maxBytes } = this.given;
    const { plan, endsAt, outputSeconds } = batch;
    const ends = simulateBatch(plan, endsAt);
    const results = (
      [
        ["output", ends.output_file_id],
        ["error", ends.error_file_id],
      ] as const
    ).flatMap(([kind, fileId]) => (fileId ? [{ kind, fileId, filename: `${id}_${kind}.jsonl` }] : []));
    if (results.length > 0) {
      const input = state.contents.get(plan.input_file_id!);
      if (!input) throw new Error("its input file is no longer there");
      const requests = await Requests.of(input);
      if (requests.count !== plan.requests)
        throw new Error(`its input file has ${requests.count} requests, and ${plan.requests} were counted`);
      let left = maxBytes;
      const files = [];
      for (const { kind, fileId, filename } of results) {
        const taken = state.files.get(fileId);
        if (taken && taken.file.filename !== filename) throw new Error(`there is another file with the id ${fileId}`);
        const content = await state.putContent(fileId, this.#bounded(id, batch, requests, kind, left));
        left -= content.size;
        const facts = { id: fileId, purpose: "batch_output", filename, bytes: content.size };
        files.push(fileObject({ ...facts, created_at: endsAt, life: outputSeconds }));
      }
      for (const file of files) await state.putFile({ order: state.next(), file });
    }
    const usage = batch.answers && { usage: usageOf(batch) };
    await state.putBatch(id, { ...batch, plan: { ...plan, ...usage }, answers: undefined, written: true, told });
  }

  async *#bounded(
    id: string,
    batch: StoredBatch,
    requests: Requests,
    kind: ResultKind,
    left: number,
  ): AsyncGenerator<Uint8Array> {
    let size = 0;
    const breaks = this.#breaks;
    const begun = this.#written;
    for await (const chunk of encoded(linesOf(id, batch, requests, kind))) {
      size += chunk.length;
      if (size > left) throw new RangeError(`they have more than ${this.given.maxBytes} bytes`);
      if (this.#breaks > breaks) throw new StoreFailure("the mock was closed");
      yield chunk;
      this.#written += chunk.length;
      this.#isLong = this.#written - begun >= patienceBytes;
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

  /** Ends a batch whose results cannot be written as `failed`. Nothing is left of them. */
  async #fail(id: string, batch: StoredBatch, reason: string): Promise<void> {
    const { state, told, log } = this.given;
    const message = `the results could not be written: ${reason}`;
    const errors = [{ code: "internal_error", message: `simulated: ${message}` }];
    const plan = { ...batch.plan, errors, breakAt: batch.endsAt };
    await state.putBatch(id, { ...batch, plan, endsAt: endOf(plan), answers: undefined, written: true, told });
    for (const result of resultIdsOf(batch.plan)) await state.dropContent(result).catch(() => undefined);
    log(`${id} ended as failed: ${message}`);
  }
}

/** The moment at which a batch is shown: one whose result files are still being written has not ended. */
export const shownAt = ({ written, endsAt }: StoredBatch, now: number): number =>
  written ? now : Math.min(now, endsAt - 1);

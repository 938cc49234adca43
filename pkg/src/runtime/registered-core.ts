// The functions about batches for the elements, the watchers and the stores: those of `batchlight`, or those that
// `batchlight/js/register` registered because the page forbids WebAssembly.
import * as own from "#batchlight";

/** The functions that can be registered. */
export type Core = Pick<typeof own, "compareBatches" | "describeBatch" | "nextPoll">;

// A registered symbol, because each entry is a file of its own.
const key = Symbol.for("batchlight.core");
const page = globalThis as { [key]?: Core };

/** Registers the functions for this page or process. */
export function registerCore(core: Core): void {
  page[key] = core;
}

export const describeBatch: Core["describeBatch"] = (...input) =>
  (page[key]?.describeBatch ?? own.describeBatch)(...input);

export const compareBatches: Core["compareBatches"] = (...input) =>
  (page[key]?.compareBatches ?? own.compareBatches)(...input);

export const nextPoll: Core["nextPoll"] = (...input) => (page[key]?.nextPoll ?? own.nextPoll)(...input);

// What a reconciliation keeps for the functions that go on from it: its files, where in them each line is, and how to
// read them.
import type { BatchEndpoint } from "../jsonl-types.js";
import type { JoinedResult } from "./join.js";
import type { Reconciliation } from "./reconcile.js";
import type { RetryOptions } from "./retry-filter.js";

/**
 * What works on a reconciliation. It comes with it, so that every entry has these functions and none carries them
 * twice.
 */
export interface Kept {
  /** {@link writeRetry}. */
  retry(options: RetryOptions | undefined): ReadableStream<Uint8Array>;
  /** {@link mergeResults}. */
  merge(): ReadableStream<Uint8Array>;
  /** {@link joinResults}. */
  join(): AsyncIterable<JoinedResult>;
}

/** Where a reconciliation keeps it. Registered, because a page may hold two copies of the package. */
export const kept: unique symbol = Symbol.for("batchlight.reconciliation") as never;

function of(reconciliation: Reconciliation): Kept {
  const found = (reconciliation as { readonly [kept]?: Kept } | null | undefined)?.[kept];
  if (found) return found;
  throw new TypeError("expected what reconcile() answered, itself and no copy of it: it knows the files");
}

export const writeRetry = (reconciliation: Reconciliation, options?: RetryOptions): ReadableStream<Uint8Array> =>
  of(reconciliation).retry(options);

export const mergeResults = (reconciliation: Reconciliation): ReadableStream<Uint8Array> => of(reconciliation).merge();

export const joinResults = <Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint>(
  reconciliation: Reconciliation,
): AsyncIterable<JoinedResult<Endpoint>> => of(reconciliation).join() as AsyncIterable<JoinedResult<Endpoint>>;

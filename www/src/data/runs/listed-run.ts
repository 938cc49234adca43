// A run as the page lists it, and what the page derives from it.
import type { AttemptCounts, PlannedBatch, RunStatus, WaitingEvent } from "batchlight/run";
import type { BatchUpdate } from "batchlight/watch";
import { formatInputTokens, formatNumber, pluralize } from "#common/format.js";
import type { Account } from "../api/sending.js";
import type { RunRecord } from "./run-records.js";

/** The latest events of a shard while this page works on the run. */
export interface ShardActivity {
  /** The last poll of its batch. */
  readonly update?: BatchUpdate | undefined;
  /** Why it waits. */
  readonly waiting?: WaitingEvent | undefined;
}

/** Who works on a run. */
export type RunActivity =
  | { readonly kind: "here"; readonly shards: ReadonlyMap<number, ShardActivity> }
  /** Another tab holds the lock of its store. */
  | { readonly kind: "elsewhere" }
  /** Nobody; `error` says why it stopped in this page. */
  | { readonly kind: "stopped"; readonly error?: string | undefined };

/** A run in the list of this browser. */
export interface ListedRun {
  readonly record: RunRecord;
  /** The state in its journal; `undefined` if it never began, or if its journal could never be read. */
  readonly status: RunStatus | undefined;
  /** Why the journal could not be read; `status` is then the last known one. */
  readonly problem: string | undefined;
  readonly activity: RunActivity;
}

/** Whether a run has something left to do, and nobody works on it. */
export const isPaused = ({ status, activity }: ListedRun): boolean =>
  status !== undefined && !status.complete && activity.kind === "stopped";

/** Whether a run belongs to an account, to another key for the same host, or to another host. */
export const ownerOf = ({ host, account }: RunRecord, own: Account): "own" | "other key" | "other host" => {
  if (host !== own.host) return "other host";
  return account === own.id ? "own" : "other key";
};

/** The counts of the requests that are settled, over all shards. */
export function settledOf({ shards }: RunStatus): AttemptCounts {
  const sum = { requests: 0, succeeded: 0, incomplete: 0, failed: 0, missing: 0 };
  for (const { settled } of shards)
    for (const name of Object.keys(sum) as (keyof AttemptCounts)[]) sum[name] += settled[name];
  return sum;
}

/** The number of requests of a run. */
export const requestsOf = (shards: readonly { readonly requests: number }[]): number =>
  shards.reduce((sum, { requests }) => sum + requests, 0);

/** The size of a run, as a sentence. */
export function sizeText(shards: readonly { readonly requests: number; readonly tokens: number }[]): string {
  const tokens = formatInputTokens(shards.reduce((sum, { tokens }) => sum + tokens, 0));
  const batches = pluralize(shards.length, "batch", "batches");
  return `${pluralize(requestsOf(shards), "request")} in ${batches}, ${tokens}.`;
}

/** The result of a complete run, as a sentence. */
export const successText = (succeeded: number, requests: number): string =>
  `${formatNumber(succeeded)} of ${pluralize(requests, "request")} succeeded.`;

/** The first run with a batch that has the same content as a batch of a plan; undefined if there is none. */
export const runWithSameRequests = (
  runs: readonly ListedRun[],
  shards: readonly PlannedBatch[],
): ListedRun | undefined => {
  const planned = new Set(shards.map(({ sha256 }) => sha256));
  return runs.find(({ status }) => status?.shards.some(({ sha256 }) => planned.has(sha256)));
};

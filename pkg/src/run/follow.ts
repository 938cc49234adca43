// Follows a batch to its end.
import { type BatchView, describeBatch } from "#batchlight";
import { tokenLimitCode } from "../../generated/facts.js";
import type { BatchUpdate } from "../watch/types.js";
import { watchBatch } from "../watch/watch.js";
import { property, stringProperty } from "./api/api.js";
import type { Journal } from "./journal.js";
import { retrying } from "./retrying.js";
import type { ShardState } from "./state.js";
import type { RunContext } from "./types.js";

/** Polls the batch until it ends, and records how. */
export async function follow(context: RunContext, journal: Journal, shard: ShardState): Promise<void> {
  const of = { shard: shard.index, attempt: shard.step.attempt };
  const id = shard.current.batchId!;
  const { profile } = journal.plan!;
  const updates = watchBatch(({ signal }) => context.api.retrieve(id, signal), {
    signal: context.signal,
    clock: context.clock,
    profile,
    visibility: false,
    onError: ({ error, retryIn }) =>
      context.emit({ type: "waiting", ...of, reason: "server", seconds: retryIn, error }),
  });
  let last: BatchUpdate | undefined;
  for await (const update of updates) {
    last = update;
    context.emit({ type: "update", ...of, update });
  }
  if (last) await recordEnd(context, journal, shard, last.batch, last.view);
}

/** Looks at the batch once. Returns whether it has ended. */
export async function lookOnce(context: RunContext, journal: Journal, shard: ShardState): Promise<boolean> {
  const of = { shard: shard.index, attempt: shard.step.attempt };
  const id = shard.current.batchId!;
  const batch = await retrying(context, of, `batch ${id}`, () => context.api.retrieve(id, context.signal));
  const view = describeBatch(batch, { now: context.clock.now(), profile: journal.plan!.profile });
  const update = { batch, view, history: [], alarms: [], at: context.clock.now() };
  context.emit({ type: "update", ...of, update });
  if (view.phase !== "ended") return false;
  await recordEnd(context, journal, shard, batch, view);
  return true;
}

async function recordEnd(
  context: RunContext,
  journal: Journal,
  shard: ShardState,
  batch: unknown,
  view: BatchView,
): Promise<void> {
  const of = { shard: shard.index, attempt: shard.step.attempt };
  const batchId = shard.current.batchId!;
  const status = view.knownStatus!;
  const [first, ...others] = errorsOf(batch);
  const message = stringProperty(first, "message");
  if (status === "failed" && [first, ...others].some((error) => stringProperty(error, "code") === tokenLimitCode)) {
    await journal.append({ record: "limited", ...of });
    return context.emit({ type: "waiting", ...of, reason: "token_limit" });
  }
  const outputFileId = stringProperty(batch, "output_file_id");
  const errorFileId = stringProperty(batch, "error_file_id");
  await journal.append({
    record: "ended",
    ...of,
    status,
    ...(outputFileId !== undefined && { outputFileId }),
    ...(errorFileId !== undefined && { errorFileId }),
    counts: property(batch, "request_counts"),
    ...(message !== undefined && { message }),
  });
  context.emit({ type: "ended", ...of, batchId, status, message });
}

/** The errors of a failed batch. Some servers send a list, others an object with a list. */
function errorsOf(batch: unknown): readonly unknown[] {
  const errors = property(batch, "errors");
  const data = Array.isArray(errors) ? errors : property(errors, "data");
  return Array.isArray(data) ? data : [];
}

// Follows a batch to its end.
import { propertyOf } from "../common/list-page.js";
import { type BatchView, describeBatch } from "#batchlight";
import { entriesOf, withoutNesting } from "../batch/error-entries.js";
import { tokenLimitCode } from "../../generated/facts.js";
import type { BatchUpdate } from "../watch/types.js";
import { watchBatch } from "#watch";
import { stringProperty } from "./api/api.js";
import type { Journal } from "./journal.js";
import { retrying } from "./retrying.js";
import { eventOf, type ShardState } from "./state.js";
import type { RunContext } from "./types.js";

/** Polls the batch until it ends, and records how. */
export async function follow(context: RunContext, journal: Journal, shard: ShardState): Promise<void> {
  const of = eventOf(shard);
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
  const of = eventOf(shard);
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
  const of = eventOf(shard);
  const batchId = shard.current.batchId!;
  const status = view.knownStatus!;
  const message = firstMessage(batch);
  if (status === "failed" && view.errors.some(({ code }) => code === tokenLimitCode)) {
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
    counts: propertyOf(batch, "request_counts"),
    ...(message !== undefined && { message }),
  });
  context.emit({ type: "ended", ...of, batchId, status, message });
}

/** The server's message of the first error of a batch. */
function firstMessage(batch: unknown): string | undefined {
  const errors = propertyOf(batch, "errors");
  const [first] = entriesOf(errors, propertyOf(errors, "data"));
  return typeof first === "string" ? first : stringProperty(withoutNesting(first), "message");
}

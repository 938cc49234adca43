// Fetches the results of a batch, matches them with its requests, and plans the next attempt.
import type { ByteSource, Reconciliation, RequestVerdict } from "#batchlight";
import { checkInput, reconcile } from "#files";
import type { Journal } from "./journal.js";
import { plannedBatch } from "./plan.js";
import { retrying } from "./retrying.js";
import { hashed } from "./sha256.js";
import { type AttemptFacts, eventOf, type ShardState } from "./state.js";
import { attemptFile } from "./store/names.js";
import type { RunStore } from "./store/store.js";
import type { AttemptCounts, PlannedBatch, RunContext } from "./types.js";

/** The maximum number of times that incomplete result files are fetched. */
const maxFetches = 3;

/** Stores the result files of the batch. */
export async function fetchResults(context: RunContext, journal: Journal, shard: ShardState): Promise<void> {
  await download(context, shard);
  await journal.append({ record: "fetched", ...eventOf(shard) });
}

async function download(context: RunContext, shard: ShardState): Promise<void> {
  const { outputFileId, errorFileId } = shard.current.ended!;
  for (const [role, id] of [["output", outputFileId] as const, ["error", errorFileId] as const]) {
    if (id === undefined) continue;
    const name = attemptFile(shard.index, shard.step.attempt, role);
    await retrying(context, eventOf(shard), `the file ${id}`, async () =>
      context.store.write(name, await context.api.content(id, context.signal)),
    );
  }
}

/** The result files of an attempt, as far as they are stored. */
export async function resultsOf(
  store: RunStore,
  index: number,
  attempt: number,
  { ended, fetched }: AttemptFacts,
): Promise<{ readonly output: ByteSource | undefined; readonly error: ByteSource | undefined }> {
  const read = async (role: "output" | "error", id: string | undefined) =>
    fetched && id !== undefined ? store.read(attemptFile(index, attempt, role)) : undefined;
  return { output: await read("output", ended?.outputFileId), error: await read("error", ended?.errorFileId) };
}

/** Matches the results with the requests and records what is settled, with the next attempt if there is one. */
export async function reconcileResults(context: RunContext, journal: Journal, shard: ShardState): Promise<void> {
  const { index, step, current } = shard;
  let matched = await match(context, shard);
  // A truncated download is not a reason to send requests again.
  for (let fetches = 1; fetches < maxFetches && isShort(matched, current); fetches++) {
    await download(context, shard);
    matched = await match(context, shard);
  }
  const next = step.mayRetry ? await nextAttempt(context, journal, shard, matched) : undefined;
  const counts = countsOf(matched);
  const { failed = 0, missing = 0 } = next ?? {};
  const settled = {
    ...counts,
    requests: counts.requests - failed - missing,
    failed: counts.failed - failed,
    missing: counts.missing - missing,
  };
  await journal.append({ record: "reconciled", ...eventOf(shard), settled, ...(next && { next: next.input }) });
  context.emit({ type: "reconciled", shard: index, attempt: step.attempt, counts, retrying: failed + missing });
}

async function match({ store, signal }: RunContext, { index, step, current }: ShardState): Promise<Reconciliation> {
  const input = await store.read(attemptFile(index, step.attempt, "input"));
  const { output, error } = await resultsOf(store, index, step.attempt, current);
  const { status, counts, outputFileId, errorFileId } = current.ended!;
  const batch = { status, request_counts: counts, output_file_id: outputFileId, error_file_id: errorFileId };
  return reconcile({ input: input!, output: [output], error: [error] }, { batch, signal });
}

/** Whether results of a completed batch are missing, or a line is cut off. */
const isShort = ({ missing, malformed }: Reconciliation, { ended }: AttemptFacts): boolean =>
  malformed.count > 0 || (ended?.status === "completed" && missing > 0);

/** The requests of a reconciliation by their verdict; ambiguous ones count as failed. */
export const countsOf = ({
  requests,
  succeeded,
  incomplete,
  missing,
}: Pick<Reconciliation, "requests" | "succeeded" | "incomplete" | "missing">): AttemptCounts => ({
  requests,
  succeeded,
  incomplete,
  failed: requests - succeeded - incomplete - missing,
  missing,
});

/** The next attempt, and how many of its requests failed or are missing. */
interface NextAttempt {
  readonly input: PlannedBatch;
  readonly failed: number;
  readonly missing: number;
}

/** Returns a function that says whether a request may be sent again; undefined if none may. */
function retryable(
  journal: Journal,
  { current }: ShardState,
  matched: Reconciliation,
): ((request: RequestVerdict) => boolean) | undefined {
  const status = current.ended?.status;
  // The server refused the whole file, so it would refuse it again.
  if (status === "failed") return undefined;
  if (status !== "cancelled" || journal.plan?.retryCancelled) return () => true;
  // The requests that the cancellation stopped are not sent again.
  const unfinished = matched.causes.filter(({ responsibility }) => responsibility === "batch").map(({ id }) => id);
  return ({ verdict, cause }) => verdict !== "missing" && !(cause !== undefined && unfinished.includes(cause));
}

/** Stores the requests of the next attempt; undefined if there are none. */
async function nextAttempt(
  { store, signal }: RunContext,
  journal: Journal,
  shard: ShardState,
  matched: Reconciliation,
): Promise<NextAttempt | undefined> {
  const isRetryable = retryable(journal, shard, matched);
  if (!isRetryable) return undefined;
  const retried = { failed: 0, missing: 0 };
  const where = (request: RequestVerdict): boolean => {
    if (!isRetryable(request)) return false;
    retried[request.verdict === "missing" ? "missing" : "failed"]++;
    return true;
  };
  const { stream, digest } = hashed(matched.retry({ where }));
  if (retried.failed + retried.missing === 0) return undefined;
  const name = attemptFile(shard.index, shard.step.attempt + 1, "input");
  await store.write(name, stream);
  const { requests, inputTokens } = await checkInput((await store.read(name))!, { signal });
  const { model, endpoint } = shard.current.input;
  return { input: plannedBatch({ requests, inputTokens, model, endpoint }, digest()), ...retried };
}

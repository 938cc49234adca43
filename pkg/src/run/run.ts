// runBatch, planRun, runStatus and cancelRun: from a file of requests to its results.
import { propertyOf } from "../common/list-page.js";
import { messageOf } from "../common/thrown.js";
import type { ByteSources } from "#batchlight";
import { RunAction } from "../../generated/files-boundary.js";
import { systemClock } from "../watch/clock.js";
import type { RunApi } from "./api/api.js";
import { clientApi } from "./api/client-api.js";
import { fetchApi } from "./api/fetch-api.js";
import { fetchResults, reconcileResults } from "./collect.js";
import { EventLog } from "./event-log.js";
import { runError } from "./errors.js";
import { follow, lookOnce } from "./follow.js";
import { Journal } from "./journal.js";
import { memoryStore } from "./store/memory-store.js";
import { planInStore } from "./plan.js";
import { resultOf } from "./result.js";
import { retrying } from "./retrying.js";
import { eventOf, readState, type ShardState, statusOf } from "./state.js";
import type { RunStore } from "./store/store.js";
import { create, isAlone, searchOnce, searchUntilSettled, upload } from "./submit.js";
import type {
  BatchRun,
  CancelledRun,
  PlanOptions,
  RunConnection,
  RunContext,
  RunEvent,
  RunOptions,
  RunPlan,
  RunStatus,
} from "./types.js";

/** Chooses how requests are sent. */
function apiOf({ client, apiKey, baseURL, fetch }: RunConnection): RunApi {
  if (client) return clientApi(client);
  if (apiKey !== undefined) return fetchApi({ apiKey, baseURL, fetch });
  throw new TypeError("expected a client or an apiKey in the options");
}

/** Locks a store, runs a task with its journal, and releases it. */
async function withJournal<T>(store: RunStore, task: (journal: Journal) => Promise<T>): Promise<T> {
  const release = await store.lock();
  try {
    return await task(await Journal.open(store));
  } finally {
    await release();
  }
}

/**
 * Checks a file and divides it into batches within the limits. With a store, the plan is stored there, and `runBatch`
 * with the same store sends it; without one, nothing is kept.
 *
 * @param source the file, or several files that are sent as one
 * @throws {BatchlightRunError} `invalid_input` if the file has errors, `input_changed` if the store has the run of
 * another file, `in_use` or `damaged_journal` if the store cannot be used
 * @throws {BatchlightFileError} if a value is not a source of bytes, or a file handle cannot be read; errors of streams
 * and iterables are passed on
 * @throws {RangeError} if `attempts` is not a whole number of at least 1
 * @example
 * import { planRun } from "batchlight/run";
 * const body = { model: "text-embedding-3-small", input: "a" };
 * const line = JSON.stringify({ custom_id: "1", method: "POST", url: "/v1/embeddings", body });
 * const { shards } = await planRun(line);
 * console.log(shards[0].requests); // 1
 */
export const planRun = (source: ByteSources, options: Partial<PlanOptions> = {}): Promise<RunPlan> => {
  const { store = memoryStore() } = options;
  return withJournal(store, (journal) => planInStore(source, journal, { ...options, store }));
};

/**
 * Sends a file of requests as batches and brings back the results: checks and divides it, uploads it, creates each
 * batch once, follows them, fetches and matches their results, and resends the requests that failed temporarily.
 * Everything is recorded in the store before and after it happens, so that the same call continues after a crash. No
 * batch is created twice.
 *
 * A batch whose creation is uncertain is searched for in the list for two minutes before it is created again.
 *
 * @param source the file, or several files that are sent as one; undefined continues the run of the store
 * @returns the run: iterate over it to see what happens, and wait for its `result`, which can reject with a
 * `BatchlightRunError` of any code
 * @throws {TypeError} if there is neither a client nor an API key
 * @example
 * import { createMockApi, manualClock } from "batchlight/mock";
 * import { memoryStore, runBatch } from "batchlight/run";
 * const time = manualClock(1764000000);
 * const { fetch } = createMockApi({ clock: time });
 * const body = { model: "text-embedding-3-small", input: "a" };
 * const line = JSON.stringify({ custom_id: "1", method: "POST", url: "/v1/embeddings", body });
 * // Sleeping moves the time, so the run ends within milliseconds.
 * const clock = { now: time.now, sleep: async (milliseconds) => void time.advance(Math.min(milliseconds / 1000, 60)) };
 * const run = runBatch(line, { apiKey: "any", fetch, store: memoryStore(), clock });
 * const { succeeded, results } = await run.result;
 * console.log(succeeded, await new Response(results()).text());
 */
export function runBatch(source: ByteSources | undefined, options: RunOptions): BatchRun {
  const api = apiOf(options);
  const { store, clock = systemClock, until = "results" } = options;
  const end = new AbortController();
  const stop = () => end.abort(options.signal?.reason);
  options.signal?.addEventListener("abort", stop);
  if (options.signal?.aborted) stop();
  const log = new EventLog<RunEvent>(options.onUpdate);
  const emit = (event: RunEvent) => log.add(event);
  const context: RunContext = { until, store, api, clock, signal: end.signal, emit };
  const result = withJournal(store, async (journal) => {
    end.signal.throwIfAborted();
    const plan = await planInStore(source, journal, { ...options, signal: end.signal });
    emit({ type: "planned", plan });
    const shards = await advance(context, journal, end);
    return resultOf(store, journal, shards);
  }).finally(() => options.signal?.removeEventListener("abort", stop));
  result.then(
    () => log.end(),
    (error: unknown) => log.fail(error),
  );
  return { result, [Symbol.asyncIterator]: () => log.read() };
}

/** Takes steps until none is left that may be taken. No task runs any more when it ends, also with an error. */
async function advance(context: RunContext, journal: Journal, end: AbortController): Promise<readonly ShardState[]> {
  const running = new Map<number, Promise<void>>();
  try {
    return await takeAll(context, journal, end, running);
  } catch (error) {
    // The lock is released next, and another process may append to the journal.
    end.abort(error);
    await Promise.allSettled(running.values());
    throw error;
  }
}

async function takeAll(
  context: RunContext,
  journal: Journal,
  end: AbortController,
  running: Map<number, Promise<void>>,
): Promise<readonly ShardState[]> {
  const { until } = context;
  const seen = new Set<number>();
  const waiting = new Set<number>();
  const failures: unknown[] = [];
  for (;;) {
    // A step that ends while the state is read may not be in it, and must not be taken again.
    const busy = new Set(running.keys());
    const shards = await readState(journal);
    if (failures.length === 0 && !context.signal.aborted)
      for (const shard of shards) {
        const { index, step } = shard;
        const isNewWait = step.action === RunAction.Wait && !waiting.has(index);
        if (isNewWait && until === "results")
          context.emit({ type: "waiting", shard: index, attempt: step.attempt, reason: "queue" });
        if (step.action === RunAction.Wait) waiting.add(index);
        else waiting.delete(index);
        if (busy.has(index) || seen.has(index) || !isWanted(step.action, until)) continue;
        const task = take(context, journal, shard, shards, seen)
          .catch((error: unknown) => {
            failures.push(error);
            // The others stop at their next step. A request that creates a batch is always waited for.
            end.abort(error);
          })
          .then(() => void running.delete(index));
        running.set(index, task);
      }
    if (running.size === 0 && busy.size === 0) {
      if (failures.length > 0) throw failures[0];
      context.signal.throwIfAborted();
      return shards;
    }
    if ([...busy].every((index) => running.has(index))) await Promise.race(running.values());
  }
}

/** Whether a step is taken in a run that ends at a certain point. */
function isWanted(action: RunAction, until: NonNullable<RunOptions["until"]>): boolean {
  if (action === RunAction.Finish || action === RunAction.Wait) return false;
  const isSubmission = action === RunAction.Upload || action === RunAction.Create;
  if (until === "now") return !isSubmission;
  return until === "results" || isSubmission || action === RunAction.Find;
}

async function take(
  context: RunContext,
  journal: Journal,
  shard: ShardState,
  shards: readonly ShardState[],
  seen: Set<number>,
): Promise<void> {
  switch (shard.step.action) {
    case RunAction.Upload:
      return upload(context, journal, shard);
    case RunAction.Create:
      return create(context, journal, shard, isAlone(shard, shards));
    case RunAction.Find:
      if (context.until !== "now") return searchUntilSettled(context, journal, shard);
      if (!(await searchOnce(context, journal, shard))) seen.add(shard.index);
      return;
    case RunAction.Follow:
      if (context.until !== "now") return follow(context, journal, shard);
      if (!(await lookOnce(context, journal, shard))) seen.add(shard.index);
      return;
    case RunAction.Fetch:
      return fetchResults(context, journal, shard);
    case RunAction.Reconcile:
      return reconcileResults(context, journal, shard);
    default:
  }
}

/**
 * Reads the state of a run from its store, without a request. Other processes may work on the run meanwhile.
 *
 * @throws {BatchlightRunError} `no_run` if the store has none, `damaged_journal` if its journal cannot be read
 */
export async function runStatus({ store }: Pick<RunOptions, "store">): Promise<RunStatus> {
  const journal = await Journal.open(store);
  if (!journal.plan) throw noRun();
  return statusOf(journal, await readState(journal));
}

/** How often the cancellation of a batch is requested if the server or the network fails. */
const maxCancelRequests = 4;

/**
 * Cancels a run: nothing more is sent, and its batches are cancelled on the server. What had finished can be fetched by
 * `runBatch` with the same store, once the batches have ended, which takes up to ten minutes.
 *
 * @returns the state, and the ids of the batches whose cancellation was accepted
 * @throws {BatchlightRunError} `no_run` if the store has none, `in_use` or `damaged_journal` if the store cannot be
 * used, `refused` if some batches could not be cancelled: the others are, and calling it again cancels the rest
 * @throws {TypeError} if there is neither a client nor an API key
 */
export async function cancelRun(
  options: RunConnection & Pick<RunOptions, "store" | "clock" | "signal">,
): Promise<CancelledRun> {
  const api = apiOf(options);
  const { store, clock = systemClock, signal = new AbortController().signal } = options;
  return withJournal(store, async (journal) => {
    if (!journal.plan) throw noRun();
    await journal.append({ record: "cancelled" });
    const context: RunContext = { until: "now", store, api, clock, signal, emit: () => undefined };
    const before = await readState(journal);
    const first = await cancelFollowed(context, before, []);
    // A batch that may have been created is searched for after the known ones are cancelled: it takes minutes.
    const uncertain = before.filter(({ step }) => step.action === RunAction.Find);
    const searches = await Promise.allSettled(uncertain.map((shard) => searchUntilSettled(context, journal, shard)));
    signal.throwIfAborted();
    const shards = await readState(journal);
    const found = new Set(uncertain.map(({ index }) => index));
    const second = await cancelFollowed(
      context,
      shards.filter(({ index }) => found.has(index)),
      searches.flatMap((search) => (search.status === "rejected" ? [search.reason] : [])),
    );
    const failures = [...first.failures, ...second.failures];
    if (failures.length > 0) throw notCancelled(failures);
    return { ...statusOf(journal, shards), cancelling: [...first.cancelling, ...second.cancelling] };
  });
}

/** Cancels the batches of shards. A failure does not keep it from cancelling the others. */
async function cancelFollowed(context: RunContext, shards: readonly ShardState[], earlier: readonly unknown[]) {
  const cancelling: string[] = [];
  const failures = [...earlier];
  for (const shard of shards) {
    const { step, current } = shard;
    if (step.action !== RunAction.Follow) continue;
    const id = current.batchId!;
    const of = eventOf(shard);
    const request = () => isAccepted(context.api.cancel(id));
    try {
      if (await retrying(context, of, `the cancellation of ${id}`, request, maxCancelRequests)) cancelling.push(id);
    } catch (error) {
      context.signal.throwIfAborted();
      failures.push(error);
    }
  }
  return { cancelling, failures };
}

function notCancelled(failures: readonly unknown[]): Error {
  const messages = failures.map(messageOf);
  const count = failures.length === 1 ? "1 batch was" : `${failures.length} batches were`;
  return runError("refused", `${count} not cancelled: ${messages.join("; ")}; cancel the run again`, {
    cause: failures[0],
  });
}

/** Whether a cancellation was accepted. A batch that has ended meanwhile refuses it with status 409 or 400. */
async function isAccepted(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    const status = propertyOf(error, "status");
    if (status === 409 || status === 400) return false;
    throw error;
  }
}

const noRun = () => runError("no_run", "the store has no run; begin one with a file");

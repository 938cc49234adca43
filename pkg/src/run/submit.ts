// Uploads a shard and creates its batch, once.
import { propertyOf } from "../common/list-page.js";
import { messageOf } from "../common/thrown.js";
import { RunAction } from "../../generated/files-boundary.js";
import { isAmbiguous, isFinal, stringProperty } from "./api/api.js";
import { runError } from "./errors.js";
import type { Journal, PlanRecord } from "./journal.js";
import { finalError, pauseAfter, retrying, sleep, waitAfter } from "./retrying.js";
import { eventOf, readState, type ShardState } from "./state.js";
import { attemptFile } from "./store/names.js";
import type { RunContext } from "./types.js";

/** The key of the metadata that identifies a batch. */
const runMetadataKey = "batchlight_run";
/** The key of the metadata with the hash of the input file. */
const hashMetadataKey = "batchlight_sha256";

/**
 * The seconds after which a batch that is not in the list counts as not created. An assumption: how long a server may
 * take to list a new batch is not documented. The search takes twice as long as the mock's lists lag by default.
 */
const settleSeconds = 120;

/** Batches that are older than the run by this many seconds end the search. Clocks may differ. */
const searchMargin = 24 * 3600;

/** The value of {@link runMetadataKey}: run, shard, attempt and submission. */
const batchIdentity = (plan: PlanRecord, { index, step }: ShardState): string =>
  `${plan.run}/${index + 1}/${step.attempt}/${step.submission}`;

/** Uploads the input file. A crash before the record leaves an unused file on the server. */
export async function upload(context: RunContext, journal: Journal, shard: ShardState): Promise<void> {
  const of = eventOf(shard);
  const name = attemptFile(shard.index, of.attempt, "input");
  const file = await context.store.blob(name);
  if (!file || file.size !== shard.current.input.bytes)
    throw runError("damaged_journal", `${name} in the store is missing or has another size; restore it`);
  const response = await retrying(context, of, "the upload", () =>
    context.api.upload(file, `batchlight-${journal.plan!.run}-${name}`, context.signal),
  );
  const fileId = stringProperty(response, "id");
  if (fileId === undefined) throw runError("refused", "the response to the upload has no id; check the base URL");
  await journal.append({ record: "uploaded", ...of, fileId });
  context.emit({ type: "uploaded", ...of, fileId });
}

/** The seconds before a batch that failed at the token limit is created again: 1 minute at first, then up to 16. */
const tokenLimitPause = (submission: number): number => 30 * pauseAfter(Math.min(submission - 1, 5));

/** Creates the batch: records it, sends the request once, and searches for the batch if the response is ambiguous. */
export async function create(context: RunContext, journal: Journal, shard: ShardState, alone: boolean): Promise<void> {
  const of = eventOf(shard);
  const { submission } = shard.step;
  if (submission > 1 && alone) {
    // No batch of this run is in the queue of the model, so batches of other clients are.
    const seconds = tokenLimitPause(submission);
    context.emit({ type: "waiting", ...of, reason: "token_limit", seconds });
    await sleep(context, seconds);
  }
  const plan = journal.plan!;
  context.signal.throwIfAborted();
  await journal.append({ record: "creating", ...of, submission, at: context.clock.now() });
  // Throws if the journal contradicts itself. The next request cannot be undone.
  await readState(journal);
  let response: unknown;
  try {
    response = await context.api.create({
      input_file_id: shard.current.fileId!,
      endpoint: shard.current.input.endpoint!,
      completion_window: plan.window,
      metadata: {
        ...plan.metadata,
        [runMetadataKey]: batchIdentity(plan, shard),
        [hashMetadataKey]: shard.current.input.sha256,
      },
    });
  } catch (error) {
    if (isAmbiguous(error)) {
      context.emit({ type: "waiting", ...of, reason: "list", error });
      return searchUntilSettled(context, journal, shard);
    }
    await journal.append({ record: "not_created", ...of, message: messageOf(error) });
    if (isFinal(error)) throw finalError("the batch", error);
    const seconds = waitAfter(context, error, (shard.current.failedCreations ?? 0) + 1);
    context.emit({ type: "waiting", ...of, reason: "server", seconds, error });
    return sleep(context, seconds);
  }
  const batchId = stringProperty(response, "id");
  if (batchId === undefined) return searchUntilSettled(context, journal, shard);
  await journal.append({ record: "created", ...of, batchId });
  context.emit({ type: "created", ...of, batchId, found: false });
}

/**
 * Searches for a batch that may have been created, until it is found or cannot appear any more. The time is the sum of
 * the pauses in this process: the clock may have been changed, or be another machine's since the creation.
 */
export async function searchUntilSettled(context: RunContext, journal: Journal, shard: ShardState): Promise<void> {
  const of = eventOf(shard);
  for (let waited = 0, searches = 1; ; searches++) {
    if (await searchOnce(context, journal, shard)) return;
    if (waited >= settleSeconds)
      return journal.append({ record: "not_created", ...of, message: "the batch is not in the list" });
    const seconds = Math.min(pauseAfter(searches), settleSeconds - waited);
    context.emit({ type: "waiting", ...of, reason: "list", seconds });
    await sleep(context, seconds);
    waited += seconds;
  }
}

/** Searches once for a batch that may have been created, and records it if it is found. Returns whether it is. */
export async function searchOnce(context: RunContext, journal: Journal, shard: ShardState): Promise<boolean> {
  const of = eventOf(shard);
  const plan = journal.plan!;
  const known = new Set(shard.attempts.flatMap(({ batchId }) => batchId ?? []));
  const [batchId, ...copies] = await retrying(context, of, "the list of batches", () =>
    search(context, plan, (batch) => isOwn(batch, batchIdentity(plan, shard), shard.current.fileId!, known)),
  );
  if (batchId === undefined) return false;
  // The request was sent twice on its way to the server. Cancelling may fail, because a copy may have ended.
  for (const copy of copies) await context.api.cancel(copy).catch(() => undefined);
  await journal.append({ record: "created", ...of, batchId, found: true });
  context.emit({ type: "created", ...of, batchId, found: true });
  return true;
}

/** Whether a batch is the one that was to be created. Where servers store no metadata, its input file identifies it. */
function isOwn(batch: unknown, identity: string, fileId: string, known: ReadonlySet<string>): boolean {
  const found = stringProperty(propertyOf(batch, "metadata"), runMetadataKey);
  if (found !== undefined) return found === identity;
  return propertyOf(batch, "input_file_id") === fileId && !known.has(stringProperty(batch, "id") ?? "");
}

/**
 * Searches the list, newest first, and returns the ids of the batches that fit, oldest first. Copies are created
 * within seconds, so the search ends one page after the first match.
 *
 * @throws {Error} if a page is malformed: what it does not show may exist
 */
async function search(
  { api, signal }: RunContext,
  plan: PlanRecord,
  fits: (batch: unknown) => boolean,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ; ) {
    const isLastPage = found.length > 0;
    const page = await api.list(after, signal);
    const batches = batchesOf(page);
    found.push(...batches.filter(fits).map(idOf));
    const last = batches.at(-1);
    const createdAt = propertyOf(last, "created_at");
    const isOld = typeof createdAt === "number" && createdAt < plan.at - searchMargin;
    if (isLastPage || isOld || propertyOf(page, "has_more") !== true) return found.reverse();
    const next = idOf(last);
    if (next === after) throw new Error(`expected batches after ${next} in the list, found the same page again`);
    after = next;
  }
}

/** The batches of a page. Some servers send them without the object around the list. */
function batchesOf(page: unknown): readonly unknown[] {
  const batches = Array.isArray(page) ? page : propertyOf(page, "data");
  if (Array.isArray(batches)) return batches;
  throw new Error("expected a list of batches in the response, found none");
}

function idOf(batch: unknown): string {
  const id = stringProperty(batch, "id");
  if (id === undefined) throw new Error("expected an id of each batch in the list, found a batch without one");
  return id;
}

/** Whether no other shard of the same model may have tokens in the queue. */
export const isAlone = (shard: ShardState, shards: readonly ShardState[]): boolean =>
  !shards.some(
    ({ index, current, step }) =>
      index !== shard.index &&
      current.input.model === shard.current.input.model &&
      (step.action === RunAction.Follow || step.action === RunAction.Find),
  );

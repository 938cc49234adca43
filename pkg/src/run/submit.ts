// Uploads a shard and creates its batch, once.
import { RunAction } from "../../generated/files-boundary.js";
import { backoffSeconds } from "../watch/retry-policy.js";
import { isAmbiguous, isFinal, property, stringProperty } from "./api/api.js";
import { runError } from "./errors.js";
import type { Journal, PlanRecord } from "./journal.js";
import { finalError, retrying, sleep, waitAfter } from "./retrying.js";
import { readState, type ShardState } from "./state.js";
import { attemptFile } from "./store/names.js";
import type { RunContext } from "./types.js";

/** The metadata that identifies a batch: run, shard, attempt and submission. */
const keyName = "batchlight_run";
/** The metadata with the hash of the input file. */
const hashName = "batchlight_sha256";

/**
 * For how many seconds after its creation was requested a batch may not be in the list yet: twice the age of the oldest
 * answers that this package's mock simulates.
 */
const settleSeconds = 120;

/** Batches that are older than the run by this many seconds end the search. Clocks may differ. */
const searchMargin = 24 * 3600;

/** The value of {@link keyName}. */
const keyOf = (plan: PlanRecord, { index, step }: ShardState): string =>
  `${plan.run}/${index + 1}/${step.attempt}/${step.submission}`;

const eventOf = ({ index, step }: ShardState) => ({ shard: index, attempt: step.attempt });

/** Uploads the input file. A crash before the record leaves an unused file on the server. */
export async function upload(context: RunContext, journal: Journal, shard: ShardState): Promise<void> {
  const of = eventOf(shard);
  const name = attemptFile(shard.index, of.attempt, "input");
  const file = await context.store.blob(name);
  if (!file || file.size !== shard.current.input.bytes)
    throw runError("damaged_journal", `${name} in the store is missing or has another size; restore it`);
  const answer = await retrying(context, of, "the upload", () =>
    context.api.upload(file, `batchlight-${journal.plan!.run}-${name}`, context.signal),
  );
  const fileId = stringProperty(answer, "id");
  if (fileId === undefined) throw runError("refused", "the answer to the upload has no id; check the base URL");
  await journal.append({ record: "uploaded", ...of, fileId });
  context.emit({ type: "uploaded", ...of, fileId });
}

/** Creates the batch: records it, sends the request once, and looks for the batch if the answer is ambiguous. */
export async function create(context: RunContext, journal: Journal, shard: ShardState, alone: boolean): Promise<void> {
  const of = eventOf(shard);
  const { submission } = shard.step;
  if (submission > 1 && alone) {
    // No batch of this run holds the queue, so somebody else's do.
    const seconds = 30 * backoffSeconds(Math.min(submission - 1, 5), 0.5);
    context.emit({ type: "waiting", ...of, reason: "token_limit", seconds });
    await sleep(context, seconds);
  }
  const plan = journal.plan!;
  const at = context.clock.now();
  context.signal.throwIfAborted();
  await journal.append({ record: "creating", ...of, submission, at });
  // Throws if the journal contradicts itself. Only what follows cannot be undone.
  await readState(journal);
  let answer: unknown;
  try {
    answer = await context.api.create({
      input_file_id: shard.current.fileId!,
      endpoint: shard.current.input.endpoint!,
      completion_window: plan.window!,
      metadata: { ...plan.metadata, [keyName]: keyOf(plan, shard), [hashName]: shard.current.input.sha256 },
    });
  } catch (error) {
    if (isAmbiguous(error)) {
      context.emit({ type: "waiting", ...of, reason: "list", error });
      return find(context, journal, shard, at);
    }
    const message = error instanceof Error ? error.message : String(error);
    await journal.append({ record: "not_created", ...of, message });
    if (isFinal(error)) throw finalError("the batch", error);
    const seconds = waitAfter(context, error, 1);
    context.emit({ type: "waiting", ...of, reason: "server", seconds, error });
    return sleep(context, seconds);
  }
  const batchId = stringProperty(answer, "id");
  if (batchId === undefined) return find(context, journal, shard, at);
  await journal.append({ record: "created", ...of, batchId });
  context.emit({ type: "created", ...of, batchId, found: false });
}

/**
 * Looks for a batch that may have been created. Only when it is missing in a list that was requested long enough after
 * the creation, it does not exist.
 */
export async function find(
  context: RunContext,
  journal: Journal,
  shard: ShardState,
  creatingAt: number,
): Promise<void> {
  const of = eventOf(shard);
  const plan = journal.plan!;
  const known = new Set(shard.attempts.flatMap(({ batchId }) => batchId ?? []));
  // A clock that was set back does not prolong the wait.
  const end = Math.min(creatingAt, context.clock.now()) + settleSeconds;
  for (let looks = 1; ; looks++) {
    const isLast = context.clock.now() >= end;
    const [batchId, ...copies] = await retrying(context, of, "the list of batches", () =>
      search(context, plan, (batch) => isOwn(batch, keyOf(plan, shard), shard.current.fileId!, known)),
    );
    if (batchId !== undefined) {
      // Something between here and the server sent the request twice. Cancelling is an attempt; a copy may have ended.
      for (const copy of copies) await context.api.cancel(copy).catch(() => undefined);
      await journal.append({ record: "created", ...of, batchId, found: true });
      context.emit({ type: "created", ...of, batchId, found: true });
      return;
    }
    if (isLast) return journal.append({ record: "not_created", ...of, message: "the batch is not in the list" });
    const seconds = Math.min(backoffSeconds(looks, 0.5), Math.max(0.1, end - context.clock.now()));
    context.emit({ type: "waiting", ...of, reason: "list", seconds });
    await sleep(context, seconds);
  }
}

/** Whether a batch is the one that was asked for. Servers that keep no metadata are known by the file. */
function isOwn(batch: unknown, key: string, fileId: string, known: ReadonlySet<string>): boolean {
  const found = stringProperty(property(batch, "metadata"), keyName);
  if (found !== undefined) return found === key;
  return property(batch, "input_file_id") === fileId && !known.has(stringProperty(batch, "id") ?? "");
}

/** Looks through the list, newest first, and returns the ids of the batches that fit, oldest first. */
async function search(
  { api, signal }: RunContext,
  plan: PlanRecord,
  fits: (batch: unknown) => boolean,
): Promise<readonly string[]> {
  for (let after: string | undefined; ; ) {
    const page = await api.list(after, signal);
    const data = property(page, "data");
    const batches: readonly unknown[] = Array.isArray(page) ? page : Array.isArray(data) ? data : [];
    const found = batches.filter(fits).flatMap((batch) => stringProperty(batch, "id") ?? []);
    if (found.length > 0) return found.reverse();
    const last = batches.at(-1);
    const createdAt = property(last, "created_at");
    const isOld = typeof createdAt === "number" && createdAt < plan.at - searchMargin;
    const next = stringProperty(last, "id");
    if (property(page, "has_more") !== true || isOld || next === undefined || next === after) return [];
    after = next;
  }
}

/** Whether no other shard of the same model may have tokens in the queue. */
export const isAlone = (shard: ShardState, shards: readonly ShardState[]): boolean =>
  !shards.some(
    ({ index, current, step }) =>
      index !== shard.index &&
      current.input.model === shard.current.input.model &&
      (step.action === RunAction.Follow || step.action === RunAction.Find),
  );

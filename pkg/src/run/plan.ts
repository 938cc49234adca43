// Plans a run: checks the file, divides it into shards, stores their files, and begins the journal.
import type { ByteSource, ByteSources, InputReport, Shard } from "#batchlight";
import { checkInput, splitInput } from "#files";
import { fileMixCodes, openaiWindow, tokenLimitCode } from "../../generated/facts.js";
import { systemClock } from "../watch/clock.js";
import { runError } from "./errors.js";
import { type Journal, type PlanRecord, planRecord } from "./journal.js";
import { hashed, hexOf } from "./sha256.js";
import { streamOf } from "../files/io/byte-stream.js";
import { digestOf, inputOf } from "./source.js";
import { attemptFile, inputFile } from "./store/names.js";
import type { PlannedBatch, PlanOptions, RunPlan } from "./types.js";

const defaultAttempts = 3;

/** Limits that no file exceeds: the file is divided after it has been checked. */
const unlimited = {
  requests: Number.MAX_SAFE_INTEGER,
  bytes: Number.MAX_SAFE_INTEGER,
  embeddingInputs: Number.MAX_SAFE_INTEGER,
};

const sourcesOf = (source: ByteSources): readonly ByteSource[] =>
  Array.isArray(source) ? (source as readonly ByteSource[]) : [source as ByteSource];

/** Plans a run in a locked store, or checks that the run in it has the same source. */
export async function planInStore(
  source: ByteSources | undefined,
  journal: Journal,
  options: PlanOptions,
): Promise<RunPlan> {
  const { plan } = journal;
  if (plan) {
    if (source !== undefined) await assertUnchanged(sourcesOf(source), plan);
    return { run: plan.run, shards: plan.shards, continues: true };
  }
  if (source === undefined) throw runError("no_run", "the store has no run to continue; begin one with a file");
  return beginRun(sourcesOf(source), journal, options);
}

async function assertUnchanged(sources: readonly ByteSource[], { source }: PlanRecord): Promise<void> {
  if ((await digestOf(sources)).sha256 === source.sha256) return;
  throw runError(
    "input_changed",
    "the file has changed since the run began; restore it to continue, or begin a new run in another place: " +
      "batches of the old file may still be under way",
  );
}

async function beginRun(sources: readonly ByteSource[], journal: Journal, options: PlanOptions): Promise<RunPlan> {
  const { store, profile, limits = {}, attempts = defaultAttempts, signal, clock = systemClock } = options;
  if (!(Number.isInteger(attempts) && attempts >= 1))
    throw new RangeError(`expected attempts to be a whole number of at least 1, found ${attempts}`);
  const { file, isStored, source } = await inputOf(sources, options.fix === true, store);
  const report = await checkInput(file, { limits: unlimited, profile, signal });
  const { queueTokens, ...fileLimits } = limits;
  const split = await splitInput(file, { limits: { ...fileLimits, tokens: queueTokens }, profile, signal });
  const isMixed = new Set(split.shards.map(({ model, endpoint }) => JSON.stringify([model, endpoint]))).size > 1;
  // A file that mixes models is divided by them, so errors about this are ignored. Its shards are checked below.
  assertValid(report, isMixed ? fileMixCodes : []);
  const [skipped] = split.manifest.skipped;
  if (skipped) {
    const { line, reason, code } = skipped;
    const limit = code === tokenLimitCode ? "limit queueTokens" : "limit";
    throw runError("invalid_input", `line ${line}: ${reason}; remove the line, or raise the ${limit}`, { report });
  }
  if (split.shards.length === 0) throw runError("invalid_input", "the file has no requests", { report });
  const shards: PlannedBatch[] = [];
  for (const [index, shard] of split.shards.entries()) {
    signal?.throwIfAborted();
    const { stream, digest } = hashed(shard.stream());
    const name = attemptFile(index, 1, "input");
    await store.write(name, stream);
    shards.push(plannedBatch(shard, digest()));
    if (isMixed) {
      const shardReport = await checkInput((await store.read(name))!, { profile, signal });
      assertShardValid(shardReport, split.manifest.shards[index]!.custom_ids);
    }
  }
  if (isMixed && !isStored) await store.write(inputFile, streamOf(file));
  const { window = openaiWindow, metadata, retryCancelled } = options;
  const run = randomId();
  await journal.append(
    planRecord({
      run,
      at: clock.now(),
      attempts,
      ...(queueTokens !== undefined && { queueTokens }),
      ...(profile !== undefined && { profile }),
      window,
      ...(metadata && { metadata }),
      ...(retryCancelled && { retryCancelled }),
      source,
      interleaved: isMixed,
      shards,
    }),
  );
  return { run, shards, continues: false, report };
}

/** @throws {BatchlightRunError} if a file has errors whose code is not ignored */
function assertValid(report: InputReport, ignoredCodes: readonly string[]): void {
  const { count, first } = errorsIn(report, ignoredCodes);
  if (count === 0) return;
  throw invalidFile(count, first && `line ${first.line}: ${first.message}`, report);
}

/**
 * Checks a shard of a file that mixes models. The error names the request, because the line numbers are those of the
 * shard.
 *
 * @throws {BatchlightRunError} without a report, if the shard has errors
 */
function assertShardValid(report: InputReport, ids: readonly string[]): void {
  const { count, first } = errorsIn(report, []);
  if (count > 0) throw invalidFile(count, first && `request ${JSON.stringify(ids[first.line - 1])}: ${first.message}`);
}

/** The number of errors whose code is not ignored, and the first of them. */
function errorsIn({ counts, issues }: InputReport, ignoredCodes: readonly string[]) {
  const isError = ({ level, code }: { readonly level: string; readonly code: string }) =>
    level === "error" && !ignoredCodes.includes(code);
  return { count: counts.filter(isError).reduce((sum, each) => sum + each.count, 0), first: issues.find(isError) };
}

const invalidFile = (count: number, first: string | undefined, report?: InputReport): Error =>
  runError(
    "invalid_input",
    `${count} ${count === 1 ? "error" : "errors"} in the file${first ? `; ${first}` : ""}`,
    report && { report },
  );

/** What the plan says about a shard. */
export const plannedBatch = (
  { requests, inputTokens, model, endpoint }: Pick<Shard, "requests" | "inputTokens" | "model" | "endpoint">,
  { sha256, bytes }: { readonly sha256: string; readonly bytes: number },
): PlannedBatch => ({
  requests,
  bytes,
  sha256,
  tokens: Math.ceil(inputTokens.estimate),
  ...(model !== undefined && { model }),
  ...(endpoint !== undefined && { endpoint }),
});

/** 96 random bits in hexadecimal digits. */
function randomId(): string {
  const bytes = new Uint8Array(12);
  if (typeof globalThis.crypto?.getRandomValues === "function") crypto.getRandomValues(bytes);
  else for (const index of bytes.keys()) bytes[index] = Math.floor(Math.random() * 256);
  return hexOf(bytes);
}

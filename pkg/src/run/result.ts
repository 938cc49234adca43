// The result of a run: the counts and the causes over all shards, and the best result of each request.
import type { Reconciliation } from "#batchlight";
import { reconcile } from "#files";
import { mergeCauses, mergeUsage } from "../files/merge-reports.js";
import { countsOf, resultsOf } from "./collect.js";
import type { Journal } from "./journal.js";
import { chunksOf, streamOfIterable } from "../files/io/byte-stream.js";
import { type ShardState, statusOf, sumCounts } from "./state.js";
import { attemptFile, inputFile } from "./store/names.js";
import type { RunStore } from "./store/store.js";
import type { AttemptCounts, RunResult } from "./types.js";

/**
 * Matches the results of shards with their requests. Shards are consecutive parts of the input, so each is matched by
 * itself, which takes little memory. Only the shards of a file that mixes models are matched together, with the whole
 * input.
 */
async function* reconciliations(
  store: RunStore,
  journal: Journal,
  shards: readonly ShardState[],
): AsyncGenerator<Reconciliation> {
  if (journal.plan?.interleaved) {
    const input = await store.read(inputFile);
    const parts = [];
    for (const shard of shards) parts.push(await resultFiles(store, shard));
    yield reconcile({
      input: input!,
      output: parts.flatMap((each) => each.output),
      error: parts.flatMap((each) => each.error),
    });
    return;
  }
  for (const shard of shards) {
    const input = await store.read(attemptFile(shard.index, 1, "input"));
    yield reconcile({ input: input!, ...(await resultFiles(store, shard)) });
  }
}

/** The result files of all attempts of a shard. */
async function resultFiles(store: RunStore, { index, attempts }: ShardState) {
  const files = [];
  for (const [before, attempt] of attempts.entries()) files.push(await resultsOf(store, index, before + 1, attempt));
  return { output: files.map(({ output }) => output), error: files.map(({ error }) => error) };
}

/** Computes the result. Reads all result files once; `results` reads them again. */
export async function resultOf(store: RunStore, journal: Journal, shards: readonly ShardState[]): Promise<RunResult> {
  const reports: (AttemptCounts & Pick<RunResult, "causes" | "usage">)[] = [];
  for await (const part of reconciliations(store, journal, shards))
    reports.push({ ...countsOf(part), causes: part.causes, usage: part.usage });
  return {
    ...statusOf(journal, shards),
    ...sumCounts(reports),
    causes: mergeCauses(reports),
    usage: mergeUsage(reports),
    results: () => streamOfIterable(lines(reconciliations(store, journal, shards))),
  };
}

async function* lines(parts: AsyncIterable<Reconciliation>): AsyncGenerator<Uint8Array> {
  for await (const part of parts) yield* chunksOf(part.merge());
}

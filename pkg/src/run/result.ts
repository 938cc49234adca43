// The result of a run: the counts and the causes over all shards, and the best result of each request.
import type { Cause, ModelUsage, Reconciliation } from "#batchlight";
import { reconcile } from "#files";
import { countsOf, resultsOf } from "./collect.js";
import type { Journal } from "./journal.js";
import { streamOfIterable } from "./source.js";
import { type ShardState, statusOf, sumCounts } from "./state.js";
import { attemptFile, inputFile } from "./store/names.js";
import type { RunStore } from "./store/store.js";
import type { AttemptCounts, RunResult } from "./types.js";

/**
 * Matches the results of shards with their requests. Shards are consecutive parts of the input, so that each is matched
 * alone, in little memory; only the shards of a file that mixes models are matched together with the whole input.
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

async function resultFiles(store: RunStore, { index, attempts }: ShardState) {
  const files = [];
  for (const [at, attempt] of attempts.entries()) files.push(await resultsOf(store, index, at + 1, attempt));
  return { output: files.map(({ output }) => output), error: files.map(({ error }) => error) };
}

/** Makes the result. Reads all result files once. */
export async function resultOf(store: RunStore, journal: Journal, shards: readonly ShardState[]): Promise<RunResult> {
  const counts: AttemptCounts[] = [];
  const causes: Cause[][] = [];
  const usage: ModelUsage[][] = [];
  for await (const report of reconciliations(store, journal, shards)) {
    counts.push(countsOf(report));
    causes.push([...report.causes]);
    usage.push([...report.usage]);
  }
  return {
    ...statusOf(journal, shards),
    ...sumCounts(counts),
    causes: addedCauses(causes.flat()),
    usage: addedUsage(usage.flat()),
    results: () => streamOfIterable(lines(reconciliations(store, journal, shards))),
  };
}

async function* lines(parts: AsyncIterable<Reconciliation>): AsyncGenerator<Uint8Array> {
  for await (const part of parts) {
    const reader = part.merge().getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  }
}

const maxExamples = 5;

/** Adds the causes of several reports that are the same, the most frequent first. */
function addedCauses(causes: readonly Cause[]): readonly Cause[] {
  const added = new Map<string, Cause>();
  for (const cause of causes) {
    const key = JSON.stringify([cause.verdict, cause.statusCode, cause.code, cause.message]);
    const same = added.get(key);
    if (!same) added.set(key, cause);
    else
      added.set(key, {
        ...same,
        count: same.count + cause.count,
        examples: [...same.examples, ...cause.examples].slice(0, maxExamples),
      });
  }
  return [...added.values()].sort((a, b) => b.count - a.count).map((cause, index) => ({ ...cause, id: index + 1 }));
}

/** Adds the usage of several reports by model. */
function addedUsage(usage: readonly ModelUsage[]): readonly ModelUsage[] {
  const added = new Map<string | undefined, ModelUsage>();
  for (const one of usage) {
    const same = added.get(one.model);
    added.set(
      one.model,
      same ? { ...addNumbers(same, one), ...(one.model !== undefined && { model: one.model }) } : one,
    );
  }
  return [...added.values()];
}

/** Adds all properties that are numbers. */
function addNumbers(a: ModelUsage, b: ModelUsage): ModelUsage {
  const [first, second] = [a, b].map((each) => each as unknown as Readonly<Record<string, unknown>>);
  const sum = Object.keys({ ...first, ...second }).map((name) => {
    const [left, right] = [first![name], second![name]];
    return [
      name,
      typeof left === "number" || typeof right === "number" ? Number(left ?? 0) + Number(right ?? 0) : left,
    ];
  });
  return Object.fromEntries(sum) as unknown as ModelUsage;
}

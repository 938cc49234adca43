// Reconciles the shards of a job one by one, or several at once. The tables of a shard fit in the CPU cache, and their
// memory is free again when its verdicts are known.
import { AnswerPart, NumberOption, RoleCode } from "../../../generated/files-boundary.js";
import type { ReconciliationReport } from "../../../generated/files-types.js";
import { numbersOf } from "../engine/column-decoders.js";
import { randomKey } from "../engine/hash-key.js";
import type { BatchClaims, OperationAnswer, Runner } from "../engine/runner.js";
import { sizeOf } from "../io/line-ranges.js";
import { ProgressSum } from "../io/progress-sum.js";
import type { FileOptions } from "../types.js";
import { addUp } from "./add-up.js";
import { DistinctNumbers } from "./distinct-numbers.js";
import { ShardVerdicts } from "./shard-verdicts.js";
import { VerdictTable } from "./verdict-table.js";
import {
  type ReadFiles,
  type Reconciled,
  type ReconciledFile,
  type ReconcileRequest,
  reconcileWhole,
} from "./whole.js";

/** Files of consecutive indexes: shards that are reconciled together. */
interface Group {
  readonly files: ReconciledFile[];
  bytes: number;
}

/** The answer for a group. Its parts are those of a {@link VerdictTable}. */
interface GroupAnswer extends Pick<OperationAnswer, "parts"> {
  readonly report: ReconciliationReport;
  readonly origins: Float64Array;
}

// The minimum size of a group. Starting an instance takes as long as reading a tenth of that.
const minGroupBytes = 4 << 20;

/**
 * Reconciles files with the same result as {@link reconcileWhole}. It is found shard by shard, several of them at once,
 * unless shards depend on each other, as attempts at the same requests do.
 */
export const reconcileByShard =
  (jobs: number): ReadFiles =>
  async (runner, request, options) =>
    (await reconcileGroups(jobs, runner, request, options)) ?? reconcileWhole(runner, request, options);

/**
 * Reconciles shards independently. Returns `undefined` if the result may differ from that of all files in one
 * operation, and if an error occurs, because the first error in the order of the files is the one to report.
 */
async function reconcileGroups(
  jobs: number,
  runner: Runner,
  { sources, batches, parts = [], ...request }: ReconcileRequest,
  options: FileOptions,
): Promise<Reconciled | undefined> {
  const groups = await groupsOf(sources);
  if (groups.length < 2 || batches.length > Math.max(...sources.map(({ index }) => index)) + 1) return undefined;
  const stop = new AbortController();
  const { signal } = options;
  signal?.throwIfAborted();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  const progress = new ProgressSum(
    options.onProgress,
    groups.map(({ bytes }) => bytes),
  );
  const hashKey = randomKey();
  const answers = new Array<GroupAnswer>(groups.length);
  const ids = new DistinctNumbers();
  let isSeparable = true;
  const reconcileGroup = async (at: number): Promise<void> => {
    const { files: own } = groups[at]!;
    const part = {
      ...request,
      sources: own,
      numbers: [[NumberOption.InputFiles, own.filter(isInput).length]] as const,
      batches: batchesOf(own, batches),
      hashKey,
      parts: [AnswerPart.Origins, AnswerPart.IdHashes, ...parts],
    };
    const { result, parts: found } = await runner.run(part, {
      signal: stop.signal,
      onProgress: progress.listenerOf(at),
    });
    progress.end(at);
    const [origins, idHashes, ...rest] = found;
    answers[at] = { report: result as ReconciliationReport, origins: numbersOf(origins!), parts: rest };
    isSeparable &&= ids.add(numbersOf(idHashes!));
    if (!isSeparable) stop.abort();
  };
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < groups.length && !stop.signal.aborted) await reconcileGroup(next++);
  };
  try {
    const workers = Array.from({ length: Math.min(jobs, groups.length) }, () =>
      work().catch((error: unknown) => {
        stop.abort(error);
        isSeparable = false;
      }),
    );
    await Promise.all(workers);
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
  signal?.throwIfAborted();
  progress.throwIfFailed();
  if (!isSeparable) return undefined;
  const added = addUp(answers);
  if (added === undefined) return undefined;
  progress.report();
  progress.throwIfFailed();
  const table = new ShardVerdicts();
  for (const [at, { report, parts }] of answers.entries())
    table.add(new VerdictTable(parts, report.causes), added.causeIds[at]!);
  return { report: added.report, table };
}

const isInput = ({ role }: ReconciledFile): boolean => role === RoleCode.Input;

/**
 * Groups files by their indexes, in input order. Returns no group if files do not belong together by their indexes:
 * there is one input file for each.
 */
async function groupsOf(files: readonly ReconciledFile[]): Promise<readonly Group[]> {
  const groups: Group[] = [];
  const inputs = files.filter(isInput);
  const indexes = new Set(inputs.map(({ index }) => index));
  if (inputs.length < 2 || !files.every(({ index }) => indexes.has(index))) return groups;
  const byIndex = new Map<number, ReconciledFile[]>(inputs.map(({ index }) => [index, []]));
  for (const file of files) byIndex.get(file.index)!.push(file);
  for (const own of byIndex.values()) {
    const last = groups.at(-1);
    const group = last && last.bytes < minGroupBytes ? last : { files: [], bytes: 0 };
    if (group !== last) groups.push(group);
    group.files.push(...own);
    for (const { source } of own) group.bytes += await sizeOf(source);
  }
  for (const group of groups) group.files.sort((a, b) => a.role - b.role || a.index - b.index);
  return groups;
}

const unknownBatch: BatchClaims = { status: -1, total: -1, completed: -1, failed: -1, hasOutput: 0, hasError: 0 };

/** The batches of a group's files. The batches before them are unknown, which keeps the indexes. */
function batchesOf(files: readonly ReconciledFile[], batches: readonly BatchClaims[]): readonly BatchClaims[] {
  const indexes = new Set(files.map(({ index }) => index));
  const last = Math.max(...indexes);
  return batches.slice(0, last + 1).map((batch, index) => (indexes.has(index) ? batch : unknownBatch));
}

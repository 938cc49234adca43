// Reconciles the shards of a job one by one, or several at once. The tables of a shard fit in the CPU cache, and their
// memory is free again when its verdicts are known.
import { AnswerPart, NumberOption, OperationCode, RoleCode } from "../../../generated/files-boundary.js";
import type { ReconciliationReport } from "../../../generated/files-types.js";
import { numbersOf } from "../engine/column-decoders.js";
import { randomKey } from "../engine/hash-key.js";
import type { BatchClaims, OperationAnswer, Runner, SourceFile } from "../engine/runner.js";
import { type RereadableFile, sizeOf } from "../io/line-ranges.js";
import { ProgressSum } from "../io/progress-sum.js";
import type { FileOptions } from "../types.js";
import { addUp } from "./add-up.js";
import { VerdictTable } from "./verdict-table.js";

/** The result of a reconciliation. */
export interface Reconciled {
  readonly report: ReconciliationReport;
  readonly table: VerdictTable;
}

/** A file of a reconciliation. */
export type ReconciledFile = SourceFile & { readonly source: RereadableFile };

/** Files of consecutive indexes: shards that are reconciled together. */
interface Group {
  readonly files: ReconciledFile[];
  bytes: number;
}

// The minimum size of a group. In the time to start an instance, about half a millisecond, it reads a tenth of that.
const minGroupBytes = 4 << 20;

const verdictParts = [AnswerPart.Rows, AnswerPart.Ids, AnswerPart.LongIds];

/** Reconciles all files in one operation. */
export async function reconcileWhole(
  runner: Runner,
  files: readonly ReconciledFile[],
  batches: readonly BatchClaims[],
  options: FileOptions,
): Promise<Reconciled> {
  const answer = await runner.run({ ...requestOf(files), batches, parts: verdictParts }, options);
  const report = answer.result as ReconciliationReport;
  const table = new VerdictTable(report.causes);
  table.add(answer.parts);
  return { report, table };
}

const requestOf = (files: readonly ReconciledFile[]) => ({
  operation: OperationCode.Reconcile,
  sources: files,
  numbers: [[NumberOption.InputFiles, files.filter(({ role }) => role === RoleCode.Input).length]] as const,
});

/**
 * Reconciles files that belong together by their indexes, if the result is the same as that of {@link reconcileWhole}.
 * Returns `undefined` if it is not, such as for attempts at the same requests, or if an error occurs, because the first
 * error in the order of the files is the one to report.
 */
export async function reconcileByShard(
  runner: Runner,
  files: readonly ReconciledFile[],
  batches: readonly BatchClaims[],
  options: FileOptions,
): Promise<Reconciled | undefined> {
  const groups = await groupsOf(files);
  const lastIndex = groups.at(-1)?.files[0]!.index ?? 0;
  if (groups.length < 2 || batches.length > lastIndex + 1) return undefined;
  const stop = new AbortController();
  const { signal } = options;
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  const progress = new ProgressSum(options.onProgress, groups.map(({ bytes }) => bytes));
  const hashKey = randomKey();
  const answers = new Array<OperationAnswer>(groups.length);
  const idHashes: Float64Array[] = [];
  let isSeparable = true;
  const reconcileGroup = async (at: number): Promise<void> => {
    const { files: own } = groups[at]!;
    const request = {
      ...requestOf(own),
      batches: batchesOf(own, batches),
      hashKey,
      parts: [...verdictParts, AnswerPart.Origins, AnswerPart.IdHashes],
    };
    const answer = await runner.run(request, { signal: stop.signal, onProgress: progress.listenerOf(at) });
    progress.end(at);
    idHashes.push(numbersOf(answer.parts[4]!));
    answers[at] = { ...answer, parts: answer.parts.slice(0, 4) };
    // Attempts at the same requests have ids in common from the first files on, so the first two are compared at once.
    if (isPowerOfTwo(idHashes.length)) isSeparable &&= areDistinct(idHashes);
    if (!isSeparable) stop.abort();
  };
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < groups.length && !stop.signal.aborted) await reconcileGroup(next++);
  };
  try {
    const jobs = Array.from({ length: Math.min(runner.jobs, groups.length) }, () =>
      work().catch((error: unknown) => {
        stop.abort(error);
        isSeparable = false;
      }),
    );
    await Promise.all(jobs);
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
  signal?.throwIfAborted();
  progress.throwIfFailed();
  if (!isSeparable || !areDistinct(idHashes)) return undefined;
  idHashes.length = 0;
  const added = addUp(
    answers.map(({ result, parts }) => ({ report: result as ReconciliationReport, origins: numbersOf(parts[3]!) })),
  );
  if (added === undefined) return undefined;
  progress.report();
  progress.throwIfFailed();
  const table = new VerdictTable(added.report.causes);
  for (const [at, { parts }] of answers.entries()) table.add(parts, added.causeIds[at]);
  return { report: added.report, table };
}

/**
 * Groups files by their indexes, in input order. Returns no group if files do not belong together by their indexes:
 * there is one input file for each.
 */
async function groupsOf(files: readonly ReconciledFile[]): Promise<readonly Group[]> {
  const groups: Group[] = [];
  const inputs = files.filter(({ role }) => role === RoleCode.Input);
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

const isPowerOfTwo = (number: number): boolean => (number & (number - 1)) === 0;

/** Whether all numbers are different. */
function areDistinct(lists: readonly Float64Array[]): boolean {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const list of lists) {
    all.set(list, filled);
    filled += list.length;
  }
  all.sort();
  return all.every((number, index) => number !== all[index - 1]);
}

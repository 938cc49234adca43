// The lifecycle: which transitions are possible, and what changed between two polls.
import {
  nextStatusBits,
  reachableStatusBits,
  type StatusBits,
  statuses,
  terminalStatusBits,
} from "../../generated/facts.js";
import { readComparisonOutput, readTransitionOutput } from "../../generated/answer-readers.js";
import type { BatchChange, BatchErrors, BatchRequestCounts, BatchStatus } from "../../generated/types.js";
import { indexOfName, transitionError, validationError } from "../runtime/errors.js";
import { callForAnswer, wasmExports } from "../runtime/wasm-instance.js";
import { writeDrafts } from "./draft-writer.js";
import { profileIndex, readInput } from "./input.js";
import { normalize } from "./normalize.js";
import { reportOn } from "./report.js";
import type { ParsedBatch, ReadOptions } from "./types.js";

/** Options of the functions that answer questions about the lifecycle. */
export interface LifecycleOptions {
  /** Whether to include transitions that are plausible but were never observed. Default: false. */
  readonly unobserved?: boolean | undefined;
}

const statusIndex = (parameter: string, status: BatchStatus): number => indexOfName(parameter, statuses, status);

const statusesIn = (bits: number): BatchStatus[] => statuses.filter((_, index) => bits & (1 << index));

/** The bits of one status in a table for observed transitions and one for all of them. */
const bitsOf = (tables: StatusBits, index: number, options: LifecycleOptions | undefined): number =>
  tables[options?.unobserved ? 1 : 0][index]!;

/**
 * The statuses that can directly follow a status; empty for a terminal one.
 *
 * @throws {RangeError} for an unknown status
 * @example
 * import { nextStatuses } from "batchlight";
 * console.log(nextStatuses("in_progress")); // ["finalizing", "expired", "cancelling"]
 */
export function nextStatuses(status: BatchStatus, options?: LifecycleOptions): BatchStatus[] {
  const from = statusIndex("`status`", status);
  return statusesIn(bitsOf(nextStatusBits, from, options));
}

/**
 * Whether a status is terminal: completed, failed, expired or cancelled.
 *
 * @throws {RangeError} for an unknown status
 */
export function isTerminal(status: BatchStatus): boolean {
  return ((terminalStatusBits >> statusIndex("`status`", status)) & 1) === 1;
}

/**
 * Whether a status can directly follow another.
 *
 * @throws {RangeError} for an unknown status
 */
export function canTransition(from: BatchStatus, to: BatchStatus, options?: LifecycleOptions): boolean {
  statusIndex("`to`", to);
  return nextStatuses(from, options).includes(to);
}

/**
 * Whether a later poll can find a status, directly or after others that were not polled. Every status can reach itself.
 *
 * @throws {RangeError} for an unknown status
 * @example
 * import { canReach } from "batchlight";
 * console.log(canReach("validating", "completed"), canReach("cancelling", "completed")); // true false
 */
export function canReach(from: BatchStatus, to: BatchStatus, options?: LifecycleOptions): boolean {
  const [start, end] = [statusIndex("`from`", from), statusIndex("`to`", to)];
  return ((bitsOf(reachableStatusBits, start, options) >> end) & 1) === 1;
}

/** The details of a transition, for {@link transition}. */
export interface TransitionOptions extends ReadOptions, LifecycleOptions {
  /** The time of the transition, in whole Unix seconds: the timestamp of the new status. */
  readonly at: number;
  /** The request counts after the transition. Default: unchanged. */
  readonly counts?: BatchRequestCounts | undefined;
  /** The result files; only for a transition to a terminal status. */
  readonly files?:
    | {
        /** The id of the output file. */
        readonly output?: string | undefined;
        /** The id of the error file. */
        readonly error?: string | undefined;
      }
    | undefined;
  /** Why the input file was rejected; only for a transition to `failed`. */
  readonly errors?: BatchErrors | undefined;
}

/**
 * Changes the status of a batch and returns the batch after the transition. The batch passed in is not changed.
 *
 * @throws {BatchTransitionError} if the lifecycle has no such transition, if the time or a count decreases, or if the
 * files or errors do not belong to the new status
 * @throws {BatchValidationError} if the batch, or a detail of the transition, is invalid
 * @throws {RangeError} for an unknown status
 * @example
 * import { transition } from "batchlight";
 * const batch = {
 *   id: "batch_1", object: "batch", endpoint: "/v1/embeddings", input_file_id: "file-1", completion_window: "24h",
 *   status: "validating", created_at: 1736489775,
 * };
 * const running = transition(batch, "in_progress", { at: 1736489776, counts: { total: 3, completed: 0, failed: 0 } });
 * console.log(running.status, running.in_progress_at); // in_progress 1736489776
 */
export function transition(batch: unknown, to: BatchStatus, options: TransitionOptions): ParsedBatch {
  const profile = profileIndex(options);
  const target = statusIndex("`to`", to);
  const value = parsedValue(batch);
  const report = reportOn(value, profile);
  if (!report.valid) throw validationError(report.issues);
  // Without options the time is missing, which the module reports.
  const { at, counts, errors, files, unobserved = false }: Partial<TransitionOptions> = options ?? {};
  const [before, details] = writeDrafts(value, {
    request_counts: counts,
    output_file_id: files?.output,
    error_file_id: files?.error,
    errors,
  });
  const time = typeof at === "number" ? at : NaN;
  const answer = callForAnswer(readTransitionOutput, (exports) =>
    exports.transition(
      ...([profile, before.units, before.bytes, target, time] as const),
      ...([details.units, details.bytes, Number(unobserved)] as const),
    ),
  );
  if (answer.issues) throw validationError(answer.issues);
  if (answer.refusal) throw transitionError(answer.refusal);
  return normalize(value as object, [...report.fixes, ...(answer.fixes ?? [])]);
}

/**
 * Compares two polls of a batch in the order in which they arrived, and says whether the second is newer, stale, the
 * same or contradictory. Responses can overtake each other, so the order is derived from the batches themselves.
 *
 * @throws {BatchValidationError} if one of the two is not a batch object
 * @example
 * import { compareBatches } from "batchlight";
 * const before = {
 *   id: "batch_1", object: "batch", endpoint: "/v1/embeddings", input_file_id: "file-1", completion_window: "24h",
 *   status: "validating", created_at: 1736489775,
 * };
 * const change = compareBatches(before,
 * { ...before, status: "finalizing", in_progress_at: 1736489776, finalizing_at: 1736489782 });
 * console.log(change.relation, change.skipped); // advanced ["in_progress"]
 */
export function compareBatches(before: unknown, after: unknown, options?: ReadOptions): BatchChange {
  const profile = profileIndex(options);
  const [first, second] = [parsedValue(before), parsedValue(after)];
  wasmExports();
  const [older, newer] = writeDrafts(first, second);
  const { change, issues } = callForAnswer(readComparisonOutput, (exports) =>
    exports.compare(profile, older.units, older.bytes, newer.units, newer.bytes),
  );
  if (change === undefined) throw validationError(issues ?? []);
  return change;
}

/** The value that an input holds. Throws for invalid JSON. */
function parsedValue(source: unknown): unknown {
  const input = readInput(source);
  if ("issue" in input) throw validationError([input.issue]);
  return input.value;
}

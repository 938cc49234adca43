// What can happen to a batch, and what did?
import * as glue from "#glue";
import type { BatchChange, BatchErrors, BatchRequestCounts, BatchStatus } from "../../generated/types.js";
import { statuses } from "../../generated/facts.js";
import { batchFrom } from "./normalize.js";
import { guarded, raw } from "../runtime/wasm-instance.js";
import { indexOfName, transitionError, validationError } from "../runtime/errors.js";
import { given, profileOf } from "./input.js";
import { reportOn } from "./parse.js";
import { readBoth } from "./draft-writer.js";
import type { ParsedBatch, ReadOptions } from "./types.js";

/** Which moves count. */
export interface MoveOptions {
  /** Whether moves count that are thinkable but that nobody has recorded. Default: false. */
  readonly unobserved?: boolean | undefined;
}

const numberOf = (what: string, status: BatchStatus): number => indexOfName(what, statuses, status);

const statusesIn = (bits: number): BatchStatus[] => statuses.filter((_, index) => bits & (1 << index));

/**
 * The statuses that can follow a status directly; none when it is for good.
 *
 * @throws {RangeError} for a status that is not one of the eight
 * @example
 * import { nextStatuses } from "batchlight";
 * console.log(nextStatuses("in_progress")); // ["finalizing", "expired", "cancelling"]
 */
export function nextStatuses(status: BatchStatus, options?: MoveOptions): BatchStatus[] {
  const from = numberOf("`status`", status);
  return statusesIn(guarded(() => glue.next_statuses(from, options?.unobserved ?? false)));
}

/**
 * Whether a status is for good: completed, failed, expired or cancelled.
 *
 * @throws {RangeError} for a status that is not one of the eight
 */
export function isTerminal(status: BatchStatus): boolean {
  const of = numberOf("`status`", status);
  return guarded(() => glue.is_terminal(of));
}

/**
 * Whether one status can follow another directly.
 *
 * @throws {RangeError} for a status that is not one of the eight
 */
export function canTransition(from: BatchStatus, to: BatchStatus, options?: MoveOptions): boolean {
  numberOf("`to`", to);
  return nextStatuses(from, options).includes(to);
}

/**
 * Whether a later look can find a status: pollers skip what lies between. Every status reaches itself.
 *
 * @throws {RangeError} for a status that is not one of the eight
 * @example
 * import { canReach } from "batchlight";
 * console.log(canReach("validating", "completed"), canReach("cancelling", "completed")); // true false
 */
export function canReach(from: BatchStatus, to: BatchStatus, options?: MoveOptions): boolean {
  const [start, end] = [numberOf("`from`", from), numberOf("`to`", to)];
  return ((guarded(() => glue.reachable(start, options?.unobserved ?? false)) >> end) & 1) === 1;
}

/** What a move brings with it. */
export interface TransitionOptions extends ReadOptions, MoveOptions {
  /** When it happens, in whole Unix seconds: it becomes the stamp of the new status. */
  readonly at: number;
  /** The counts after it. Default: as before. */
  readonly counts?: BatchRequestCounts | undefined;
  /** The result files it names; only when the batch ends. */
  readonly files?:
    | {
        /** The id of the output file. */
        readonly output?: string | undefined;
        /** The id of the error file. */
        readonly error?: string | undefined;
      }
    | undefined;
  /** Why the input file was rejected; only for a move to `failed`. */
  readonly errors?: BatchErrors | undefined;
}

/**
 * Moves a batch to its next status and gives the batch after the move; the one before is not changed.
 *
 * @throws {BatchTransitionError} when the lifecycle has no such move, when time or counts run backwards, or when files
 * or errors do not go with the new status: it names from, to, and what is allowed
 * @throws {BatchValidationError} when the batch is none, or when what the move brings has the wrong shape
 * @throws {RangeError} for a status that is not one of the eight
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
  const profile = profileOf(options);
  const target = numberOf("`to`", to);
  const value = parsedInput(batch);
  const report = reportOn(value, profile);
  if (!report.valid) throw validationError(report.issues);
  // Without any options the time is missing, and the core says so.
  const { at, counts, errors, files, unobserved = false }: Partial<TransitionOptions> = options ?? {};
  const [before, brought] = readBoth(value, {
    request_counts: counts,
    output_file_id: files?.output,
    error_file_id: files?.error,
    errors,
  });
  const when = typeof at === "number" ? at : NaN;
  const moved = guarded(() =>
    glue.transition(profile, before.units, before.bytes, target, when, brought.units, brought.bytes, unobserved),
  );
  if (moved.issues) throw validationError(moved.issues);
  if (moved.refusal) throw transitionError(moved.refusal);
  return batchFrom(value as object, [...report.fixes, ...(moved.fixes ?? [])]);
}

/**
 * Compares two looks at a batch, in the order in which they came: is the second later, older, the same, or impossible?
 * Polls overtake each other, so the order is read from the two themselves.
 *
 * @throws {BatchValidationError} when one of the two is no object of a batch at all
 * @example
 * import { compareBatches } from "batchlight";
 * const before = {
 *   id: "batch_1", object: "batch", endpoint: "/v1/embeddings", input_file_id: "file-1", completion_window: "24h",
 *   status: "validating", created_at: 1736489775,
 * };
 * const change = compareBatches(before,
 * { ...before, status: "finalizing", in_progress_at: 1736489776, finalizing_at: 1736489782 });
 * console.log(change.relation, change.passed); // advanced ["in_progress"]
 */
export function compareBatches(before: unknown, after: unknown, options?: ReadOptions): BatchChange {
  const profile = profileOf(options);
  const [first, second] = [parsedInput(before), parsedInput(after)];
  raw();
  const [was, is] = readBoth(first, second);
  const change = guarded(() => glue.compare(profile, was.units, was.bytes, is.units, is.bytes));
  if (Array.isArray(change)) throw validationError(change);
  return change;
}

function parsedInput(source: unknown): unknown {
  const taken = given(source);
  if ("issue" in taken) throw validationError([taken.issue]);
  return taken.value;
}

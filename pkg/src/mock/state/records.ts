// The stored records of files and batches, and their validation.
import type { BatchPlan } from "../../../generated/mock-types.js";
import type { BatchStatus } from "../../../generated/types.js";
import { isRecord } from "../../common/json.js";
import { isBatchId, isFileId } from "./ids.js";
import { scheduleOf } from "../simulator/simulate.js";

/** The API's file object. */
export interface FileObject {
  readonly object: "file";
  readonly id: string;
  readonly purpose: string;
  readonly filename: string;
  readonly bytes: number;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly status: "processed";
  readonly status_details: null;
}

/** A stored file. `sequence` is its sequence number among all files and batches. */
export interface StoredFile {
  readonly sequence: number;
  readonly file: FileObject;
  /** When the file is deleted, in Unix seconds of the clock of files. Default: `expires_at` of the file. */
  readonly deletedAt?: number | null | undefined;
}

/** The response of a responder or of a rule: a body, or the text of a simulated one. */
export interface StoredResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly content?: string | undefined;
}

/** A status that a batch can be held in. */
export type HeldStatus = Extract<BatchStatus, "validating" | "in_progress" | "finalizing" | "cancelling">;

/** A stored batch. */
export interface StoredBatch {
  readonly sequence: number;
  plan: BatchPlan;
  /** The end in Unix seconds. */
  endsAt: number;
  /** The lifetime of the result files in seconds. */
  readonly outputSeconds: number;
  /** The responses of a responder by request index. */
  readonly responses?: Readonly<Record<number, StoredResponse>> | undefined;
  /** The status that the batch does not leave. */
  readonly hold?: HeldStatus | undefined;
  /** The time at which the batch is shown, in Unix seconds. Default: the time of the clock. */
  readonly shownAt?: number | undefined;
  /** Whether each retrieval moves the batch to the next status. */
  readonly movesByPoll?: boolean | undefined;
  /** The time until which the batch is not found, in Unix seconds. */
  readonly hiddenUntil?: number | undefined;
  /** Whether the result files are written. */
  written: boolean;
  /** Whether the webhook has accepted the event. */
  notified: boolean;
}

/** Upper bounds, beyond any realistic value: of sequence numbers and sizes, and of timestamps in Unix seconds. */
const maxNumber = 2 ** 40;
const maxTime = 2 ** 40;

const isWholeNumber = (value: unknown, max: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max;

/**
 * Parses a sequence number from JSON.
 *
 * @throws {RangeError | SyntaxError} if it is invalid
 */
export function parseSequence(text: string): number {
  const sequence: unknown = JSON.parse(text);
  return isWholeNumber(sequence, maxNumber) ? sequence : throwExpected("a whole number");
}

/**
 * Parses a stored file from JSON.
 *
 * @throws {RangeError | SyntaxError} if it is invalid
 */
export function parseStoredFile(text: string, id: string): StoredFile {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || !isWholeNumber(value.sequence, maxNumber) || !isRecord(value.file))
    return throwExpected("a file");
  const { file } = value;
  if (!isFileId(id) || file.id !== id) return throwExpected(`a file with the id ${id}`);
  const { object, purpose, filename, bytes, created_at, expires_at } = file;
  const isTime = (time: unknown) => time === null || isWholeNumber(time, maxTime);
  const strings = typeof purpose === "string" && typeof filename === "string" && object === "file";
  const numbers = isWholeNumber(bytes, maxNumber) && isWholeNumber(created_at, maxTime);
  return strings && numbers && isTime(expires_at) && isTime(value.deletedAt ?? null)
    ? (value as unknown as StoredFile)
    : throwExpected("a file with purpose, filename, bytes, created_at and expires_at");
}

/**
 * Parses a stored batch from JSON.
 *
 * @throws {RangeError | SyntaxError} if it is invalid
 */
export function parseStoredBatch(text: string, id: string): StoredBatch {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || !isWholeNumber(value.sequence, maxNumber) || !isRecord(value.plan))
    return throwExpected("a batch");
  const { plan, outputSeconds, responses, hold, shownAt, hiddenUntil, written, notified } = value;
  if (!isBatchId(id) || plan.id !== id) return throwExpected(`a batch with the id ${id}`);
  if (typeof plan.input_file_id !== "string" || !isWholeNumber(outputSeconds, maxTime))
    return throwExpected("a batch with input_file_id and outputSeconds");
  if (typeof written !== "boolean" || typeof notified !== "boolean")
    return throwExpected("a batch with written and notified");
  if (responses !== undefined && !(isRecord(responses) && Object.values(responses).every(isResponse)))
    return throwExpected("a batch whose responses have a status");
  if (hold !== undefined && typeof hold !== "string") return throwExpected("a batch whose hold is a status");
  if (![shownAt ?? 0, hiddenUntil ?? 0].every((time) => isWholeNumber(time, maxTime)))
    return throwExpected("a batch whose times are whole numbers");
  // Validates the plan, because the simulator must accept it later.
  const endsAt = plannedEnd(plan as unknown as BatchPlan);
  return { ...(value as unknown as StoredBatch), endsAt };
}

const isResponse = (value: unknown): boolean => isRecord(value) && isWholeNumber(value.status, 599);

const throwExpected = (expected: string): never => {
  throw new RangeError(`expected ${expected}`);
};

/**
 * The end of a planned batch in Unix seconds.
 *
 * @throws {BatchPlanError} if the plan is invalid
 */
export const plannedEnd = (plan: BatchPlan): number => scheduleOf(plan).statuses.at(-1)![1];

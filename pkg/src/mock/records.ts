// What is kept of files and batches, and whether what a store gives back is that.
import type { BatchPlan } from "../../generated/mock-types.js";
import { isBatchId, isFileId } from "./ids.js";
import { scheduleOf } from "./simulate.js";

/** A file as it goes over the wire. */
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

/** A file that is kept; `order` is its place among all things made. */
export interface StoredFile {
  readonly order: number;
  readonly file: FileObject;
}

/** An answer that a responder gave for a request. */
export interface StoredResponse {
  readonly status: number;
  readonly body: unknown;
}

/** A batch that is kept. */
export interface StoredBatch {
  readonly order: number;
  plan: BatchPlan;
  /** When it ends, in Unix seconds. */
  endsAt: number;
  /** How long its result files live, in seconds. */
  readonly outputSeconds: number;
  /** What a responder answered, by the request's index. */
  readonly responses?: Readonly<Record<number, StoredResponse>> | undefined;
  /** Whether the result files have been written. */
  written: boolean;
  /** Whether its end has been told to the webhook. */
  notified: boolean;
}

/** The largest place among all things, and the largest timestamp in Unix seconds; far beyond what is ever reached. */
const maxOrder = 2 ** 40;
const maxTime = 2 ** 40;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isWholeNumber = (value: unknown, max: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max;

/** The place among all things that JSON text holds; throws where it holds something else. */
export function parseOrder(text: string): number {
  const order: unknown = JSON.parse(text);
  return isWholeNumber(order, maxOrder) ? order : throwExpected("a whole number");
}

/** The file that JSON text holds; throws where it holds something else. */
export function parseStoredFile(text: string, id: string): StoredFile {
  const value: unknown = JSON.parse(text);
  if (!isObject(value) || !isWholeNumber(value.order, maxOrder) || !isObject(value.file))
    return throwExpected("a file");
  const { file } = value;
  if (!isFileId(id) || file.id !== id) return throwExpected(`a file with the id ${id}`);
  const { object, purpose, filename, bytes, created_at, expires_at } = file;
  const strings = typeof purpose === "string" && typeof filename === "string" && object === "file";
  const numbers = isWholeNumber(bytes, maxOrder) && isWholeNumber(created_at, maxTime);
  return strings && numbers && (expires_at === null || isWholeNumber(expires_at, maxTime))
    ? (value as unknown as StoredFile)
    : throwExpected("a file with purpose, filename, bytes, created_at and expires_at");
}

/** The batch that JSON text holds; throws where it holds something else. */
export function parseStoredBatch(text: string, id: string): StoredBatch {
  const value: unknown = JSON.parse(text);
  if (!isObject(value) || !isWholeNumber(value.order, maxOrder) || !isObject(value.plan))
    return throwExpected("a batch");
  const { plan, outputSeconds, responses, written, notified } = value;
  if (!isBatchId(id) || plan.id !== id) return throwExpected(`a batch with the id ${id}`);
  if (typeof plan.input_file_id !== "string" || !isWholeNumber(outputSeconds, maxTime))
    return throwExpected("a batch with input_file_id and outputSeconds");
  if (typeof written !== "boolean" || typeof notified !== "boolean")
    return throwExpected("a batch with written and notified");
  if (responses !== undefined && !(isObject(responses) && Object.values(responses).every(isResponse)))
    return throwExpected("a batch whose responses have a status");
  // The simulator is the judge of plans: of one that it refuses nothing could be shown later.
  const endsAt = plannedEnd(plan as unknown as BatchPlan);
  return { ...(value as unknown as StoredBatch), endsAt };
}

const isResponse = (value: unknown): boolean => isObject(value) && isWholeNumber(value.status, 599);

const throwExpected = (expected: string): never => {
  throw new RangeError(`expected ${expected}`);
};

/** When a planned batch ends, in Unix seconds. Throws for a plan that the simulator refuses. */
export const plannedEnd = (plan: BatchPlan): number => scheduleOf(plan).moments.at(-1)![1];

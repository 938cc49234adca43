// What is kept of files and batches, and whether what a store gives back is that.
import type { BatchPlan } from "../../generated/mock-types.js";
import { isBatchId, isFileId } from "./ids.js";
import { courseOf } from "./simulate.js";

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
export interface StoredAnswer {
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
  readonly answers?: Readonly<Record<number, StoredAnswer>> | undefined;
  /** Whether the result files have been written. */
  written: boolean;
  /** Whether its end has been told to the webhook. */
  told: boolean;
}

/** The largest place among all things, and the largest timestamp in Unix seconds; far beyond what is ever reached. */
const maxOrder = 2 ** 40;
const maxTime = 2 ** 40;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isWhole = (value: unknown, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;

/** The place among all things that JSON text holds; throws where it holds something else. */
export function orderIn(text: string): number {
  const order: unknown = JSON.parse(text);
  return isWhole(order, maxOrder) ? order : wrong("a whole number");
}

/** The file that JSON text holds; throws where it holds something else. */
export function fileIn(text: string, id: string): StoredFile {
  const value: unknown = JSON.parse(text);
  if (!isObject(value) || !isWhole(value.order, maxOrder) || !isObject(value.file)) return wrong("a file");
  const { file } = value;
  if (!isFileId(id) || file.id !== id) return wrong(`a file with the id ${id}`);
  const { object, purpose, filename, bytes, created_at, expires_at } = file;
  const strings = typeof purpose === "string" && typeof filename === "string" && object === "file";
  const numbers = isWhole(bytes, maxOrder) && isWhole(created_at, maxTime);
  return strings && numbers && (expires_at === null || isWhole(expires_at, maxTime))
    ? (value as unknown as StoredFile)
    : wrong("a file with purpose, filename, bytes, created_at and expires_at");
}

/** The batch that JSON text holds; throws where it holds something else. */
export function batchIn(text: string, id: string): StoredBatch {
  const value: unknown = JSON.parse(text);
  if (!isObject(value) || !isWhole(value.order, maxOrder) || !isObject(value.plan)) return wrong("a batch");
  const { plan, outputSeconds, answers, written, told } = value;
  if (!isBatchId(id) || plan.id !== id) return wrong(`a batch with the id ${id}`);
  if (typeof plan.input_file_id !== "string" || !isWhole(outputSeconds, maxTime))
    return wrong("a batch with input_file_id and outputSeconds");
  if (typeof written !== "boolean" || typeof told !== "boolean") return wrong("a batch with written and told");
  if (answers !== undefined && !(isObject(answers) && Object.values(answers).every(isAnswer)))
    return wrong("a batch whose answers have a status");
  // The simulator is the judge of plans: of one that it refuses nothing could be shown later.
  const endsAt = endOf(plan as unknown as BatchPlan);
  return { ...(value as unknown as StoredBatch), endsAt };
}

const isAnswer = (value: unknown): boolean => isObject(value) && isWhole(value.status, 599);

const wrong = (expected: string): never => {
  throw new RangeError(`expected ${expected}`);
};

/** When a planned batch ends, in Unix seconds. Throws for a plan that the simulator refuses. */
export const endOf = (plan: BatchPlan): number => courseOf(plan).moments.at(-1)![1];

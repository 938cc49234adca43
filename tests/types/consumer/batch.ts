// `Batch` equals the published interface, property by property and as a whole.
import type {
  Batch,
  BatchError,
  BatchErrors,
  BatchRequestCounts,
  BatchStatus,
  NullableBatch,
  ParsedBatch,
  WireBatch,
} from "batchlight";
import { type Equal, proved, some } from "./equal.js";

/** The interface as it is published. */
interface Published {
  completion_window: string;
  created_at: number;
  endpoint: string;
  id: string;
  input_file_id: string;
  object: "batch";
  status: "completed" | "failed" | "cancelled" | "expired" | "in_progress" | "cancelling" | "validating" | "finalizing";
  cancelled_at?: number;
  cancelling_at?: number;
  completed_at?: number;
  error_file_id?: string;
  errors?: BatchErrors;
  expired_at?: number;
  expires_at?: number;
  failed_at?: number;
  finalizing_at?: number;
  in_progress_at?: number;
  metadata?: unknown;
  output_file_id?: string;
  request_counts?: BatchRequestCounts;
}

type Core = Omit<Batch, "model" | "usage">;

proved<Equal<keyof Core, keyof Published>>();
proved<Equal<Core, Omit<Published, never>>>();
proved<Equal<{ [K in keyof Published]-?: Equal<Pick<Batch, K>, Pick<Published, K>> }[keyof Published], true>>();
proved<Equal<Pick<Batch, "model">, { model?: string }>>();
// @ts-expect-error: a false claim does not compile
proved<Equal<Batch, Published>>();

proved<Equal<BatchErrors, { data?: BatchError[]; object?: string }>>();
proved<Equal<BatchError, { code?: string; line?: number; message?: string; param?: string }>>();
proved<Equal<BatchRequestCounts, { completed: number; failed: number; total: number }>>();

// Each is assignable to the other.
const published: Published = some<Batch>();
const batch: Batch = some<Published>();
const fromParsed: Published = some<ParsedBatch>();
proved<Equal<ParsedBatch["metadata"], Record<string, string> | undefined>>();
proved<Equal<Omit<ParsedBatch, "metadata">, Omit<Batch, "metadata">>>();
void [published, batch, fromParsed];

// Under exactOptionalPropertyTypes, an optional property cannot be undefined.
// @ts-expect-error: a file id is not undefined
const undefinedMember: Batch = { ...some<Batch>(), output_file_id: undefined };
// @ts-expect-error: a file id of a Batch is not null
const nullMember: Batch = { ...some<Batch>(), output_file_id: null };
// @ts-expect-error: unknown status
const ninth: Batch = { ...some<Batch>(), status: "paused" };
void [undefinedMember, nullMember, ninth];

// A valid batch before parsing has nulls at every depth, but only where the interface has optional properties.
const nullable: NullableBatch = {
  ...some<Published>(),
  output_file_id: null,
  request_counts: null,
  errors: { data: [{ code: "invalid", line: null, param: null }], object: null },
};
proved<Equal<NullableBatch["status"], BatchStatus>>();
proved<Equal<NullableBatch["id"], string>>();
const plain: NullableBatch = some<Batch>();
// @ts-expect-error: a required count is a number
const nullCount: NullableBatch = { ...some<Published>(), request_counts: { completed: null, failed: 0, total: 0 } };
// @ts-expect-error: a Batch contains no nulls
const batchOfNullable: Batch = some<NullableBatch>();
void [nullable, plain, nullCount, batchOfNullable];

// A wire batch can have nulls and new statuses; editors still suggest the eight known ones.
const wireOfNullable: WireBatch = some<NullableBatch>();
void wireOfNullable;
const wire: WireBatch = { ...some<Published>(), output_file_id: null, errors: null, metadata: null, status: "paused" };
const strict: WireBatch = some<Batch>();
// @ts-expect-error: a required property is also required in a wire batch
const nullId: WireBatch = { ...some<Published>(), id: null };
void [wire, strict, nullId];

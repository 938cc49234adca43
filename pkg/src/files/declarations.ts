// Everything that the entries for files declare, as types and functions; what they do is elsewhere.
export * from "./signatures.js";
export { isBatchlightFileError } from "./io/file-error.js";
export type { CheckOptions, InputLimits } from "./operations/check.js";
export type { ByteSources } from "./operations/digest.js";
export type { FixedInput, FixOptions } from "./operations/fix.js";
export type { FileOptions, FileProgress } from "./io/progress.js";
export type { JoinedResult } from "./reconciliation/join.js";
export type { ByteSource, FileHandleLike, HandleRead, HandleReadResult, HandleStat } from "./io/byte-source.js";
export type * from "./jsonl-types.js";
export type { FileProblem, FileProblemCode } from "./io/file-error.js";
export type { ReconcileOptions, ReconcileSources, Reconciliation, RequestVerdict } from "./reconciliation/reconcile.js";
export type { RetryOptions } from "./reconciliation/retry-filter.js";
export type { Shard, SplitManifest, SplitOptions, SplitPlan } from "./operations/split.js";
export type * from "../../generated/files-types.js";

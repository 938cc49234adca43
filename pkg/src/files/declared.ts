// Everything that the entries for files declare, as types and functions; what they do is elsewhere.
export * from "./functions.js";
export { isBatchlightFileError } from "./problem.js";
export type { CheckOptions, InputLimits } from "./check.js";
export type { ByteSources } from "./digest.js";
export type { FixedInput, FixOptions } from "./fix.js";
export type { FileOptions, FileProgress } from "./job.js";
export type { JoinedResult } from "./join.js";
export type { ByteSource, FileHandleLike, HandleRead, HandleReadResult, HandleStat } from "./kinds.js";
export type * from "./lines.js";
export type { FileProblem, FileProblemCode } from "./problem.js";
export type { ReconcileOptions, ReconcileSources, Reconciliation, RequestVerdict } from "./reconcile.js";
export type { RetryOptions } from "./retry.js";
export type { Shard, SplitManifest, SplitOptions, SplitPlan } from "./split.js";
export type * from "../../generated/files-types.js";

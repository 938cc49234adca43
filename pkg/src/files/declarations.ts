// The declarations of all entries for files.
export * from "./signatures.js";
export { type BatchlightFileError, type FileErrorCode, isBatchlightFileError } from "./io/file-error.js";
export { type BatchlightLoadError, isBatchlightLoadError, type LoadErrorCode } from "../runtime/load/load-error.js";
export type * from "./jsonl-types.js";
export type * from "./types.js";
export type * from "../../generated/files-types.js";
export type { FileRole } from "../../generated/types.js";

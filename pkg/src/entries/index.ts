// batchlight: for Node.js, Deno, Bun, browsers, bundlers and test runners. The WebAssembly module is embedded in the
// file, so that nothing has to be fetched or configured.
export { isBatch, parseBatch, safeParseBatch } from "../batch/parse.js";
export { canReach, canTransition, compareBatches, isTerminal, nextStatuses, transition } from "../batch/lifecycle.js";
export { describeBatch, nextPoll } from "../batch/describe.js";
export { batchSchema, createBatchSchema } from "../batch/schema.js";
export { formatIssues } from "../batch/issues.js";
export { lifecycle, profiles, rules, messages } from "./catalogue.js";
export {
  checkInput,
  digestResults,
  fixInput,
  isBatchlightFileError,
  reconcile,
  splitInput,
} from "../files/lazy.js";
export { isBatchTransitionError, isBatchValidationError } from "../runtime/errors.js";
export { isBatchlightLoadError } from "../runtime/load/load-error.js";
export { init } from "../runtime/wasm-instance.js";
export { outcomes, statuses, verdicts } from "../../generated/facts.js";
export type * from "../files/declarations.js";
export type { FormattableIssue } from "../batch/issues.js";
export type { LifecycleOptions, TransitionOptions } from "../batch/lifecycle.js";
export type { DescribeOptions, PollOptions } from "../batch/describe.js";
export type {
  BatchSchema,
  JsonSchema,
  JsonSchemaOptions,
  JsonSchemaTarget,
  SchemaIssue,
  SchemaResult,
} from "../batch/schema.js";
export type { BatchTransitionError, BatchValidationError } from "../runtime/errors.js";
export type { BatchlightLoadError, LoadErrorCode } from "../runtime/load/load-error.js";
export type * from "../batch/types.js";

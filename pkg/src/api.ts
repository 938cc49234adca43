// Everything the package offers, whatever the entry.
export { isBatch, parseBatch, safeParseBatch } from "./parse.js";
export { canReach, canTransition, compareBatches, isTerminal, nextStatuses, transition } from "./lifecycle.js";
export { describeBatch, nextPoll } from "./view.js";
export { batchSchema, createBatchSchema } from "./schema.js";
export { lifecycle, profiles, rules, messages } from "./catalogue.js";
export {
  checkInput,
  digestResults,
  fixInput,
  joinResults,
  mergeResults,
  reconcile,
  splitInput,
  writeRetry,
} from "./files/lazy.js";
export type * from "./files/declared.js";
export type { MoveOptions, TransitionOptions } from "./lifecycle.js";
export type { DescribeOptions, LookOptions } from "./view.js";
export type { BatchSchema, JsonSchema, JsonSchemaOptions, SchemaIssue, SchemaResult } from "./schema.js";
export type { BatchTransitionError, BatchValidationError } from "./errors.js";
export type * from "./types.js";

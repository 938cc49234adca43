// The entry for everything that has no entry of its own: Node, Deno, Bun, browsers, bundlers, test runners.
export { isBatch, parseBatch, safeParseBatch } from "../batch/parse.js";
export { canReach, canTransition, compareBatches, isTerminal, nextStatuses, transition } from "../batch/lifecycle.js";
export { describeBatch, nextPoll } from "../batch/describe.js";
export { batchSchema, createBatchSchema } from "../batch/schema.js";
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
} from "../files/lazy.js";
export { init } from "../runtime/wasm-instance.js";
export type * from "../files/declared.js";
export type { MoveOptions, TransitionOptions } from "../batch/lifecycle.js";
export type { DescribeOptions, LookOptions } from "../batch/describe.js";
export type { BatchSchema, JsonSchema, JsonSchemaOptions, SchemaIssue, SchemaResult } from "../batch/schema.js";
export type { BatchTransitionError, BatchValidationError } from "../runtime/errors.js";
export type { LoadProblem, LoadProblemCode } from "../runtime/load/load-error.js";
export type * from "../batch/types.js";

// batchlight/watch: polls until a batch ends. It imports the main entry by its package name, and so shares its module.
export { isBatchlightWatchError, type BatchlightWatchError } from "../watch/errors.js";
export { watchBatch, watchBatches } from "../watch/watch.js";
export type {
  BatchesUpdate,
  BatchUpdate,
  PollError,
  RetrieveOptions,
  WatchClock,
  WatchManyOptions,
  WatchOptions,
  WatchSnapshot,
} from "../watch/types.js";

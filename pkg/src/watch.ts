// The entry `batchlight/watch`: polls batches until they end. Imports `batchlight` by its own name, so that both share
// one WebAssembly module.
export { isBatchlightWatchError, type BatchlightWatchError } from "./watch/errors.js";
export { watchBatch, watchBatches } from "./watch/watch.js";
export type {
  BatchesUpdate,
  BatchUpdate,
  PollError,
  RetrieveOptions,
  WatchClock,
  WatchManyOptions,
  WatchOptions,
  WatchSnapshot,
} from "./watch/types.js";

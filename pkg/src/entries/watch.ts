// batchlight/watch: polls until a batch ends. It imports the main entry by its package name, and so shares its module.
export { watchBatch, watchBatches } from "../watch/watch.js";
export type {
  BatchesUpdate,
  BatchUpdate,
  RetrieveOptions,
  WatchClock,
  WatchManyOptions,
  WatchOptions,
  WatchSnapshot,
  WatchTrouble,
} from "../watch/types.js";

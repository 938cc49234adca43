// The entry for watching: polling until a batch ends. Works on the entry beside it, whose module it shares.
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

// batchlight/store: watched batches as stores, for programs without a framework and for the hooks of the frameworks.
export { createBatchesStore, createBatchStore } from "../hooks/batch-store.js";
export { batchRefetchInterval, type QueryLike } from "../hooks/refetch-interval.js";
export type {
  BatchesState,
  BatchesStore,
  BatchState,
  BatchStore,
  PollNow,
  Retrieve,
  Store,
  BatchStoreOptions,
  BatchesStoreOptions,
} from "../hooks/types.js";

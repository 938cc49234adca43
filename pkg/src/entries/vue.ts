// batchlight/vue: composables that watch batches, and the types of the elements in templates.
export { type StateRefs, useBatch, useBatches, useBatchView } from "../hooks/vue.js";
export { batchRefetchInterval } from "#store";

// batchlight/svelte: runes that watch batches, and the types of the elements in templates.
export { type MaybeGetter, useBatch, useBatches, useBatchView } from "../hooks/svelte.js";
export { batchRefetchInterval } from "#store";

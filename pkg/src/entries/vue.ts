// batchlight/vue: components of the elements, composables that watch batches, and the types of the elements in
// templates.
export {
  BatchCard,
  type BatchCardProps,
  BatchList,
  type BatchListProps,
  BatchProgress,
  type BatchProgressProps,
  BatchStatus,
  type BatchStatusProps,
  BatchTimeline,
  type BatchTimelineProps,
} from "../hooks/vue/components.js";
export type { ElementComponent } from "../hooks/vue/element-component.js";
export { type StateRefs, useBatch, useBatches, useBatchView } from "../hooks/vue/composables.js";
export { batchRefetchInterval } from "#store";

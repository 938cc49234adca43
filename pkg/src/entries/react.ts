// batchlight/react: components of the elements, and hooks that watch batches.
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
} from "../hooks/react/components.js";
export type { ElementAttributes, ElementComponent } from "../hooks/react/element-component.js";
export { useBatch, useBatches, useBatchView } from "../hooks/react/hooks.js";
export { batchRefetchInterval } from "#store";

// batchlight/run: from a file of requests to a file of results. It imports the main entry by its package name and the
// functions for files from beside, and so shares their modules.
export { type BatchlightRunError, isBatchlightRunError, type RunErrorCode } from "../run/errors.js";
export { cancelRun, planRun, runBatch, runStatus } from "../run/run.js";
export { indexedDbStore } from "../run/store/indexed-db-store.js";
export { memoryStore } from "../run/store/memory-store.js";
export type { RunStore } from "../run/store/store.js";
export type {
  AttemptCounts,
  BatchRun,
  CancelledRun,
  CreatedEvent,
  EndedEvent,
  OpenAIClient,
  PlannedBatch,
  PlannedEvent,
  PlanOptions,
  ReconciledEvent,
  RunBatchLimits,
  RunConnection,
  RunEvent,
  RunOptions,
  RunPlan,
  RunResult,
  RunShard,
  RunStatus,
  ShardEvent,
  UpdateEvent,
  UploadedEvent,
  WaitingEvent,
} from "../run/types.js";

// batchlight/mock: simulated batches and a mock of the Batch API, with their own module embedded. For tests, stories
// and demonstrations.
export { createMockApi, type MockApi } from "../mock/api.js";
export type { AnswerMatch, AnswerRule } from "../mock/answers/rules.js";
export type { HeldStatus } from "../mock/records.js";
export { configSchema as mockConfigSchema, type MockConfig, parseMockConfig } from "../mock/config.js";
export { manualClock, type ManualClock, type MockClock } from "../mock/clock.js";
export type { MockContent } from "../mock/content.js";
export type { MockControl } from "../mock/control.js";
export type { Fault, FaultRates, FaultStatus } from "../mock/faults.js";
export type {
  BatchSteering,
  MockOptions,
  NewBatch,
  PlanOverrides,
} from "../mock/options.js";
export type { ResponderRequest, ResponderResponse } from "../mock/responder.js";
export type { InputRequest } from "../mock/input-requests.js";
export {
  type BatchPlanError,
  type BatchScenario,
  isBatchPlanError,
  scenarios,
  simulateBatch,
} from "../mock/simulate.js";
export type { LoggedRequest } from "../mock/request-log.js";
export type { NextSteering } from "../mock/steering.js";
export type { MockStore } from "../mock/store.js";
export type { WebhookEvent, WebhookOptions } from "../mock/webhooks.js";
export type { ScenarioName } from "../../generated/mock-tables.js";
export type { BatchPlan, FailureCause, PlannedFailure, ServerDialect } from "../../generated/mock-types.js";
export type { BatchError, BatchStatus, BatchUsage } from "../../generated/types.js";
export type { WireBatch } from "../batch/types.js";

// batchlight/mock: simulated batches and a mock of the Batch API, with their own module embedded. For tests, stories
// and demonstrations.
export { createMockApi, type MockApi } from "../mock/api.js";
export type { AnswerMatch, AnswerRule } from "../mock/answers/rules.js";
export type { HeldStatus } from "../mock/state/records.js";
export { configSchema as mockConfigSchema, type MockConfig, parseMockConfig } from "../mock/settings/config.js";
export { manualClock, type ManualClock, type MockClock } from "../mock/settings/clock.js";
export type { MockContent } from "../mock/http/content.js";
export type { MockControl } from "../mock/settings/control.js";
export type { Fault, FaultRates, FaultStatus } from "../mock/settings/faults.js";
export type {
  BatchSteering,
  MockOptions,
  NewBatch,
  PlanOverrides,
} from "../mock/settings/options.js";
export type { ResponderRequest, ResponderResponse } from "../mock/answers/responder.js";
export type { InputRequest } from "../mock/answers/input-requests.js";
export {
  type BatchPlanError,
  type BatchScenario,
  isBatchPlanError,
  scenarios,
  simulateBatch,
} from "../mock/simulator/simulate.js";
export type { LoggedRequest } from "../mock/http/request-log.js";
export type { NextSteering } from "../mock/settings/steering.js";
export type { MockStore } from "../mock/state/store.js";
export type { WebhookEvent, WebhookOptions } from "../mock/webhooks/webhooks.js";
export type { ScenarioName } from "../../generated/mock-tables.js";
export type { BatchPlan, FailureCause, PlannedFailure, ServerDialect } from "../../generated/mock-types.js";
export type { BatchError, BatchStatus, BatchUsage } from "../../generated/types.js";
export type { WireBatch } from "../batch/types.js";

// Simulates batches: returns the object that a server would send at a given time.
import type { BatchPlan } from "../../../generated/mock-types.js";
import type { BatchError, BatchStatus } from "../../../generated/types.js";
import { type ScenarioName, scenarioRows } from "../../../generated/mock-tables.js";
import type { WireBatch } from "../../batch/types.js";
import { hasName } from "../../runtime/errors.js";
import { callSimulator, callSimulatorJson } from "./simulator.js";

/** Thrown for an invalid plan. Identified by its `name`: see {@link isBatchPlanError}. */
export interface BatchPlanError extends RangeError {
  /** Identifies the class of errors. */
  readonly name: "BatchPlanError";
  /** Always `invalid_plan`. */
  readonly code: "invalid_plan";
  /** The invalid field of the plan. */
  readonly field: string;
}

/** Whether a caught value is a {@link BatchPlanError}, such as `simulateBatch` throws. */
export const isBatchPlanError = (error: unknown): error is BatchPlanError => hasName(error, "BatchPlanError");

/** A plan, and a time at which it shows a certain status or outcome. */
export interface BatchScenario {
  /** A description in one sentence. */
  readonly summary: string;
  /** The plan. */
  readonly plan: BatchPlan;
  /** The time in Unix seconds. */
  readonly now: number;
}

/**
 * Ready-made plans for stories and tests, one for each status and outcome.
 *
 * @example
 * import { scenarios, simulateBatch } from "batchlight/mock";
 * const { plan, now } = scenarios.partially_failed;
 * console.log(simulateBatch(plan, now).request_counts); // {"completed":181,"failed":19,"total":200}
 */
export const scenarios: Readonly<Record<ScenarioName, BatchScenario>> = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ scenarioRows.map(({ name, ...scenario }) => [name, scenario]),
) as Record<ScenarioName, BatchScenario>;

/**
 * Returns the object that a server would send for a planned batch at a given time. The result is deterministic. A later
 * time returns a batch that `compareBatches` reports as advanced or unchanged. The object has no issues above notes
 * under the profile of its `wire`.
 *
 * @param plan the request and how it runs; only `created_at` is required
 * @param now the time in Unix seconds; a time before the creation returns the new batch. Default: the current time
 * @returns the object including its null fields. With `wire` set to `azure_rest`, timestamps are strings, as that
 * server sends them
 * @throws {BatchPlanError} if the plan is invalid
 * @example
 * import { simulateBatch } from "batchlight/mock";
 * const plan = { seed: 7, created_at: 1764000000, requests: 500, failureRate: 0.02 };
 * console.log(simulateBatch(plan, 1764000000).status); // validating
 * console.log(simulateBatch(plan, 1764086400).status); // completed
 */
export function simulateBatch(plan: BatchPlan, now: number = Date.now() / 1000): WireBatch {
  const batch = unwrapAnswer(callSimulatorJson("wire", plan, seconds(now))) as WireBatch;
  // As sent: the simulator sorts the keys.
  return plan.metadata && batch.metadata ? { ...batch, metadata: plan.metadata } : batch;
}

/** The status changes of a planned batch. */
export interface BatchSchedule {
  /** The statuses in order, each with its time in Unix seconds. The last one is final. */
  readonly statuses: readonly (readonly [BatchStatus, number])[];
  /** The dated name of the model. */
  readonly model: string;
}

/** The status changes of a planned batch. */
export const scheduleOf = (plan: BatchPlan): BatchSchedule =>
  unwrapAnswer(callSimulatorJson("schedule", plan)) as BatchSchedule;

/**
 * The outcome of a request: its index; the number of its outcome, one of the generated `outcomes`, where that of a
 * failed request is `firstCause` plus the index of its failure cause; seconds after the creation; input tokens; output
 * tokens.
 */
export type RequestOutcome = readonly [index: number, outcome: number, after: number, input: number, output: number];

/** The outcomes of all requests at a given time, in the order in which the requests finish. */
export function outcomesOf(plan: BatchPlan, now: number): RequestOutcome[] {
  const bytes = callSimulator("request_outcomes", plan, seconds(now));
  const numbers = new Uint32Array(bytes.buffer);
  return Array.from(
    { length: numbers.length / 5 },
    (_, at) => numbers.subarray(5 * at, 5 * at + 5) as unknown as RequestOutcome,
  );
}

/** The issues of a rejected input file. */
export interface InputRejection {
  readonly endpoint: string;
  readonly issues: readonly {
    readonly code: string;
    readonly line: number;
    readonly param: string | undefined;
    readonly message: string;
    readonly found: string;
  }[];
}

/** The entries of `errors.data` for a rejected or missing input file. */
export const rejectionErrors = (about: InputRejection | { readonly missing: string }): BatchError[] =>
  callSimulatorJson("rejections", about) as BatchError[];

const seconds = (now: number): number => Math.max(0, Math.floor(now));

function unwrapAnswer(answer: unknown): unknown {
  const refused = (answer as { refused?: { field: string; message: string } }).refused;
  if (!refused) return answer;
  const details = { name: "BatchPlanError", code: "invalid_plan", field: refused.field } as const;
  throw Object.assign(new RangeError(refused.message), details) satisfies BatchPlanError;
}

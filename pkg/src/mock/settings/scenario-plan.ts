// Plans from scenarios, for the requests of an actual input file.
import type { BatchPlan } from "../../../generated/mock-types.js";
import type { ScenarioName } from "../../../generated/mock-tables.js";
import { heldStatuses } from "../state/batch-time.js";
import type { PlanOverrides } from "./options.js";
import { type HeldStatus, plannedEnd } from "../state/records.js";
import { scenarios, simulateBatch } from "../simulator/simulate.js";
import { throwApiError } from "../http/api-error.js";

/** The names of all scenarios. */
export const scenarioNames = Object.keys(scenarios) as readonly ScenarioName[];

/** Whether a value is the name of a scenario. */
export const isScenario = (name: unknown): name is ScenarioName => scenarioNames.includes(name as ScenarioName);

/** What a scenario sets: how the batch runs, and the status that it stays in. */
export interface ScenarioSettings {
  readonly overrides: PlanOverrides;
  readonly hold: HeldStatus | undefined;
}

/** The settings of a scenario for a batch that is created at `now`. */
export function settingsOf(name: ScenarioName, now: number): ScenarioSettings {
  const { created_at, requests, seed: _, cancelAt, breakAt, ...rest } = scenarios[name].plan;
  if (requests === 0) throwApiError("plan", `expected a scenario with requests, found ${name}`);
  const shifted = (at: number | undefined) => (at === undefined ? undefined : now + (at - created_at));
  const [cancelled, broken] = [shifted(cancelAt), shifted(breakAt)];
  const overrides = {
    ...rest,
    ...(cancelled !== undefined && { cancelAt: cancelled }),
    ...(broken !== undefined && { breakAt: broken }),
  };
  return { overrides, hold: heldStatuses.find((status) => status === name) };
}

/** What the final counts of a scenario must be. */
const conditions: Partial<Record<ScenarioName, (completed: number, failed: number, total: number) => boolean>> = {
  partially_failed: (completed, failed) => completed > 0 && failed > 0,
  expired_partial: (completed, _, total) => completed > 0 && completed < total,
  cancelled_partial: (completed, _, total) => completed > 0 && completed < total,
};

/** The number of seeds that are tried until the requests of a small file end as the scenario says. */
const maxSeeds = 500;

/** A plan whose seed makes the requests end as the scenario says. */
export function seededPlan(name: ScenarioName, plan: BatchPlan): BatchPlan {
  const fits = conditions[name];
  if (!fits) return plan;
  for (let at = 0; at < maxSeeds; at++) {
    const tried = { ...plan, seed: Math.floor((plan.seed ?? 0) + (at * 2 ** 52) / maxSeeds) };
    const { completed, failed, total } = simulateBatch(tried, plannedEnd(tried)).request_counts!;
    if (fits(completed, failed, total)) return tried;
  }
  return throwApiError("plan", `expected at least 2 requests for the scenario ${name}, found ${plan.requests}`);
}

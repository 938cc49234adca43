// A batch that nobody runs: the object a server would send, at any moment.
import type { BatchPlan } from "../../generated/mock-types.js";
import type { BatchError, BatchStatus } from "../../generated/types.js";
import { type ScenarioName, scenarioRows } from "../../generated/mock-tables.js";
import type { WireBatch } from "../batch/types.js";
import { ask, askFor } from "./module.js";

/** Thrown for a plan that no server would make a batch of. Known by its `code`. */
export interface BatchPlanError extends RangeError {
  /** What tells this error from others. */
  readonly code: "invalid_plan";
  /** The member of the plan at fault. */
  readonly member: string;
}

/** A plan and the moment at which it shows what it is for. */
export interface BatchScenario {
  /** What it shows, in a sentence. */
  readonly summary: string;
  /** The plan. */
  readonly plan: BatchPlan;
  /** The moment, in Unix seconds. */
  readonly now: number;
}

/**
 * Ready-made plans, one for each status and outcome, for stories and tests.
 *
 * @example
 * const { plan, now } = scenarios.partially_failed;
 * const batch = simulateBatch(plan, now);
 * batch.request_counts; // { completed: 181, failed: 19, total: 200 }
 */
export const scenarios: Readonly<Record<ScenarioName, BatchScenario>> = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ scenarioRows.map(({ name, ...scenario }) => [name, scenario]),
) as Record<ScenarioName, BatchScenario>;

/**
 * The object that a server would send for the planned batch at the moment `now`. The same plan and moment give the same
 * object, and of two moments the later one shows a batch that has gone on or stayed, as `compareBatches` sees it.
 * Nothing it gives has an issue above a note under the profile of its `wire`.
 *
 * @param plan what is asked for and how it fares; only `created_at` has to be given
 * @param now the moment, in Unix seconds; before the creation, the batch as it is created. Default: the present
 * @returns the object with its nulls. With the wire habits `azure_rest` the times are texts, as that server sends them
 * @throws {BatchPlanError} when the plan holds what no server would make a batch of
 * @example
 * const plan = { seed: 7, created_at: 1764000000, requests: 500, failureRate: 0.02 };
 * simulateBatch(plan, 1764000000).status; // "validating"
 * simulateBatch(plan, 1764086400).status; // "completed"
 */
export function simulateBatch(plan: BatchPlan, now: number = Date.now() / 1000): WireBatch {
  return granted(askFor("wire", plan, seconds(now))) as WireBatch;
}

/** When a planned batch enters which status. */
export interface Course {
  /** The statuses in order, each with the moment in Unix seconds; the last one is for good. */
  readonly moments: readonly (readonly [BatchStatus, number])[];
  /** The dated model that answers. */
  readonly model: string;
}

/** When a planned batch enters which status. */
export const courseOf = (plan: BatchPlan): Course => granted(askFor("course", plan)) as Course;

/**
 * What becomes of a request: its index, 0 for success, 1 for unfinished, from 2 on the cause; seconds after creation;
 * tokens in and out.
 */
export type RequestFate = readonly [index: number, fate: number, after: number, input: number, output: number];

/** What has become of each request at a moment, in the order in which they finish. */
export function fatesOf(plan: BatchPlan, now: number): RequestFate[] {
  const bytes = ask("fates", plan, seconds(now));
  const numbers = new Uint32Array(bytes.buffer);
  return Array.from(
    { length: numbers.length / 5 },
    (_, at) => numbers.subarray(5 * at, 5 * at + 5) as unknown as RequestFate,
  );
}

/** What was found in the input file of a batch. */
export interface Rejected {
  readonly endpoint: string;
  readonly issues: readonly {
    readonly code: string;
    readonly line: number;
    readonly param: string | undefined;
    readonly message: string;
    readonly found: string;
  }[];
}

/** What a server writes into `errors.data` for issues about an input file, or for one that is not there. */
export const rejectionsOf = (about: Rejected | { readonly missing: string }): BatchError[] =>
  askFor("rejections", about) as BatchError[];

const seconds = (now: number): number => Math.max(0, Math.floor(now));

function granted(answer: unknown): unknown {
  const refused = (answer as { refused?: { member: string; message: string } }).refused;
  if (!refused) return answer;
  throw Object.assign(new RangeError(refused.message), { code: "invalid_plan", member: refused.member } as const);
}

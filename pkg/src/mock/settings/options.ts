// The options of the mock.
import type { ScenarioName } from "../../../generated/mock-tables.js";
import type { BatchPlan } from "../../../generated/mock-types.js";
import type { AnswerRule } from "../answers/rules.js";
import type { HeldStatus } from "../state/records.js";
import type { MockClock } from "./clock.js";
import type { FaultRates } from "./faults.js";
import type { ResponderRequest, ResponderResponse } from "../answers/responder.js";
import type { MockStore } from "../state/store.js";
import type { WebhookOptions } from "../webhooks/webhooks.js";

/** A batch that is being created. */
export interface NewBatch {
  /** The id of the new batch. */
  readonly id: string;
  /** The creation time in Unix seconds. */
  readonly created_at: number;
  /** The endpoint. */
  readonly endpoint: string;
  /** The id of the input file. */
  readonly input_file_id: string;
  /** The metadata of the request. */
  readonly metadata: Readonly<Record<string, string>> | undefined;
  /** The number of requests in the input file. */
  readonly requests: number;
}

/** The fields of a plan that can be overridden. The others come from the request and the input file. */
export type PlanOverrides = Partial<
  Omit<
    BatchPlan,
    "id" | "created_at" | "endpoint" | "input_file_id" | "completion_window" | "metadata" | "requests" | "usage"
  >
>;

/** How batches run. */
export interface BatchSteering {
  /** The plan: durations, failures, rejection, breakdown. */
  readonly plan?: PlanOverrides | undefined;
  /** A scenario that the batch follows. The fields of `plan` take precedence. */
  readonly scenario?: ScenarioName | undefined;
  /** The status that the batch does not leave, until it is cancelled or moved on. */
  readonly hold?: HeldStatus | undefined;
  /** What moves the batch from one status to the next: time, or each retrieval. Default: `time`. */
  readonly advance?: "time" | "poll" | undefined;
}

/** The options of `createMockApi`. */
export interface MockOptions extends Pick<BatchSteering, "scenario" | "hold" | "advance"> {
  /** The clock. Default: the system's time, `speed` times as fast. */
  readonly clock?: MockClock | undefined;
  /**
   * The clock by which files expire: that of the mock, or the system's. A file of a batch lives 30 days, which a fast
   * clock passes in seconds. Default: `mock` if `clock` is set, otherwise `real`.
   */
  readonly fileClock?: "mock" | "real" | undefined;
  /** How fast time passes: at 1440, one day takes a minute. Default: 1. Ignored if `clock` is set. */
  readonly speed?: number | undefined;
  /** The random seed: a whole number below 2^32. Default: 0. */
  readonly seed?: number | undefined;
  /** The delay of each response in real milliseconds, or its minimum and maximum. Default: 0. */
  readonly latency?: number | readonly [number, number] | undefined;
  /** The probabilities of random faults. Default: none. */
  readonly faults?: FaultRates | undefined;
  /** The accepted API key or keys, or `false` to accept requests without a key. Default: any key. */
  readonly auth?: string | readonly string[] | false | undefined;
  /** The share of requests that fail, from 0 to 1. Default: 0. */
  readonly failureRate?: number | undefined;
  /**
   * How a batch runs, or a function that returns it: durations, failures, rejection, breakdown. The header
   * `x-batchlight-plan` of a request sets the same fields as JSON and takes precedence.
   */
  readonly plan?: PlanOverrides | ((batch: NewBatch) => PlanOverrides | undefined) | undefined;
  /**
   * Returns the response to a request, or undefined to leave it to the simulator. It is called for each request of a
   * batch in turn when the batch is created, and for direct requests. An error that it throws becomes a response with
   * status 500.
   */
  readonly responder?:
    | ((request: ResponderRequest) => ResponderResponse | undefined | PromiseLike<ResponderResponse | undefined>)
    | undefined;
  /** Responses to requests that match: the first matching rule applies. The responder takes precedence. */
  readonly answers?: readonly AnswerRule[] | undefined;
  /** The webhook to call when a batch ends, besides those that clients create. */
  readonly webhook?: WebhookOptions | undefined;
  /** Sends events to the webhook endpoints that clients create. Default: the global `fetch`. */
  readonly webhookFetch?: WebhookOptions["fetch"];
  /** Stores the state beyond the life of the process. Default: memory only. */
  readonly store?: MockStore | undefined;
  /**
   * The maximum size in bytes of all files in memory together, and of the result files of one batch in any store. An
   * upload beyond the limit gets status 507; a batch whose results exceed it fails. Default: 2^30, 1 GiB.
   */
  readonly maxBytes?: number | undefined;
  /**
   * Receives errors that no response reports: why a batch could not be finished, which stored values are damaged, why a
   * request got status 500. Default: `console.error`.
   */
  readonly log?: ((line: string) => void) | undefined;
}

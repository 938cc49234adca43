// How a mock is made.
import type { BatchPlan } from "../../generated/mock-types.js";
import type { MockClock } from "./clock.js";
import type { FaultRates } from "./faults.js";
import type { InputRequest } from "./input-requests.js";
import type { MockStore } from "./store.js";
import type { WebhookOptions } from "./webhooks.js";

/** What a batch is created with. */
export interface NewBatch {
  /** The id it gets. */
  readonly id: string;
  /** When it is created, in Unix seconds. */
  readonly created_at: number;
  /** The endpoint. */
  readonly endpoint: string;
  /** The input file. */
  readonly input_file_id: string;
  /** The caller's own labels. */
  readonly metadata: Readonly<Record<string, string>> | undefined;
  /** How many requests the input file has. */
  readonly requests: number;
}

/** The members of a plan that are the mock's to choose. */
export type PlanOverrides = Partial<
  Omit<
    BatchPlan,
    "id" | "created_at" | "endpoint" | "input_file_id" | "completion_window" | "metadata" | "requests" | "usage"
  >
>;

/** A request that a responder answers. */
export interface ResponderRequest extends InputRequest {
  /** Its place in the input file, from 0. */
  readonly index: number;
}

/** An answer with a status of its own. */
export interface ResponderResponse {
  /** The HTTP status; a status other than 2xx puts the line into the error file. Default: 200. */
  readonly status?: number | undefined;
  /** The body. */
  readonly body: unknown;
}

/** How a mock is made. */
export interface MockOptions {
  /** What time it is. Default: the system's time, `speed` times as fast. */
  readonly clock?: MockClock | undefined;
  /** How many seconds pass in one: 1440 makes a day a minute. Default: 1. Not together with `clock`. */
  readonly speed?: number | undefined;
  /** What all chance is drawn from: a whole number below 2^32. Default: 0. */
  readonly seed?: number | undefined;
  /** Real milliseconds before each answer, or the least and the most of them. Default: 0. */
  readonly latency?: number | readonly [number, number] | undefined;
  /** How often what goes wrong. Default: nothing does. */
  readonly faults?: FaultRates | undefined;
  /** The key or keys to accept; `false`: ask for none. Default: any key, as long as there is one. */
  readonly auth?: string | readonly string[] | false | undefined;
  /** How many requests of a batch fail, from 0 to 1. Default: 0. */
  readonly failureRate?: number | undefined;
  /**
   * How a batch fares: durations, failures, rejection, breakdown. A request's header `x-batchlight-plan` says the same
   * in JSON.
   */
  readonly plan?: ((batch: NewBatch) => PlanOverrides | undefined) | undefined;
  /**
   * Answers the requests in place of the simulator: an object with `body` and a `status` of its own. Called for each
   * request when its batch is created, one after the other; what it throws is an answer with status 500.
   */
  readonly responder?: ((request: ResponderRequest) => ResponderResponse | PromiseLike<ResponderResponse>) | undefined;
  /** Who is told when a batch ends. */
  readonly webhook?: WebhookOptions | undefined;
  /** Keeps what outlives the process. Default: memory alone. */
  readonly store?: MockStore | undefined;
  /**
   * The most bytes that all files may have together in memory, and the result files of one batch anywhere. An upload
   * for which there is no room is answered with 507; a batch whose results have none fails. Default: 2^30, 1 GiB.
   */
  readonly maxBytes?: number | undefined;
  /** Called with what no answer says: why a batch could not be finished, what of a store is damaged, why a request was
   * answered with 500. Default: `console.error`. */
  readonly log?: ((line: string) => void) | undefined;
}

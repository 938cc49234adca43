// Simulated faults between client and server, random or on demand.
import { createRandom, hashSeed } from "../simulator/random.js";
import { throwApiError } from "../http/api-error.js";

/**
 * A simulated fault of a request:
 * - `rate_limit`: status 429 with `Retry-After`
 * - `server_error`: status 500
 * - `drop`: the connection breaks, and `fetch` rejects
 * - `slow`: the response is late
 * - `stale`: the response is an older one
 * - `not_found`: status 404; a batch that the request creates is not found for some seconds
 * - a status: an error response with that status
 */
export type Fault = "rate_limit" | "server_error" | "drop" | "slow" | "stale" | "not_found" | FaultStatus;

/** The faults with a name. */
export const faultNames = ["rate_limit", "server_error", "drop", "slow", "stale", "not_found"] as const;

/** The fault that the header `x-batchlight-fault` of a request asks for: a name or a status code. */
export function requestedFault(headers: Headers): Fault | undefined {
  const requested = headers.get("x-batchlight-fault");
  if (requested === null) return undefined;
  const name = faultNames.find((each) => each === requested);
  if (name) return name;
  return /^[45]\d\d$/.test(requested)
    ? { status: Number(requested) }
    : throwApiError(
        "plan",
        `expected one of ${faultNames.join(", ")}, or a status from 400 to 599 in the header x-batchlight-fault`,
      );
}

/** An error response with a given status. */
export interface FaultStatus {
  /** The status code, from 400 to 599. */
  readonly status: number;
}

/** The probabilities of random faults, each from 0 to 1. */
export interface FaultRates {
  /** Status 429 with `Retry-After`. */
  readonly rateLimit?: number | undefined;
  /** Status 500. */
  readonly serverError?: number | undefined;
  /** A broken connection. */
  readonly drop?: number | undefined;
  /** A late response. */
  readonly slow?: number | undefined;
  /** A response that is an older one. */
  readonly stale?: number | undefined;
  /** A batch that is not found for some seconds after it is created. */
  readonly notFound?: number | undefined;
  /** The value of `Retry-After` in seconds. Default: 1. */
  readonly retryAfterSeconds?: number | undefined;
  /** The delay of a slow response in real milliseconds. Default: 5000. */
  readonly slowMilliseconds?: number | undefined;
  /** The age of a stale response in seconds of the mock's clock. Default: 60. */
  readonly staleSeconds?: number | undefined;
  /** The time in which a new batch is not found, in seconds of the mock's clock. Default: 5. */
  readonly notFoundSeconds?: number | undefined;
}

/** What a fault does to a request that gets a response. */
export interface AppliedFault {
  /** The age of the response in seconds. */
  readonly age: number;
  /** The time in which a batch that the request creates is not found, in seconds. */
  readonly hiddenSeconds: number;
}

/** A simulated broken connection. `fetch` rejects with `cause`. */
export class BrokenConnection {
  constructor(readonly cause: unknown) {}
}

/** Applies faults and latency to requests. */
export class Faults {
  readonly #queue: Fault[] = [];
  readonly #rates: FaultRates;
  readonly #draw: () => number;
  readonly #latency: readonly [number, number];

  constructor(seed: number, rates: FaultRates | undefined, latency: number | readonly [number, number] | undefined) {
    this.#rates = rates ?? {};
    this.#draw = createRandom(hashSeed(seed, "faults"));
    this.#latency = typeof latency === "number" ? [latency, latency] : (latency ?? [0, 0]);
  }

  /** Adds a fault for the next requests. */
  enqueue(fault: Fault, times: number): void {
    for (let at = 0; at < times; at++) this.#queue.push(fault);
  }

  /** Removes the faults of the next requests. */
  clear(): void {
    this.#queue.length = 0;
  }

  /** Applies the fault of a request: waits, or throws an error. */
  async apply(signal: AbortSignal, createsBatch: boolean, requested?: Fault): Promise<AppliedFault> {
    const rates = this.#rates;
    const [min, max] = this.#latency;
    const fault = requested ?? this.#queue.shift() ?? this.#randomFault();
    const wait = min + (max - min) * this.#draw() + (fault === "slow" ? (rates.slowMilliseconds ?? 5000) : 0);
    if (wait > 0) await delay(wait, signal);
    // The error that `fetch` rejects with when a connection breaks.
    if (fault === "drop") throw new BrokenConnection(new TypeError("fetch failed"));
    if (fault === "rate_limit")
      throwApiError("rate_limit", "", "", { "retry-after": String(rates.retryAfterSeconds ?? 1) });
    if (fault === "server_error") throwApiError("server");
    if (typeof fault === "object") throwApiError("other", String(fault.status));
    if (fault === "not_found" && !createsBatch) throwApiError("not_found");
    const isHidden = createsBatch && (fault === "not_found" || this.#isDrawn(rates.notFound));
    return {
      age: fault === "stale" ? (rates.staleSeconds ?? 60) : 0,
      hiddenSeconds: isHidden ? (rates.notFoundSeconds ?? 5) : 0,
    };
  }

  /** Draws with a probability. Without one, no number is drawn. */
  #isDrawn(probability = 0): boolean {
    return probability > 0 && this.#draw() < probability;
  }

  #randomFault(): Fault | undefined {
    const { drop = 0, rateLimit = 0, serverError = 0, slow = 0, stale = 0 } = this.#rates;
    let remaining = this.#draw();
    const shares: readonly (readonly [Fault, number])[] = [
      ["drop", drop],
      ["rate_limit", rateLimit],
      ["server_error", serverError],
      ["slow", slow],
      ["stale", stale],
    ];
    for (const [fault, share] of shares) {
      if (remaining < share) return fault;
      remaining -= share;
    }
    return undefined;
  }
}

const delay = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(new BrokenConnection(signal.reason));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });

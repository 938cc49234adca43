// What goes wrong between client and server, by seed or on demand.
import { createRandom, hashSeed } from "./random.js";
import { throwApiError } from "./api-error.js";

/**
 * What can go wrong with a request:
 * - `rate_limit`: 429 with `Retry-After`
 * - `server_error`: 500
 * - `drop`: the connection breaks; the call to `fetch` rejects
 * - `slow`: the answer comes late
 * - `stale`: the answer is an older one
 * - a status: an answer with that status
 */
export type Fault = "rate_limit" | "server_error" | "drop" | "slow" | "stale" | FaultStatus;

/** The faults that have a name. */
const names = ["rate_limit", "server_error", "drop", "slow", "stale"] as const;

/** The fault that a request's own header `x-batchlight-fault` asks for: a name, or a status. */
export function requestedFault(headers: Headers): Fault | undefined {
  const requested = headers.get("x-batchlight-fault");
  if (requested === null) return undefined;
  const name = names.find((each) => each === requested);
  if (name) return name;
  return /^[45]\d\d$/.test(requested)
    ? { status: Number(requested) }
    : throwApiError(
        "plan",
        `the header x-batchlight-fault is to be one of ${names.join(", ")}, or a status from 400 on`,
      );
}

/** An answer with a status of its own, in the shape of an error. */
export interface FaultStatus {
  /** The status, from 400 on. */
  readonly status: number;
}

/** How often what goes wrong: shares of the requests, from 0 to 1. */
export interface FaultRates {
  /** 429 with `Retry-After`. */
  readonly rateLimit?: number | undefined;
  /** 500. */
  readonly serverError?: number | undefined;
  /** A connection that breaks. */
  readonly drop?: number | undefined;
  /** An answer that comes late. */
  readonly slow?: number | undefined;
  /** An answer that is an older one. */
  readonly stale?: number | undefined;
  /** What `Retry-After` says, in seconds. Default: 1. */
  readonly retryAfterSeconds?: number | undefined;
  /** How late a slow answer comes, in real milliseconds. Default: 5000. */
  readonly slowMilliseconds?: number | undefined;
  /** How old a stale answer is, in the clock's seconds. Default: 60. */
  readonly staleSeconds?: number | undefined;
}

/** What `fetch` rejects with in place of an answer. */
export class BrokenConnection {
  constructor(readonly cause: unknown) {}
}

/** What a request has to endure before it is answered. */
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

  /** Lets the next requests meet a fault. */
  enqueue(fault: Fault, times: number): void {
    for (let at = 0; at < times; at++) this.#queue.push(fault);
  }

  /** Endures what is asked for or due; gives how old the answer is to be, in seconds. */
  async apply(signal: AbortSignal, requested?: Fault): Promise<number> {
    const rates = this.#rates;
    const [min, max] = this.#latency;
    const fault = requested ?? this.#queue.shift() ?? this.#randomFault();
    const wait = min + (max - min) * this.#draw() + (fault === "slow" ? (rates.slowMilliseconds ?? 5000) : 0);
    if (wait > 0) await delay(wait, signal);
    // What `fetch` rejects with when a connection breaks.
    if (fault === "drop") throw new BrokenConnection(new TypeError("fetch failed"));
    if (fault === "rate_limit")
      throwApiError("rate_limit", "", "", { "retry-after": String(rates.retryAfterSeconds ?? 1) });
    if (fault === "server_error") throwApiError("server");
    if (typeof fault === "object") throwApiError("other", String(fault.status));
    return fault === "stale" ? (rates.staleSeconds ?? 60) : 0;
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

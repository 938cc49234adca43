// The parts of a mock, each created for its options.
import { createDueBatches, type DueBatches } from "./due-batches.js";
import { safeLog } from "./http/log.js";
import { RequestLog } from "./http/request-log.js";
import { reserveFileId } from "./routes/batches.js";
import { Uploads } from "./routes/uploads.js";
import { checkedMaxBytes, checkedSeed, checkRate, createClock } from "./settings/checked-options.js";
import { type MockClock, movableClock } from "./settings/clock.js";
import { Faults } from "./settings/faults.js";
import type { MockOptions } from "./settings/options.js";
import { SteeringQueue } from "./settings/steering.js";
import { MemoryBudget } from "./state/memory-budget.js";
import { MockState } from "./state/store.js";
import { WebhookEndpoints } from "./webhooks/webhook-endpoints.js";
import { WebhookNotifier } from "./webhooks/webhook-notifier.js";

/** The parts of a mock. */
export interface MockParts {
  readonly options: MockOptions;
  /** The clock, which can be moved. */
  readonly clock: Required<MockClock>;
  /** The current time of the clock in whole Unix seconds. */
  readonly currentSecond: () => number;
  readonly seed: number;
  /** Returns the seed for a sequence number. */
  readonly seedFor: (sequence: number) => number;
  readonly log: (line: string) => void;
  readonly state: MockState;
  readonly due: DueBatches;
  readonly faults: Faults;
  readonly steering: SteeringQueue;
  readonly requestLog: RequestLog;
  readonly uploads: Uploads;
  readonly endpoints: WebhookEndpoints;
  readonly notifier: WebhookNotifier;
  readonly newFileId: () => string;
  /** The numbers of all requests and of those outside of batches, from which random values are drawn. */
  readonly counts: { requests: number; direct: number };
}

/**
 * Creates the parts of a mock.
 *
 * @throws {RangeError} if an option is out of range
 */
export function createParts(options: MockOptions): MockParts {
  const { clock: baseClock, speed } = createClock(options);
  const clock = movableClock(baseClock);
  const seed = checkedSeed(options.seed);
  checkRate("failureRate", options.failureRate);
  const maxBytes = checkedMaxBytes(options.maxBytes);
  const log = safeLog(options.log);
  const currentSecond = () => Math.floor(clock.now());
  const filesAreReal = (options.fileClock ?? (options.clock ? "mock" : "real")) === "real";
  const realSecond = filesAreReal ? () => Math.floor(Date.now() / 1000) : undefined;
  const state = new MockState(options.store, new MemoryBudget(maxBytes), log, realSecond, currentSecond);
  const seedFor = (sequence: number) => seed * 2 ** 20 + sequence;
  const newFileId = () => reserveFileId(state, seedFor);
  const endpoints = new WebhookEndpoints(seed, options.webhookFetch);
  const notifier = new WebhookNotifier(state, (type) => [
    ...(options.webhook ? [options.webhook] : []),
    ...endpoints.receiversOf(type),
  ]);
  return {
    options,
    clock,
    currentSecond,
    seed,
    seedFor,
    log,
    state,
    due: createDueBatches({ state, notifier, clock, speed, currentSecond, maxBytes, log }),
    faults: new Faults(seed, options.faults, options.latency),
    steering: new SteeringQueue(),
    requestLog: new RequestLog(),
    uploads: new Uploads(state, seed, newFileId),
    endpoints,
    notifier,
    newFileId,
    counts: { requests: 0, direct: 0 },
  };
}

// The Batch API as a function from Request to Response, so that it runs in every JavaScript runtime.
import { messageOf } from "../common/thrown.js";
import { Hono } from "hono/tiny";
import type { WireBatch } from "../batch/types.js";
import { reserveFileId, retrieveBatch, stepBatch } from "./routes/batches.js";
import { hasEnded } from "./state/batch-time.js";
import { type MockClock, movableClock, runningClock } from "./settings/clock.js";
import { controlRoutes, type MockControl } from "./settings/control.js";
import { respondDirectly, directEndpoints } from "./routes/direct.js";
import { BrokenConnection, type Fault, Faults, requestedFault } from "./settings/faults.js";
import { DueTimer } from "./due-timer.js";
import { Finisher } from "./finisher.js";
import { MemoryBudget, MemoryBudgetExceeded } from "./state/memory-budget.js";
import {
  batchRoutes,
  fileRoutes,
  modelRoutes,
  noRoute,
  type RequestVariables,
  uploadRoutes,
  webhookRoutes,
} from "./routes/routes.js";
import type { MockOptions } from "./settings/options.js";
import { createRandom, randomString, hashSeed } from "./simulator/random.js";
import { apiPath, authenticate } from "./routes/request-head.js";
import { safeLog } from "./http/log.js";
import { RequestLog } from "./http/request-log.js";
import { ApiError } from "./http/api-error.js";
import { SteeringQueue } from "./settings/steering.js";
import { MockState } from "./state/store.js";
import { KeyedQueue } from "./state/keyed-queue.js";
import { Uploads } from "./routes/uploads.js";
import { WebhookEndpoints } from "./webhooks/webhook-endpoints.js";
import { WebhookNotifier } from "./webhooks/webhook-notifier.js";

/** A simulated Batch API. */
export interface MockApi extends MockControl {
  /**
   * Responds to a request as the server would. Pass it to a client as its `fetch`, or serve it. Only the path from
   * `/v1/` on matters, so any host and prefix work. Rejects to simulate a broken connection; a tool that turns
   * rejections into responses, such as msw, needs `Response.error()` instead.
   */
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /**
   * Makes the next request, or the next `times` requests, fail. A request can also ask for a fault with the header
   * `x-batchlight-fault`, which contains a name or a status code.
   */
  readonly fault: (fault: Fault, times?: number) => void;
  /**
   * Finishes all batches that are due: writes result files and calls the webhook. Resolves with the number of events
   * that the webhook accepted. Each request does the same without waiting for the webhook, and with a running clock a
   * timer does; call it after moving a manual clock.
   */
  readonly runDue: () => Promise<number>;
  /** Stops the timer and aborts the writing of result files. A later request writes them. */
  readonly close: () => void;
}

/**
 * Creates a Batch API with files, batches and webhooks that official clients accept as the real one. It validates input
 * files, runs batches over time, lets them fail and expire, and writes result files with one line per request.
 *
 * The official client takes it as its `fetch`: `new OpenAI({ apiKey: "any", fetch: api.fetch })`.
 *
 * @throws {RangeError} if an option is out of range
 * @example
 * import { createMockApi } from "batchlight/mock";
 * const api = createMockApi({ speed: 1440, seed: 7, failureRate: 0.02 });
 * const headers = { authorization: "Bearer any" };
 * const response = await api.fetch(new Request("https://api.openai.com/v1/batches", { headers }));
 * console.log(response.status, (await response.json()).data); // 200 []
 */
export function createMockApi(options: MockOptions = {}): MockApi {
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
  const queue = new KeyedQueue();
  const faults = new Faults(seed, options.faults, options.latency);
  const seedFor = (sequence: number) => seed * 2 ** 20 + sequence;
  const newFileId = () => reserveFileId(state, seedFor);
  const steering = new SteeringQueue();
  const requestLog = new RequestLog();
  const uploads = new Uploads(state, seed, newFileId);
  const endpoints = new WebhookEndpoints(seed, options.webhookFetch);
  const notifier = new WebhookNotifier(state, (type) => [
    ...(options.webhook ? [options.webhook] : []),
    ...endpoints.receiversOf(type),
  ]);
  let requestCount = 0;
  let directCount = 0;

  const due = () => [...state.open].filter((id) => hasEnded(state.batches.get(id)!, currentSecond()));

  const finisher = new Finisher({
    state,
    queue,
    currentSecond,
    hasNoWebhookFor: (status) => notifier.hasNoWebhookFor(status),
    maxBytes,
    log,
  });

  const timer = speed === undefined ? undefined : new DueTimer(state, clock, speed, runDue);

  function schedule(): void {
    if (!notifier.hasNoWebhookFor()) timer?.schedule();
  }

  /** Calls webhooks. Runs outside the queue, because a webhook may send requests before it responds. */
  async function notify(retryRejected: boolean): Promise<number> {
    const accepted = await notifier.notify(due(), retryRejected);
    schedule();
    return accepted;
  }

  async function runDue(): Promise<number> {
    await state.ready();
    await finisher.finishAll();
    await state.expire();
    return notify(true);
  }

  /** Changes a batch, and finishes it at once if that ended it. */
  async function change(id: string, work: (now: number) => Promise<void>): Promise<void> {
    const now = currentSecond();
    await queue.run(id, async () => {
      await work(now);
      await finisher.finish(id);
    });
    void notify(false).catch(() => undefined);
  }

  const control: MockControl = {
    clock,
    next({ fault, times = 1, ...batch }) {
      if (fault !== undefined) faults.enqueue(fault, times);
      if (Object.keys(batch).length > 0) steering.add(batch, times);
    },
    async advance(id) {
      await state.ready();
      await change(id, (now) => stepBatch(state, id, now, false));
      return (await retrieveBatch(state, id, currentSecond()).json()) as WireBatch;
    },
    async moveClock(seconds) {
      await clock.advance(seconds);
      await runDue();
    },
    async reset() {
      await state.ready();
      await finisher.abortAndWait();
      for (const each of [faults, steering, requestLog, uploads, endpoints, notifier]) each.clear();
      directCount = requestCount = 0;
      await state.clear();
    },
    requests: () => requestLog.all(),
  };

  const app = new Hono<RequestVariables>({ getPath: apiPath });
  app.route("/", controlRoutes(control));
  app.use(async ({ req, set }, next) => {
    const { headers, signal, method } = req.raw;
    authenticate(options.auth, headers);
    const createsBatch = method === "POST" && req.path === "/v1/batches";
    const { age, hiddenSeconds } = await faults.apply(signal, createsBatch, requestedFault(headers));
    await state.ready();
    await finisher.catchUp();
    await state.expire();
    // Rejected events are sent again by the timer, not by every request.
    void notify(false).catch(() => undefined);
    set("observedAt", currentSecond() - age);
    set("hiddenSeconds", hiddenSeconds);
    await next();
  });
  app.route("/", fileRoutes(state, currentSecond, newFileId));
  app.route("/", uploadRoutes(uploads, currentSecond));
  const creation = { state, seedFor, options, steering, log };
  app.route("/", batchRoutes({ state, currentSecond, creation, change, schedule }));
  for (const endpoint of directEndpoints)
    app.post(endpoint, (c) =>
      respondDirectly(c.req.raw, endpoint, { now: currentSecond(), seed: seedFor(directCount++), options }),
    );
  app.route("/", modelRoutes());
  app.route("/", webhookRoutes(endpoints, currentSecond));
  // Passes errors on to `respond`, because a simulated broken connection must reach the caller.
  app.onError((error) => {
    throw error;
  });
  app.notFound(({ req }) => noRoute(req));

  return {
    ...control,
    runDue,
    fault: (fault, times = 1) => faults.enqueue(fault, times),
    close() {
      timer?.close();
      finisher.abort();
    },
    async fetch(input, init) {
      const request = toRequest(input, init);
      const path = apiPath(request);
      const logged = path.startsWith("/_mock/") ? undefined : await requestLog.add(request, path, clock.now());
      const response = await respond(() => app.fetch(request), log);
      if (logged) logged.status = response.status;
      response.headers.set(
        "x-request-id",
        `req_${randomString(createRandom(hashSeed(seed, "request", requestCount++)), 32)}`,
      );
      return response;
    },
  };
}

/**
 * Converts the arguments of `fetch` to a Request. Older clients pass a URL and a body of a Node library; a stream body
 * requires `duplex`.
 */
const toRequest = (input: Request | string | URL, init: RequestInit | undefined): Request =>
  typeof input === "object" && "headers" in input && init === undefined
    ? input
    : new Request(input, { ...init, ...(init?.body && { duplex: "half" }) } as RequestInit);

async function respond(handle: () => Response | Promise<Response>, log: (line: string) => void): Promise<Response> {
  try {
    return await handle();
  } catch (error) {
    return errorResponse(error, log);
  }
}

/** Converts an error to a response. Rethrows simulated broken connections. */
function errorResponse(error: unknown, log: (line: string) => void): Response {
  if (error instanceof ApiError) return error.toResponse();
  if (error instanceof BrokenConnection) throw error.cause;
  const message = messageOf(error);
  if (error instanceof MemoryBudgetExceeded) return new ApiError("no_room", message).toResponse();
  log(`request failed with status 500: ${message}`);
  return new ApiError("failure", message).toResponse();
}

function checkedMaxBytes(maxBytes = 2 ** 30): number {
  if (Number.isSafeInteger(maxBytes) && maxBytes > 0) return maxBytes;
  throw new RangeError(`expected a whole number above 0, found ${maxBytes} at maxBytes`);
}

function createClock({ clock, speed = 1 }: MockOptions): {
  readonly clock: MockClock;
  readonly speed: number | undefined;
} {
  if (clock) return { clock, speed: undefined };
  if (!(speed > 0 && Number.isFinite(speed)))
    throw new RangeError(`expected a number above 0, found ${speed} at speed`);
  return { clock: runningClock(speed), speed };
}

function checkedSeed(seed = 0): number {
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return seed;
  throw new RangeError(`expected a whole number from 0 to ${2 ** 32 - 1}, found ${seed} at seed`);
}

function checkRate(name: string, rate = 0): void {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`expected a number from 0 to 1, found ${rate} at ${name}`);
}

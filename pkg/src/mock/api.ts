// The Batch API as a function from Request to Response, so that it runs in every JavaScript runtime.
import { Hono } from "hono/tiny";
import { cancelBatch, createBatch, listBatches, reserveFileId, retrieveBatch } from "./batches.js";
import { type MockClock, runningClock } from "./clock.js";
import { BrokenConnection, type Fault, Faults, requestedFault } from "./faults.js";
import { deleteFile, downloadFile, findFile, listFiles, uploadFile } from "./files.js";
import { Finisher } from "./finisher.js";
import { MemoryBudget, MemoryBudgetExceeded } from "./memory-budget.js";
import type { MockOptions } from "./options.js";
import { createRandom, randomString, hashSeed } from "./random.js";
import { throwApiError, ApiError } from "./api-error.js";
import { simulateBatch } from "./simulate.js";
import { MockState } from "./store.js";
import { KeyedQueue } from "./keyed-queue.js";
import { type WebhookEvent, postEvent, type WebhookOptions } from "./webhooks.js";

/** A simulated Batch API. */
export interface MockApi {
  /**
   * Answers a request as the server would. Pass it to a client as its `fetch`, or serve it. Only the path from `/v1/`
   * on matters, so any host and prefix work. Rejects to simulate a broken connection; a tool that turns rejections into
   * responses, such as msw, needs `Response.error()` instead.
   */
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /** The clock of the mock. */
  readonly clock: MockClock;
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
  const { clock, speed } = createClock(options);
  const seed = checkedSeed(options.seed);
  checkRate("failureRate", options.failureRate);
  const maxBytes = checkedMaxBytes(options.maxBytes);
  const log = safeLog(options.log);
  const state = new MockState(options.store, new MemoryBudget(maxBytes), log);
  const queue = new KeyedQueue();
  const faults = new Faults(seed, options.faults, options.latency);
  const seedFor = (order: number) => seed * 2 ** 20 + order;
  const currentSecond = () => Math.floor(clock.now());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let requestCount = 0;
  const notifying = new Set<string>();
  const notAccepted = new Set<string>();

  const due = () => [...state.open].flatMap((id) => (state.batches.get(id)!.endsAt <= currentSecond() ? [id] : []));

  const finisher = new Finisher({
    state,
    queue,
    currentSecond,
    notified: options.webhook === undefined,
    maxBytes,
    log,
  });

  /** Runs outside the queue, because a webhook may send requests before it responds. */
  async function notifyWebhook(webhook: WebhookOptions, retryRejected: boolean): Promise<number> {
    const pending = due().filter(
      (id) => !notifying.has(id) && (retryRejected || !notAccepted.has(id)) && state.batches.get(id)!.written,
    );
    const accepted = await Promise.all(
      pending.map(async (id) => {
        notifying.add(id);
        try {
          const { plan, endsAt } = state.batches.get(id)!;
          const wasAccepted = await postEvent(webhook, createEvent(id, endsAt, simulateBatch(plan, endsAt).status));
          if (wasAccepted) await state.putBatch(id, { ...state.batches.get(id)!, notified: true });
          if (wasAccepted) notAccepted.delete(id);
          else notAccepted.add(id);
          return wasAccepted;
        } finally {
          notifying.delete(id);
        }
      }),
    );
    schedule();
    return accepted.filter(Boolean).length;
  }

  async function runDue(): Promise<number> {
    await state.ready();
    await finisher.finishAll();
    await state.expire(currentSecond());
    return options.webhook ? notifyWebhook(options.webhook, true) : 0;
  }

  function schedule(): void {
    if (speed === undefined || closed || !options.webhook) return;
    clearTimeout(timer);
    const next = [...state.open].reduce((earliest, id) => Math.min(earliest, state.batches.get(id)!.endsAt), Infinity);
    if (next === Infinity) return;
    // Waits at least a second, so that a webhook that rejects events is not called continuously.
    const wait = Math.max(1000, ((next - clock.now()) / speed) * 1000);
    timer = setTimeout(() => void runDue().catch(() => undefined), Math.min(wait, 2 ** 31 - 1));
    // Lets the process exit.
    (timer as { unref?: () => void }).unref?.();
  }

  const query = (request: Request) => new URL(request.url).searchParams;
  const app = new Hono<{ Variables: { observedAt: number } }>({ getPath });
  app.use(async (context, next) => {
    authenticate(options.auth, context.req.raw.headers.get("authorization"));
    const age = await faults.apply(context.req.raw.signal, requestedFault(context.req.raw.headers));
    await state.ready();
    await finisher.catchUp();
    await state.expire(currentSecond());
    // Rejected events are sent again by the timer, not by every request.
    if (options.webhook) void notifyWebhook(options.webhook, false).catch(() => undefined);
    context.set("observedAt", currentSecond() - age);
    await next();
  });
  app.post("/v1/files", (c) => uploadFile(state, c.req.raw, currentSecond(), () => reserveFileId(state, seedFor)));
  app.get("/v1/files", (c) => listFiles(state, query(c.req.raw), currentSecond()));
  app.get("/v1/files/:id", (c) => Response.json(findFile(state, c.req.param("id"), currentSecond()).file));
  app.get("/v1/files/:id/content", (c) =>
    downloadFile(state, c.req.param("id"), c.req.raw.headers.get("range"), currentSecond()),
  );
  app.delete("/v1/files/:id", (c) => deleteFile(state, c.req.param("id"), currentSecond()));
  app.post("/v1/batches", async (c) => {
    const created = await createBatch(c.req.raw, { state, now: currentSecond(), seedFor, options });
    schedule();
    return created;
  });
  app.get("/v1/batches", (c) => listBatches(state, query(c.req.raw), c.get("observedAt")));
  app.get("/v1/batches/:id", (c) => retrieveBatch(state, c.req.param("id"), c.get("observedAt")));
  app.post("/v1/batches/:id/cancel", async (c) => {
    const id = c.req.param("id");
    const now = currentSecond();
    await queue.run(id, async () => {
      await cancelBatch(state, id, now);
      // A cancellation without duration ends immediately.
      await finisher.finish(id);
    });
    schedule();
    return retrieveBatch(state, id, now);
  });
  // Passes errors on to `respond`, because a simulated broken connection must reach the caller.
  app.onError((error) => {
    throw error;
  });
  app.notFound(({ req: { method, url } }) => {
    const { pathname } = new URL(url);
    // A base URL without /v1 is the usual cause.
    const why = pathname.includes("/v1/") ? "" : " (missing /v1)";
    return new ApiError("no_route", `${method} ${pathname}${why}`).toResponse();
  });

  return {
    clock,
    runDue,
    fault: (fault, times = 1) => faults.enqueue(fault, times),
    close() {
      closed = true;
      clearTimeout(timer);
      finisher.abort();
    },
    async fetch(input, init) {
      const response = await respond(() => app.fetch(toRequest(input, init)), log);
      response.headers.set(
        "x-request-id",
        `req_${randomString(createRandom(hashSeed(seed, "request", requestCount++)), 32)}`,
      );
      return response;
    },
  };
}

/** The path from `/v1/` on. */
function getPath(request: Request): string {
  const { pathname } = new URL(request.url);
  const at = pathname.indexOf("/v1/");
  return at < 0 ? pathname : pathname.slice(at);
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
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof MemoryBudgetExceeded) return new ApiError("no_room", message).toResponse();
  log(`request failed with status 500: ${message}`);
  return new ApiError("failure", message).toResponse();
}

/** Wraps a log function so that its errors are ignored. */
const safeLog =
  (write: MockOptions["log"] = (line) => console.error(`batchlight/mock: ${line}`)) =>
  (line: string): void => {
    try {
      write(line);
    } catch {
      // A failing log must not fail the request.
    }
  };

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

/** Checks the API key. */
function authenticate(auth: MockOptions["auth"], header: string | null): void {
  if (auth === false) return;
  const key = /^(?:bearer|basic) +(.+)$/i.exec(header ?? "")?.[1];
  if (key === undefined) return throwApiError("no_key");
  const keys = typeof auth === "string" ? [auth] : auth;
  if (keys && !keys.includes(key)) throwApiError("wrong_key");
}

const createEvent = (batch: string, at: number, status: string): WebhookEvent => ({
  id: `evt_${randomString(createRandom(hashSeed(batch, at)), 32)}`,
  object: "event",
  created_at: at,
  type: `batch.${status}` as WebhookEvent["type"],
  data: { id: batch },
});

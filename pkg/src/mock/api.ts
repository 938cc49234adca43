// The Batch API as a function from Request to Response, so that it runs wherever there are these two.
import { Hono } from "hono/tiny";
import { cancelBatch, createBatch, listBatches, newFileId, showBatch } from "./batches.js";
import { type MockClock, runningClock } from "./clock.js";
import { Broken, type Fault, Faults, faultIn } from "./faults.js";
import { deleteFile, download, findFile, listFiles, upload } from "./files.js";
import { Finisher } from "./finisher.js";
import { Memory, NoRoom } from "./memory-budget.js";
import type { MockOptions } from "./options.js";
import { draws, letters, seedOf } from "./random.js";
import { refuse, Refused } from "./api-error.js";
import { simulateBatch } from "./simulate.js";
import { State } from "./store.js";
import { Turns } from "./keyed-queue.js";
import { type BatchEvent, post, type WebhookOptions } from "./webhooks.js";

/** A Batch API that nobody pays for. */
export interface MockApi {
  /**
   * Answers a request as the server would: give it to a client as its `fetch`, or serve it. Only the path from `/v1/`
   * on is looked at, so any host and prefix will do. It rejects where a connection would break; what makes answers of
   * rejections (msw does) is to be given a `Response.error()` instead.
   */
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /** What time it is for the mock. */
  readonly clock: MockClock;
  /**
   * Lets the next request meet a fault, or the next few. A request's header `x-batchlight-fault` asks for one, by name
   * or status.
   */
  readonly fault: (fault: Fault, times?: number) => void;
  /**
   * Ends what is due by the clock: writes result files and tells the webhook; gives how many events were taken. Each
   * request does so too, and with a running clock a timer does; so this is for clocks that are moved by hand.
   */
  readonly settle: () => Promise<number>;
  /** Stops the timer, and breaks off result files that are being written; a later request writes them. */
  readonly close: () => void;
}

/**
 * Makes a Batch API with files, batches and webhooks that the official clients cannot tell from the real one: it checks
 * inputs, takes its time, fails and expires, and its result files hold a line for each request.
 *
 * @example
 * const api = createMockApi({ speed: 1440, seed: 7, failureRate: 0.02 });
 * const client = new OpenAI({ apiKey: "any", fetch: api.fetch });
 */
export function createMockApi(options: MockOptions = {}): MockApi {
  const { clock, speed } = clockOf(options);
  const seed = seedIn(options.seed);
  checkShare("failureRate", options.failureRate);
  const maxBytes = bytesIn(options.maxBytes);
  const log = logTo(options.log);
  const state = new State(options.store, new Memory(maxBytes), log);
  const turns = new Turns();
  const faults = new Faults(seed, options.faults, options.latency);
  const seedFor = (order: number) => seed * 2 ** 20 + order;
  const present = () => Math.floor(clock.now());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let served = 0;
  const telling = new Set<string>();
  const toldInVain = new Set<string>();

  const due = () => [...state.open].flatMap((id) => (state.batches.get(id)!.endsAt <= present() ? [id] : []));

  const finisher = new Finisher({ state, turns, present, told: options.webhook === undefined, maxBytes, log });

  /** Not in turn: who is told may ask back before it answers. */
  async function tell(webhook: WebhookOptions, again: boolean): Promise<number> {
    const told = due().filter(
      (id) => !telling.has(id) && (again || !toldInVain.has(id)) && state.batches.get(id)!.written,
    );
    const took = await Promise.all(
      told.map(async (id) => {
        telling.add(id);
        try {
          const { plan, endsAt } = state.batches.get(id)!;
          const taken = await post(webhook, eventOf(id, endsAt, simulateBatch(plan, endsAt).status));
          if (taken) await state.putBatch(id, { ...state.batches.get(id)!, told: true });
          if (taken) toldInVain.delete(id);
          else toldInVain.add(id);
          return taken;
        } finally {
          telling.delete(id);
        }
      }),
    );
    schedule();
    return took.filter(Boolean).length;
  }

  async function settle(): Promise<number> {
    await state.ready();
    await finisher.finishAll();
    await state.expire(present());
    return options.webhook ? tell(options.webhook, true) : 0;
  }

  function schedule(): void {
    if (speed === undefined || closed || !options.webhook) return;
    clearTimeout(timer);
    const next = [...state.open].reduce((least, id) => Math.min(least, state.batches.get(id)!.endsAt), Infinity);
    if (next === Infinity) return;
    // At least a second apart, so that a webhook that refuses is not asked without a pause.
    const wait = Math.max(1000, ((next - clock.now()) / speed) * 1000);
    timer = setTimeout(() => void settle().catch(() => undefined), Math.min(wait, 2 ** 31 - 1));
    // Nobody's process is kept alive by it.
    (timer as { unref?: () => void }).unref?.();
  }

  const query = (request: Request) => new URL(request.url).searchParams;
  const app = new Hono<{ Variables: { seen: number } }>({ getPath });
  app.use(async (context, next) => {
    allow(options.auth, context.req.raw.headers.get("authorization"));
    const age = await faults.meet(context.req.raw.signal, faultIn(context.req.raw.headers));
    await state.ready();
    await finisher.catchUp();
    await state.expire(present());
    // Who has refused is told again by the timer, not by every request.
    if (options.webhook) void tell(options.webhook, false).catch(() => undefined);
    context.set("seen", present() - age);
    await next();
  });
  app.post("/v1/files", (c) => upload(state, c.req.raw, present(), () => newFileId(state, seedFor)));
  app.get("/v1/files", (c) => listFiles(state, query(c.req.raw), present()));
  app.get("/v1/files/:id", (c) => Response.json(findFile(state, c.req.param("id"), present()).file));
  app.get("/v1/files/:id/content", (c) =>
    download(state, c.req.param("id"), c.req.raw.headers.get("range"), present()),
  );
  app.delete("/v1/files/:id", (c) => deleteFile(state, c.req.param("id"), present()));
  app.post("/v1/batches", async (c) => {
    const created = await createBatch(c.req.raw, { state, now: present(), seedFor, options });
    schedule();
    return created;
  });
  app.get("/v1/batches", (c) => listBatches(state, query(c.req.raw), c.get("seen")));
  app.get("/v1/batches/:id", (c) => showBatch(state, c.req.param("id"), c.get("seen")));
  app.post("/v1/batches/:id/cancel", async (c) => {
    const id = c.req.param("id");
    const now = present();
    await turns.take(id, async () => {
      await cancelBatch(state, id, now);
      // A cancel that takes no time is over at once.
      await finisher.finish(id);
    });
    schedule();
    return showBatch(state, id, now);
  });
  // Answered below, outside: some failures are to reach the caller.
  app.onError((error) => {
    throw error;
  });
  app.notFound(({ req: { method, url } }) => {
    const { pathname } = new URL(url);
    // A base address that lacks it is the usual reason.
    const why = pathname.includes("/v1/") ? "" : ", without /v1 before it,";
    return new Refused("no_route", `${method} ${pathname}${why}`).toResponse();
  });

  return {
    clock,
    settle,
    fault: (fault, times = 1) => faults.next(fault, times),
    close() {
      closed = true;
      clearTimeout(timer);
      finisher.breakOff();
    },
    async fetch(input, init) {
      const response = await answered(() => app.fetch(requestOf(input, init)), log);
      response.headers.set("x-request-id", `req_${letters(draws(seedOf(seed, "request", served++)), 32)}`);
      return response;
    },
  };
}

/** The path from `/v1/` on, whatever the mock is served under. */
function getPath(request: Request): string {
  const { pathname } = new URL(request.url);
  const at = pathname.indexOf("/v1/");
  return at < 0 ? pathname : pathname.slice(at);
}

/**
 * Older clients give an address and what a Node library took for a body; a stream among them has to say that it is one.
 */
const requestOf = (input: Request | string | URL, init: RequestInit | undefined): Request =>
  typeof input === "object" && "headers" in input && init === undefined
    ? input
    : new Request(input, { ...init, ...(init?.body && { duplex: "half" }) } as RequestInit);

async function answered(work: () => Response | Promise<Response>, log: (line: string) => void): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    return answerTo(error, log);
  }
}

/** What a failure is answered with; a connection that breaks is not answered. */
function answerTo(error: unknown, log: (line: string) => void): Response {
  if (error instanceof Refused) return error.toResponse();
  if (error instanceof Broken) throw error.cause;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof NoRoom) return new Refused("no_room", message).toResponse();
  log(`a request was answered with 500: ${message}`);
  return new Refused("failure", message).toResponse();
}

/** Says lines; one that cannot be said ends nothing. */
const logTo =
  (say: MockOptions["log"] = (line) => console.error(`batchlight/mock: ${line}`)) =>
  (line: string): void => {
    try {
      say(line);
    } catch {
      // There is nobody to tell.
    }
  };

function bytesIn(maxBytes = 2 ** 30): number {
  if (Number.isSafeInteger(maxBytes) && maxBytes > 0) return maxBytes;
  throw new RangeError(`expected a whole number above 0, found ${maxBytes} at maxBytes`);
}

function clockOf({ clock, speed = 1 }: MockOptions): { readonly clock: MockClock; readonly speed: number | undefined } {
  if (clock) return { clock, speed: undefined };
  if (!(speed > 0 && Number.isFinite(speed)))
    throw new RangeError(`expected a number above 0, found ${speed} at speed`);
  return { clock: runningClock(speed), speed };
}

function seedIn(seed = 0): number {
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return seed;
  throw new RangeError(`expected a whole number from 0 to ${2 ** 32 - 1}, found ${seed} at seed`);
}

function checkShare(name: string, share = 0): void {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`expected a number from 0 to 1, found ${share} at ${name}`);
}

/** Lets a request in that has the key, or any key. */
function allow(auth: MockOptions["auth"], header: string | null): void {
  if (auth === false) return;
  const key = /^(?:bearer|basic) +(.+)$/i.exec(header ?? "")?.[1];
  if (key === undefined) return refuse("no_key");
  const keys = typeof auth === "string" ? [auth] : auth;
  if (keys && !keys.includes(key)) refuse("wrong_key");
}

const eventOf = (batch: string, at: number, status: string): BatchEvent => ({
  id: `evt_${letters(draws(seedOf(batch, at)), 32)}`,
  object: "event",
  created_at: at,
  type: `batch.${status}` as BatchEvent["type"],
  data: { id: batch },
});

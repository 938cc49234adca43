// /_mock: steers the mock from outside, for tests in any language. Pages of another origin are refused.
import { Hono } from "hono/tiny";
import type { WireBatch } from "../../batch/types.js";
import { throwApiError } from "../http/api-error.js";
import type { MockClock } from "./clock.js";
import { parseNext, parseObject, parseTime } from "./config.js";
import { readJson } from "../http/request-body.js";
import type { LoggedRequest } from "../http/request-log.js";
import type { NextSteering } from "./steering.js";

/** Steers a mock while it runs. The routes below `/_mock` do the same from outside. */
export interface MockControl {
  /** The clock of the mock. */
  readonly clock: MockClock;
  /** Sets how the next batch runs, and the fault of the next requests. */
  readonly next: (steering: NextSteering) => void;
  /** Moves a batch one status on. From then on, time alone does not move it. Resolves with the batch. */
  readonly advance: (id: string) => Promise<WireBatch>;
  /** Moves the clock forward by a number of seconds and finishes the batches that are due. */
  readonly moveClock: (seconds: number) => Promise<void>;
  /** Deletes all files, batches, uploads and webhook endpoints, and forgets requests and what was set for the next. */
  readonly reset: () => Promise<void>;
  /** The latest requests, oldest first: up to 1,000, without credentials. */
  readonly requests: () => readonly LoggedRequest[];
}

/** Creates the routes. */
export function controlRoutes(control: MockControl): Hono {
  const routes = new Hono();
  routes.use("/_mock/*", async ({ req }, next) => {
    refuseOtherOrigins(req.raw);
    await next();
  });
  routes.post("/_mock/next", async ({ req }) => {
    control.next(parseNext(await readJson(req.raw)));
    return Response.json({});
  });
  routes.post("/_mock/advance", async ({ req }) => {
    const { batch } = parseObject(await readJson(req.raw), ["batch"]);
    if (typeof batch !== "string") return throwApiError("control", "expected the id of a batch at batch", "batch");
    return Response.json(await control.advance(batch));
  });
  routes.post("/_mock/reset", async () => {
    await control.reset();
    return Response.json({});
  });
  routes.get("/_mock/clock", () => Response.json({ now: control.clock.now() }));
  routes.post("/_mock/clock", async ({ req }) => {
    await control.moveClock(parseTime(await readJson(req.raw), control.clock.now()));
    return Response.json({ now: control.clock.now() });
  });
  routes.get("/_mock/requests", ({ req }) => {
    const { method, path } = req.query();
    const requests = control
      .requests()
      .filter((each) => (method === undefined || each.method === method) && (path === undefined || each.path === path));
    return Response.json({ requests });
  });
  return routes;
}

function refuseOtherOrigins({ url, headers }: Request): void {
  const origin = headers.get("origin");
  const host = headers.get("host") ?? new URL(url).host;
  const site = headers.get("sec-fetch-site") ?? "none";
  const isOwn = origin === null || (URL.canParse(origin) && new URL(origin).host === host);
  if (!isOwn || (site !== "none" && site !== "same-origin")) throwApiError("origin");
}

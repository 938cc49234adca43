// The routes of the API, without those of `/_mock`.
import { Hono } from "hono/tiny";
import { ApiError } from "../http/api-error.js";
import type { MockState } from "../state/store.js";
import { eventTypes, type WebhookEndpoints } from "../webhooks/webhook-endpoints.js";
import { cancelBatch, createBatch, type CreationContext, listBatches, retrieveBatch, stepBatch } from "./batches.js";
import { deleteFile, downloadFile, findFile, listFiles, uploadFile } from "./files.js";
import { listModels, retrieveModel } from "./models.js";
import type { Uploads } from "./uploads.js";

/** The parameters of a request's query. */
const queryOf = (request: Request): URLSearchParams => new URL(request.url).searchParams;

/** What a fault sets for the route that responds to the request. */
export interface RequestVariables {
  Variables: {
    /** The time at which batches are shown, in Unix seconds: in the past for stale responses. */
    observedAt: number;
    /** The time in seconds for which a created batch is not found. */
    hiddenSeconds: number;
  };
}

/** What the routes of batches need. */
export interface BatchRouteContext {
  readonly state: MockState;
  /** Returns the time of the mock's clock, in whole Unix seconds. */
  readonly currentSecond: () => number;
  /** What creating a batch needs besides the time. */
  readonly creation: Omit<CreationContext, "now" | "hiddenUntil">;
  readonly due: {
    /** Changes a batch, and finishes it at once if that ended it. */
    change(id: string, work: (now: number) => Promise<void>): Promise<void>;
    /** Sets the timer for the batch that ends next. */
    schedule(): void;
  };
}

/** Creates the routes of batches. */
export function batchRoutes({ state, currentSecond, creation, due }: BatchRouteContext): Hono<RequestVariables> {
  const routes = new Hono<RequestVariables>();
  routes.post("/v1/batches", async (c) => {
    const [now, hiddenSeconds] = [currentSecond(), c.get("hiddenSeconds")];
    const hiddenUntil = hiddenSeconds > 0 ? now + hiddenSeconds : undefined;
    const created = await createBatch(c.req.raw, { ...creation, now, hiddenUntil });
    due.schedule();
    return created;
  });
  routes.get("/v1/batches", (c) => listBatches(state, queryOf(c.req.raw), c.get("observedAt")));
  routes.get("/v1/batches/:id", async (c) => {
    const [id, observedAt] = [c.req.param("id"), c.get("observedAt")];
    if (state.batches.get(id)?.movesByPoll) await due.change(id, (now) => stepBatch(state, id, now, true));
    return retrieveBatch(state, id, observedAt);
  });
  routes.post("/v1/batches/:id/cancel", async (c) => {
    const id = c.req.param("id");
    await due.change(id, (now) => cancelBatch(state, id, now));
    due.schedule();
    return retrieveBatch(state, id, currentSecond());
  });
  return routes;
}

/** Creates the routes of files. */
export function fileRoutes(state: MockState, currentSecond: () => number, newFileId: () => string): Hono {
  const routes = new Hono();
  routes.post("/v1/files", (c) => uploadFile(state, c.req.raw, currentSecond(), newFileId));
  routes.get("/v1/files", (c) => listFiles(state, queryOf(c.req.raw)));
  routes.get("/v1/files/:id", (c) => Response.json(findFile(state, c.req.param("id")).file));
  routes.get("/v1/files/:id/content", (c) => downloadFile(state, c.req.param("id"), c.req.raw.headers.get("range")));
  routes.delete("/v1/files/:id", (c) => deleteFile(state, c.req.param("id")));
  return routes;
}

/** Creates the routes of uploads in parts. */
export function uploadRoutes(uploads: Uploads, currentSecond: () => number): Hono {
  const routes = new Hono();
  routes.post("/v1/uploads", (c) => uploads.create(c.req.raw, currentSecond()));
  routes.post("/v1/uploads/:id/parts", (c) => uploads.addPart(c.req.param("id"), c.req.raw, currentSecond()));
  routes.post("/v1/uploads/:id/complete", (c) => uploads.complete(c.req.param("id"), c.req.raw, currentSecond()));
  routes.post("/v1/uploads/:id/cancel", (c) => uploads.cancel(c.req.param("id"), currentSecond()));
  return routes;
}

/** Creates the routes of webhook endpoints. */
export function webhookRoutes(endpoints: WebhookEndpoints, currentSecond: () => number): Hono {
  const routes = new Hono();
  routes.get("/v1/webhook_event_types", () => Response.json({ object: "list", data: eventTypes }));
  routes.post("/v1/webhook_endpoints", (c) => endpoints.create(c.req.raw, currentSecond()));
  routes.get("/v1/webhook_endpoints", (c) => endpoints.list(queryOf(c.req.raw)));
  routes.get("/v1/webhook_endpoints/:id", (c) => endpoints.retrieve(c.req.param("id")));
  routes.post("/v1/webhook_endpoints/:id", (c) => endpoints.update(c.req.param("id"), c.req.raw, currentSecond()));
  routes.delete("/v1/webhook_endpoints/:id", (c) => endpoints.delete(c.req.param("id")));
  routes.post("/v1/webhook_endpoints/:id/rotate_secret", (c) =>
    endpoints.rotateSecret(c.req.param("id"), currentSecond()),
  );
  routes.post("/v1/webhook_endpoints/:id/test", (c) => endpoints.test(c.req.param("id"), c.req.raw, currentSecond()));
  return routes;
}

/** Creates the routes of models. */
export function modelRoutes(): Hono {
  const routes = new Hono();
  routes.get("/v1/models", () => listModels());
  routes.get("/v1/models/:id{.+}", (c) => retrieveModel(c.req.param("id")));
  return routes;
}

/** The response, with status 404, to a request that no route matches. */
export function noRoute({ method, url }: { readonly method: string; readonly url: string }): Response {
  const { pathname } = new URL(url);
  // A base URL without /v1 is the usual cause.
  const why = pathname.includes("/v1/") || pathname.includes("/openai/") ? "" : " (missing /v1)";
  return new ApiError("no_route", `${method} ${pathname}${why}`).toResponse();
}

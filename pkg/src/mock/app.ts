// The routes of a mock, with what happens before each request to the API.
import { Hono } from "hono/tiny";
import type { MockParts } from "./parts.js";
import { directEndpoints, respondDirectly } from "./routes/direct.js";
import { apiPath, authenticate } from "./routes/request-head.js";
import {
  batchRoutes,
  fileRoutes,
  modelRoutes,
  noRoute,
  type RequestVariables,
  uploadRoutes,
  webhookRoutes,
} from "./routes/routes.js";
import { controlRoutes, type MockControl } from "./settings/control.js";
import { requestedFault } from "./settings/faults.js";

/** Creates the routes. Errors of the routes are passed on. */
export function createApp(parts: MockParts, control: MockControl): Hono<RequestVariables> {
  const { options, state, due, currentSecond, seedFor } = parts;
  const app = new Hono<RequestVariables>({ getPath: apiPath });
  app.route("/", controlRoutes(control));
  app.use(async ({ req, set }, next) => {
    const { headers, signal, method } = req.raw;
    authenticate(options.auth, headers);
    const createsBatch = method === "POST" && req.path === "/v1/batches";
    const { age, hiddenSeconds } = await parts.faults.apply(signal, createsBatch, requestedFault(headers));
    await due.catchUp();
    set("observedAt", currentSecond() - age);
    set("hiddenSeconds", hiddenSeconds);
    await next();
  });
  app.route("/", fileRoutes(state, currentSecond, parts.newFileId));
  app.route("/", uploadRoutes(parts.uploads, currentSecond));
  app.route("/", batchRoutes({ state, currentSecond, creation: parts, due }));
  for (const endpoint of directEndpoints)
    app.post(endpoint, (c) =>
      respondDirectly(c.req.raw, endpoint, { now: currentSecond(), seed: seedFor(parts.counts.direct++), options }),
    );
  app.route("/", modelRoutes());
  app.route("/", webhookRoutes(parts.endpoints, currentSecond));
  // Passes errors on, because a simulated broken connection must reach the caller.
  app.onError((error) => {
    throw error;
  });
  app.notFound(({ req }) => noRoute(req));
  return app;
}

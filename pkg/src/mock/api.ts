// The Batch API as a function from Request to Response, so that it runs in every JavaScript runtime.
import { createApp } from "./app.js";
import { createControl } from "./mock-control.js";
import { createParts } from "./parts.js";
import { respond, toRequest } from "./respond.js";
import { apiPath } from "./routes/request-head.js";
import type { MockControl } from "./settings/control.js";
import type { Fault } from "./settings/faults.js";
import type { MockOptions } from "./settings/options.js";
import { createRandom, hashSeed, randomString } from "./simulator/random.js";

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
  const parts = createParts(options);
  const control = createControl(parts);
  const app = createApp(parts, control);
  return {
    ...control,
    runDue: parts.due.runDue,
    fault: (fault, times = 1) => parts.faults.enqueue(fault, times),
    close: parts.due.close,
    async fetch(input, init) {
      const request = toRequest(input, init);
      const path = apiPath(request);
      const logged = path.startsWith("/_mock/")
        ? undefined
        : await parts.requestLog.add(request, path, parts.clock.now());
      const response = await respond(() => app.fetch(request), parts.log);
      if (logged) logged.status = response.status;
      const random = createRandom(hashSeed(parts.seed, "request", parts.counts.requests++));
      response.headers.set("x-request-id", `req_${randomString(random, 32)}`);
      return response;
    },
  };
}

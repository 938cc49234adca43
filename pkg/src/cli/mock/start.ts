// batchlight/mock/node: a mock as a server within a Node process, for tests.
import { createMockApi, type MockApi, type MockOptions } from "#mock";
import { safeLog } from "../../mock/http/log.js";
import { serve } from "./server.js";

/** Options of {@link startMock}. */
export interface StartOptions extends MockOptions {
  /** The port to listen on. 0 means any free port. Default: 0. */
  readonly port?: number | undefined;
}

/** A mock that is served on this machine. */
export interface RunningMock {
  /** The port. */
  readonly port: number;
  /** The base URL for clients, such as `http://127.0.0.1:4010/v1`. */
  readonly url: string;
  /** The mock, for steering it. */
  readonly api: MockApi;
  /** Deletes everything that the mock keeps, for the next test. */
  readonly reset: () => Promise<void>;
  /** Stops the server. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a mock as a server on 127.0.0.1, for clients in any language. Resolves as soon as it accepts requests.
 *
 * @throws {RangeError} if an option is out of range
 * @throws {Error} if the port is in use
 * @example
 * import { startMock } from "batchlight/mock/node";
 * const mock = await startMock({ advance: "poll" });
 * const response = await fetch(`${mock.url}/batches`, { headers: { authorization: "Bearer any" } });
 * console.log((await response.json()).data); // []
 * await mock.stop();
 */
export async function startMock({ port = 0, ...options }: StartOptions = {}): Promise<RunningMock> {
  const api = createMockApi(options);
  const { origin, close } = await serve({ handler: api.fetch, log: safeLog(options.log) }, port);
  return {
    port: Number(new URL(origin).port),
    url: `${origin}/v1`,
    api,
    reset: api.reset,
    async stop() {
      await close();
      api.close();
    },
  };
}

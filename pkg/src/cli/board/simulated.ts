// The simulated API of a board without an API key.
import { createSimulatedApi, speed } from "../../common/simulated-api.js";
import type { BatchApi } from "./proxy.js";

/** Creates a simulated API with batches in every state. */
export async function simulatedApi(): Promise<BatchApi> {
  const { createMockApi } = await import("#mock");
  const { fetch, now } = await createSimulatedApi(createMockApi);
  return {
    request: ({ method, path }) => fetch(path, { method }),
    clock: () => ({ now: now(), speed }),
    secret: undefined,
  };
}

// The simulated API in the page itself.
import { createMockApi } from "batchlight/mock";
import { createSimulatedApi, speed } from "#common/simulated-api.js";
import type { Api } from "./api.js";

/** Creates a simulated API with batches in every state. */
export async function simulatedApi(): Promise<Api> {
  const { fetch, now } = await createSimulatedApi(createMockApi);
  return {
    fetch,
    now,
    speed,
    owner: { kind: "simulated", where: "page" },
    cancels: true,
    remote: false,
    refreshSeconds: 5,
    requestsPerMinute: 600,
    profile: "openai",
  };
}

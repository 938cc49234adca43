// The types of the mock and the simulator. A client accepts the fetch of the mock.
import { compareBatches, type WireBatch } from "batchlight";
import {
  type BatchPlan,
  type BatchPlanError,
  createMockApi,
  type Fault,
  isBatchPlanError,
  manualClock,
  type MockApi,
  type MockOptions,
  type MockStore,
  type ScenarioName,
  scenarios,
  simulateBatch,
} from "batchlight/mock";
import { type Equal, proved, some } from "./equal.js";

// As the official client declares it since version 5, and version 4 with `openai/shims/web`.
type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

const clock = manualClock();
const store: MockStore = { load: async () => [], set: async () => undefined, delete: async () => undefined };
const options: MockOptions = {
  clock,
  store,
  seed: 1,
  auth: ["sk-1"],
  latency: [1, 2],
  faults: { rateLimit: 0.1 },
  failureRate: some<number | undefined>(),
  plan: ({ requests }) => ({ runSeconds: requests, wire: "openai_early" }),
  responder: async ({ body, custom_id }) => ({ status: 200, body: { id: custom_id, model: body["model"] } }),
  webhook: { url: "http://127.0.0.1", secret: "whsec_", fetch: () => new Response() },
};
const api: MockApi = createMockApi(options);
const fetch: Fetch = api.fetch;
const faults: Fault[] = ["drop", { status: 403 }];
const plan: BatchPlan = {
  created_at: 1,
  failures: [{ index: 0, cause: "timeout" }],
  errors: [{ code: "invalid_json_line", line: 1 }],
};
const batch: WireBatch = simulateBatch(plan, 2);
const name: ScenarioName = "expired_partial";
compareBatches(batch, simulateBatch(scenarios[name].plan));
// @ts-expect-error: created_at is required
simulateBatch({ requests: 1 });
// @ts-expect-error: unknown scenario
void scenarios.nothing;
void [fetch, faults];

const caught = some<unknown>();
if (isBatchPlanError(caught)) proved<Equal<typeof caught, BatchPlanError>>();

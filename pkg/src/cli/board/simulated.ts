// Simulated batches for a board without an API key, with a clock that runs fast.
import type { PlanOverrides } from "#mock";
import type { BatchApi } from "./proxy.js";

/** The speed of the clock: one day takes 6 minutes. */
export const speed = 240;
const hour = 3600;

/** The maximum number of simulated batches, because a board may stay open for weeks. */
const maxBatches = 400;

/** The batches to create, in turn. */
const demoBatches: readonly { readonly name: string; readonly requests: number; readonly plan: PlanOverrides }[] = [
  { name: "nightly summaries", requests: 400, plan: { validationSeconds: 300, runSeconds: 5 * hour } },
  {
    name: "product descriptions",
    requests: 250,
    plan: { validationSeconds: 120, runSeconds: 3 * hour, failureRate: 0.04 },
  },
  { name: "support tickets", requests: 300, plan: { validationSeconds: 200, runSeconds: 30 * hour } },
  { name: "image captions", requests: 120, plan: { validationSeconds: 100, runSeconds: 2 * hour } },
  { name: "evaluation run", requests: 500, plan: { validationSeconds: 400, runSeconds: 9 * hour, failureRate: 0.01 } },
];

/** A line of an input file. The server rejects a file that contains the same line twice. */
const line = (index: number): string =>
  JSON.stringify({
    custom_id: `request-${index}`,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model: "gpt-4o-mini", messages: [{ role: "user", content: `Sum up text ${index}.` }] },
  });

/** Creates a mock API with a history of batches. */
export async function createSimulatedApi(): Promise<BatchApi> {
  const { createMockApi } = await import("#mock");
  const started = Date.now() / 1000;
  // Creates past batches with a stopped clock, then continues fast from the current time.
  let frozenAt: number | undefined = started - 26 * hour;
  const now = () => frozenAt ?? started + (Date.now() / 1000 - started) * speed;
  const api = createMockApi({ clock: { now }, auth: false });
  const post = (path: string, init: RequestInit) =>
    api
      .fetch(`http://mock/v1${path}`, { method: "POST", ...init })
      .then((answer) => answer.json() as Promise<{ id: string }>);
  let createdCount = 0;
  let lastCreatedAt = 0;

  const create = async (lines: readonly string[], name: string, plan: PlanOverrides) => {
    const form = new FormData();
    form.set("purpose", "batch");
    form.set("file", new Blob([lines.map((text) => `${text}\n`).join("")]), "input.jsonl");
    const file = await post("/files", { body: form });
    const wanted = {
      input_file_id: file.id,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
      metadata: { description: name },
    };
    lastCreatedAt = now();
    await post("/batches", {
      headers: { "content-type": "application/json", "x-batchlight-plan": JSON.stringify(plan) },
      body: JSON.stringify(wanted),
    });
  };
  const next = () => {
    const { name, requests, plan } = demoBatches[createdCount++ % demoBatches.length]!;
    return create(
      Array.from({ length: requests }, (_, index) => line(index)),
      name,
      plan,
    );
  };

  await create([line(1), line(1)], "the same request twice", {});
  for (const hours of [26, 20, 25, 6, 2, 0.5]) {
    frozenAt = started - hours * hour;
    await next();
  }
  frozenAt = undefined;

  let creating: Promise<void> = Promise.resolve();
  /** Creates the next batch if the last one is old enough. Called for each request for the list. */
  const createWhenDue = () =>
    (creating = creating.then(async () => {
      if (createdCount < maxBatches && now() - lastCreatedAt > 3 * hour) await next();
    }));

  return {
    async request({ method, path, list }) {
      if (list) await createWhenDue();
      return api.fetch(`http://mock/v1${path}`, { method });
    },
    clock: () => ({ now: now(), speed }),
    secret: undefined,
  };
}

// Batches that nobody runs, for a board without a key: a day of theirs passes in minutes, and there is always one under
// way.
import type { PlanOverrides } from "#mock";
import type { BatchApi } from "./proxy.js";

/** How many seconds pass in one. */
export const speed = 240;
const hour = 3600;

/** The maxBatches that are ever createdCount: a board may be left open for weeks. */
const maxBatches = 400;

/** What is sent, in turn: a name, how many requests, how they fare. */
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

/** A line of an input file; one that stands twice makes the server reject the file. */
const line = (index: number): string =>
  JSON.stringify({
    custom_id: `request-${index}`,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model: "gpt-4o-mini", messages: [{ role: "user", content: `Sum up text ${index}.` }] },
  });

/** The embedded API, with some batches in it. */
export async function simulated(): Promise<BatchApi> {
  const { createMockApi } = await import("#mock");
  const started = Date.now() / 1000;
  // First a frozenAt, stood still at; then on from the present, quicker.
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
  /** A new one now and then, as long as somebody looks. */
  const createWhenDue = () =>
    (creating = creating.then(async () => {
      if (createdCount < maxBatches && now() - lastCreatedAt > 3 * hour) await next();
    }));

  return {
    async request({ method, path, list }) {
      if (list) await createWhenDue();
      return api.fetch(`http://mock/v1${path}`, { method });
    },
    now,
    secret: undefined,
  };
}

// Batches that nobody runs, for a board without a key: a day of theirs passes in minutes, and there is always one under
// way.
import type { PlanChoices } from "#mock";
import type { Source } from "./proxy.js";

/** How many seconds pass in one. */
export const speed = 240;
const hour = 3600;

/** The most that are ever made: a board may be left open for weeks. */
const most = 400;

/** What is sent, in turn: a name, how many requests, how they fare. */
const kinds: readonly { readonly name: string; readonly requests: number; readonly fate: PlanChoices }[] = [
  { name: "nightly summaries", requests: 400, fate: { validationSeconds: 300, runSeconds: 5 * hour } },
  {
    name: "product descriptions",
    requests: 250,
    fate: { validationSeconds: 120, runSeconds: 3 * hour, failureRate: 0.04 },
  },
  { name: "support tickets", requests: 300, fate: { validationSeconds: 200, runSeconds: 30 * hour } },
  { name: "image captions", requests: 120, fate: { validationSeconds: 100, runSeconds: 2 * hour } },
  { name: "evaluation run", requests: 500, fate: { validationSeconds: 400, runSeconds: 9 * hour, failureRate: 0.01 } },
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
export async function simulated(): Promise<Source> {
  const { createMockApi } = await import("#mock");
  const started = Date.now() / 1000;
  // First a past, stood still at; then on from the present, quicker.
  let past: number | undefined = started - 26 * hour;
  const now = () => past ?? started + (Date.now() / 1000 - started) * speed;
  const api = createMockApi({ clock: { now }, auth: false });
  const post = (path: string, init: RequestInit) =>
    api
      .fetch(`http://mock/v1${path}`, { method: "POST", ...init })
      .then((answer) => answer.json() as Promise<{ id: string }>);
  let made = 0;
  let last = 0;

  const create = async (lines: readonly string[], name: string, fate: PlanChoices) => {
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
    last = now();
    await post("/batches", {
      headers: { "content-type": "application/json", "x-batchlight-plan": JSON.stringify(fate) },
      body: JSON.stringify(wanted),
    });
  };
  const next = () => {
    const { name, requests, fate } = kinds[made++ % kinds.length]!;
    return create(
      Array.from({ length: requests }, (_, index) => line(index)),
      name,
      fate,
    );
  };

  await create([line(1), line(1)], "the same request twice", {});
  for (const hours of [26, 20, 25, 6, 2, 0.5]) {
    past = started - hours * hour;
    await next();
  }
  past = undefined;

  let coming: Promise<void> = Promise.resolve();
  /** A new one now and then, as long as somebody looks. */
  const goOn = () =>
    (coming = coming.then(async () => {
      if (made < most && now() - last > 3 * hour) await next();
    }));

  return {
    async ask({ method, path, list }) {
      if (list) await goOn();
      return api.fetch(`http://mock/v1${path}`, { method });
    },
    now,
    secret: undefined,
  };
}

// A simulated Batch API in the page itself: the package's mock on a fast clock, filled with batches. It sends nothing
// over the network.
import { createMockApi, type PlanOverrides } from "batchlight/mock";
import type { Api } from "./api.js";

/** How many simulated seconds pass in one real second: a day takes six minutes. */
const speed = 240;
const hour = 3600;

/**
 * The interval between two new batches, in simulated seconds, and how many are created at most: a board may stay open
 * for weeks.
 */
const newBatchInterval = 5 * hour;
const maxNewBatches = 200;

/** A batch to create: its input file, and the plan for how it runs. */
interface Template {
  readonly name: string;
  readonly endpoint: string;
  readonly body: (text: string) => object;
  readonly requests: number;
  readonly plan: PlanOverrides;
  /** How long after its creation it is cancelled, in simulated seconds. */
  readonly cancelAfter?: number;
  /** Whether each line is in the file twice: the server rejects such a file. */
  readonly duplicated?: boolean;
}

const chat = {
  endpoint: "/v1/chat/completions",
  body: (text: string) => ({ model: "gpt-4o-mini", messages: [{ role: "user", content: text }] }),
};
const responses = { endpoint: "/v1/responses", body: (text: string) => ({ model: "gpt-4.1-mini", input: text }) };
const embeddings = {
  endpoint: "/v1/embeddings",
  body: (text: string) => ({ model: "text-embedding-3-small", input: text }),
};

const templates = {
  summaries: {
    name: "nightly summaries",
    ...chat,
    requests: 320,
    plan: { validationSeconds: 300, runSeconds: 5 * hour },
  },
  descriptions: {
    name: "product descriptions",
    ...responses,
    requests: 240,
    plan: { validationSeconds: 120, runSeconds: 3 * hour, failureRate: 0.05 },
  },
  tickets: { name: "support tickets", ...chat, requests: 280, plan: { validationSeconds: 200, runSeconds: 31 * hour } },
  passages: {
    name: "passage embeddings",
    ...embeddings,
    requests: 160,
    plan: { validationSeconds: 100, runSeconds: 2 * hour },
  },
  evaluation: {
    name: "evaluation run",
    ...responses,
    requests: 400,
    plan: { validationSeconds: 400, runSeconds: 9 * hour, failureRate: 0.01 },
  },
  cancelled: {
    name: "prompt experiment",
    ...chat,
    requests: 120,
    plan: { validationSeconds: 100, runSeconds: 8 * hour, cancellingSeconds: 640 },
    cancelAfter: 3 * hour,
  },
  failing: { name: "longer contexts", ...chat, requests: 24, plan: { runSeconds: hour, failureRate: 1 } },
  duplicated: { name: "merged exports", ...chat, requests: 6, plan: { validationSeconds: 90 }, duplicated: true },
} as const satisfies Record<string, Template>;

/** The batches that exist when the page opens, with their ages in hours. */
const initialBatches: readonly (readonly [hours: number, template: Template])[] = [
  [46, templates.passages],
  [40, templates.tickets],
  [33, templates.failing],
  [30, templates.summaries],
  [27, templates.cancelled],
  [25, templates.descriptions],
  [22, templates.tickets],
  [11, templates.duplicated],
  [7.5, templates.evaluation],
  [3, templates.summaries],
  [1, templates.descriptions],
  [0.05, templates.passages],
];

/** The batches that are created while the page is open, in this order and over again. */
const newBatches: readonly Template[] = [
  templates.summaries,
  templates.evaluation,
  templates.passages,
  templates.descriptions,
  templates.duplicated,
  templates.tickets,
  templates.cancelled,
];

/** The content of an input file. */
function linesOf({ endpoint, body, requests, duplicated = false }: Template): string {
  const line = (index: number): string => {
    const id = `request-${index}`;
    const prompt = `Summarize text ${index}.`;
    return `${JSON.stringify({ custom_id: id, method: "POST", url: endpoint, body: body(prompt) })}\n`;
  };
  return Array.from({ length: requests }, (_, index) => line(duplicated ? index >> 1 : index)).join("");
}

/** Creates the API, with batches in every state. */
export async function simulatedApi(): Promise<Api> {
  const started = Date.now() / 1000;
  // The clock first stops at each past creation time; then it runs fast from the present.
  let frozenAt: number | undefined = started;
  const now = (): number => frozenAt ?? started + (Date.now() / 1000 - started) * speed;
  const api = createMockApi({ clock: { now }, auth: false, seed: 11 });
  const post = async (path: string, init: RequestInit): Promise<{ readonly id: string }> =>
    (await api.fetch(`https://simulated.invalid/v1${path}`, { method: "POST", ...init })).json();

  const create = async (template: Template): Promise<void> => {
    const form = new FormData();
    form.set("purpose", "batch");
    form.set("file", new Blob([linesOf(template)]), `${template.name.replaceAll(" ", "-")}.jsonl`);
    const { id } = await post("/files", { body: form });
    const plan = {
      ...template.plan,
      ...(template.cancelAfter !== undefined && { cancelAt: Math.floor(now()) + template.cancelAfter }),
    };
    const wanted = {
      input_file_id: id,
      endpoint: template.endpoint,
      completion_window: "24h",
      metadata: { description: template.name },
    };
    await post("/batches", {
      headers: { "content-type": "application/json", "x-batchlight-plan": JSON.stringify(plan) },
      body: JSON.stringify(wanted),
    });
  };

  for (const [hours, template] of initialBatches) {
    frozenAt = started - hours * hour;
    await create(template);
  }
  frozenAt = undefined;

  let added = 0;
  let lastAdded = started;
  let creating: Promise<void> = Promise.resolve();
  /** Creates the next new batch when it is due. Runs only when the list is requested. */
  const addBatchIfDue = (): Promise<void> =>
    (creating = creating.then(async () => {
      const template = newBatches[added % newBatches.length];
      if (!template || added >= maxNewBatches || now() - lastAdded < newBatchInterval) return;
      added += 1;
      lastAdded = now();
      await create(template);
    }));

  return {
    async fetch(path, { method, signal }) {
      if (path.startsWith("/batches?")) await addBatchIfDue();
      return api.fetch(`https://simulated.invalid/v1${path}`, { method, signal });
    },
    now,
    speed,
    owner: { kind: "simulated", where: "page" },
    remote: false,
    refreshSeconds: 5,
    requestsPerMinute: 600,
    profile: "openai",
  };
}

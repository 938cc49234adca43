// A simulated Batch API: the package's mock on a fast clock, filled with batches. The board shows it if there is no API
// key: in the page itself and behind the command. It sends nothing over the network.

/** How many simulated seconds pass in one real second: a day takes six minutes. */
export const speed = 240;
const hour = 3600;

/** Sends a request to the mock, like `fetch`. */
type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** `createMockApi` of `batchlight/mock`: the page and the command import it from different places. */
type CreateMockApi = (options: {
  readonly clock: { readonly now: () => number };
  readonly auth: false;
  readonly seed: number;
}) => { readonly fetch: Fetch };

/** The simulated API. */
export interface SimulatedApi {
  /** Requests a path below `/v1`, such as `/batches?limit=100`. */
  readonly fetch: Fetch;
  /** The simulated time, in Unix seconds. */
  readonly now: () => number;
}

/** How a batch runs: a part of the mock's `PlanOverrides`. */
interface Plan {
  readonly validationSeconds?: number;
  readonly runSeconds?: number;
  readonly cancellingSeconds?: number;
  readonly failureRate?: number;
  readonly cancelAt?: number;
}

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
  readonly plan: Plan;
  /** How long after its creation it is cancelled, in simulated seconds. */
  readonly cancelAfter?: number;
  /** Whether each line is in the file twice: the server rejects such a file. */
  readonly duplicated?: boolean;
}

const chat = {
  endpoint: "/v1/chat/completions",
  body: (text: string) => ({ model: "gpt-5.4-mini", messages: [{ role: "user", content: text }] }),
};
const responses = { endpoint: "/v1/responses", body: (text: string) => ({ model: "gpt-5.4-mini", input: text }) };
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

/** The batches that exist at the start, with their ages in hours. */
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

/** The batches that are created later, in this order and over again. */
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
export async function createSimulatedApi(createMockApi: CreateMockApi): Promise<SimulatedApi> {
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
    const plan: Plan = {
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
    async fetch(path, init) {
      if (/^\/batches(?:\?|$)/.test(path)) await addBatchIfDue();
      return api.fetch(`https://simulated.invalid/v1${path}`, init);
    },
    now,
  };
}

// Batches that nobody runs, in the page itself: a Batch API by the package's mock, on a clock that goes fast. Nothing
// leaves the page.
import { createMockApi, type PlanChoices } from "batchlight/mock";
import type { Api } from "./api.js";

/** How many seconds pass in one: a day in six minutes. */
const speed = 240;
const hour = 3600;

/** A new batch comes after so many of its hours, up to so many: a board may be left open for weeks. */
const pause = 5 * hour;
const most = 200;

/** What a batch is asked for, and how it fares. */
interface Kind {
  readonly name: string;
  readonly endpoint: string;
  readonly body: (text: string) => object;
  readonly requests: number;
  readonly fate: PlanChoices;
  /** Seconds after its creation at which it is cancelled. */
  readonly cancelAfter?: number;
  /** Whether each line stands twice: the server rejects such a file. */
  readonly doubled?: boolean;
}

const chat = {
  endpoint: "/v1/chat/completions",
  body: (text: string) => ({ model: "gpt-4o-mini", messages: [{ role: "user", content: text }] }),
};
const answers = { endpoint: "/v1/responses", body: (text: string) => ({ model: "gpt-4.1-mini", input: text }) };
const vectors = {
  endpoint: "/v1/embeddings",
  body: (text: string) => ({ model: "text-embedding-3-small", input: text }),
};

const kinds = {
  summaries: {
    name: "nightly summaries",
    ...chat,
    requests: 320,
    fate: { validationSeconds: 300, runSeconds: 5 * hour },
  },
  descriptions: {
    name: "product descriptions",
    ...answers,
    requests: 240,
    fate: { validationSeconds: 120, runSeconds: 3 * hour, failureRate: 0.05 },
  },
  tickets: { name: "support tickets", ...chat, requests: 280, fate: { validationSeconds: 200, runSeconds: 31 * hour } },
  passages: {
    name: "passage embeddings",
    ...vectors,
    requests: 160,
    fate: { validationSeconds: 100, runSeconds: 2 * hour },
  },
  evaluation: {
    name: "evaluation run",
    ...answers,
    requests: 400,
    fate: { validationSeconds: 400, runSeconds: 9 * hour, failureRate: 0.01 },
  },
  withdrawn: {
    name: "prompt experiment",
    ...chat,
    requests: 120,
    fate: { validationSeconds: 100, runSeconds: 8 * hour, cancellingSeconds: 500 },
    cancelAfter: 3 * hour,
  },
  hopeless: { name: "longer contexts", ...chat, requests: 24, fate: { runSeconds: hour, failureRate: 1 } },
  doubled: { name: "merged exports", ...chat, requests: 6, fate: { validationSeconds: 90 }, doubled: true },
} as const satisfies Record<string, Kind>;

/** What there is when the page opens, by hours of age. */
const past: readonly (readonly [hours: number, kind: Kind])[] = [
  [46, kinds.passages],
  [40, kinds.tickets],
  [33, kinds.hopeless],
  [30, kinds.summaries],
  [27, kinds.withdrawn],
  [25, kinds.descriptions],
  [22, kinds.tickets],
  [11, kinds.doubled],
  [7.5, kinds.evaluation],
  [3, kinds.summaries],
  [1, kinds.descriptions],
  [0.05, kinds.passages],
];

/** What comes, in turn. */
const coming: readonly Kind[] = [
  kinds.summaries,
  kinds.evaluation,
  kinds.passages,
  kinds.descriptions,
  kinds.doubled,
  kinds.tickets,
  kinds.withdrawn,
];

/** The lines of an input file. */
function linesOf({ endpoint, body, requests, doubled = false }: Kind): string {
  const line = (index: number): string => {
    const id = `request-${index}`;
    const prompt = `What does text ${index} say?`;
    return `${JSON.stringify({ custom_id: id, method: "POST", url: endpoint, body: body(prompt) })}\n`;
  };
  return Array.from({ length: requests }, (_, index) => line(doubled ? index >> 1 : index)).join("");
}

/** The API, with batches of every fate in it. */
export async function simulated(): Promise<Api> {
  const started = Date.now() / 1000;
  // First a past, stood still at; then on from the present, quicker.
  let still: number | undefined = started;
  const now = (): number => still ?? started + (Date.now() / 1000 - started) * speed;
  const api = createMockApi({ clock: { now }, auth: false, seed: 11 });
  const post = async (path: string, init: RequestInit): Promise<{ readonly id: string }> =>
    (await api.fetch(`https://simulated.invalid/v1${path}`, { method: "POST", ...init })).json();

  const create = async (kind: Kind): Promise<void> => {
    const form = new FormData();
    form.set("purpose", "batch");
    form.set("file", new Blob([linesOf(kind)]), `${kind.name.replaceAll(" ", "-")}.jsonl`);
    const { id } = await post("/files", { body: form });
    const plan = {
      ...kind.fate,
      ...(kind.cancelAfter !== undefined && { cancelAt: Math.floor(now()) + kind.cancelAfter }),
    };
    const wanted = {
      input_file_id: id,
      endpoint: kind.endpoint,
      completion_window: "24h",
      metadata: { description: kind.name },
    };
    await post("/batches", {
      headers: { "content-type": "application/json", "x-batchlight-plan": JSON.stringify(plan) },
      body: JSON.stringify(wanted),
    });
  };

  for (const [hours, kind] of past) {
    still = started - hours * hour;
    await create(kind);
  }
  still = undefined;

  let made = 0;
  let last = started;
  let creating: Promise<void> = Promise.resolve();
  /** A new one now and then, as long as somebody looks. */
  const goOn = (): Promise<void> =>
    (creating = creating.then(async () => {
      const kind = coming[made % coming.length];
      if (!kind || made >= most || now() - last < pause) return;
      made += 1;
      last = now();
      await create(kind);
    }));

  return {
    async fetch(path, { method, signal }) {
      if (path.startsWith("/batches?")) await goOn();
      return api.fetch(`https://simulated.invalid/v1${path}`, { method, signal });
    },
    now,
    speed,
    owner: { kind: "simulated", where: "page" },
    remote: false,
    every: 5,
    perMinute: 600,
    profile: "openai",
  };
}

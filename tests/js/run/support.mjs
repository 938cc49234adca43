// Runs against the package's own mock: its files, a clock that sleeping moves, and what the server has billed.
import { createMockApi, manualClock } from "batchlight/mock";
import { memoryStore, runBatch } from "batchlight/run";

/** The line of a request. */
export const request = (id, model = "gpt-5.4-mini") =>
  JSON.stringify({
    custom_id: id,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model, messages: [{ role: "user", content: `Say ${id}.` }] },
  });

/** A file with a number of requests. */
export const fileOf = (count, from = 0) =>
  Array.from({ length: count }, (_, at) => `${request(`q-${from + at}`)}\n`).join("");

/** How many turns of the event loop the program gets before the time moves on. */
const turns = 5;

/** A clock that moves to the end of the earliest sleep as soon as the program has nothing else to do. */
function movingClock(time) {
  const sleepers = new Set();
  let isMoving = false;
  const move = async () => {
    isMoving = true;
    while (sleepers.size > 0) {
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      const [next] = [...sleepers].sort((a, b) => a.until - b.until);
      if (!next) break;
      if (next.until > time.now()) time.set(next.until);
      next.wake();
    }
    isMoving = false;
  };
  return {
    now: time.now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return void resolve();
        const sleeper = {
          until: time.now() + milliseconds / 1000,
          wake: () => {
            sleepers.delete(sleeper);
            signal.removeEventListener("abort", sleeper.wake);
            resolve();
          },
        };
        signal.addEventListener("abort", sleeper.wake, { once: true });
        if (milliseconds === Infinity) return;
        sleepers.add(sleeper);
        if (!isMoving) void move();
      }),
  };
}

/** Batches that end after few polls. */
const quick = { validationSeconds: 5, runSeconds: 60, finalizingSeconds: 5, cancellingSeconds: 60 };

/**
 * A server whose clock the program's sleeps move.
 *
 * @param {import("batchlight/mock").MockOptions} options
 */
export function server({ plan = {}, ...options } = {}) {
  const time = manualClock(1_764_000_000);
  const planOf = (batch) => ({ ...quick, ...(typeof plan === "function" ? plan(batch) : plan) });
  const api = createMockApi({ clock: time, log: () => undefined, plan: planOf, ...options });
  return { api, clock: movingClock(time), time };
}

/** All objects of a list of the server, newest first. */
export async function listOf(api, path) {
  const headers = { authorization: "Bearer any" };
  const all = [];
  for (let after = ""; ; ) {
    const response = await api.fetch(`http://mock/v1/${path}?limit=100${after && `&after=${after}`}`, { headers });
    const page = await response.json();
    all.push(...page.data);
    if (!page.has_more) return all;
    after = page.data.at(-1).id;
  }
}

/** The bytes of a file of the server, as lines. */
export async function linesOf(api, id) {
  const response = await api.fetch(`http://mock/v1/files/${id}/content`, { headers: { authorization: "Bearer any" } });
  const text = await response.text();
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** How often each request was run by a batch of the server: what is billed. */
export async function billed(api) {
  const runs = new Map();
  for (const batch of await listOf(api, "batches")) {
    if (batch.status === "failed") continue;
    for (const { custom_id } of await linesOf(api, batch.input_file_id))
      runs.set(custom_id, (runs.get(custom_id) ?? 0) + 1);
  }
  return runs;
}

/** Runs a file to its end. */
export const runAll = (source, { api, clock }, options = {}) =>
  runBatch(source, {
    apiKey: "any",
    baseURL: "http://mock/v1",
    fetch: api.fetch,
    clock,
    store: memoryStore(),
    ...options,
  });

/** The results of a run as objects. */
export async function resultsOf(result) {
  const text = await new Response(result.results()).text();
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

export { memoryStore };

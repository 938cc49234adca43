// The board as the installed command serves it, in front of a mock of the Batch API that tests control.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMockApi, manualClock } from "batchlight/mock";
import { serveLocally } from "../../../scripts/local-server.mjs";
import { stopClock, advanceUntil, settle } from "./batches-support.mjs";
import { boardTest } from "./support.mjs";

/** An HTTP server with the mock of the Batch API, whose responses a test can replace. */
class Upstream {
  /** The requests received, such as `GET /v1/batches?limit=100`. */
  requests = [];
  /** Returns a response in place of the mock; for `undefined` the mock responds. */
  answer;
  #api;
  #server = serveLocally(async (request, response) => {
    this.requests.push(`${request.method} ${request.url}`);
    const answer =
      (await this.answer?.(request)) ??
      (await this.#api.fetch(`http://api${request.url}`, {
        method: request.method,
        headers: { authorization: request.headers.authorization },
      }));
    if (response.destroyed) return;
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });

  /** The base URL of the API. */
  async url() {
    return `${(await this.#server).origin}/v1`;
  }

  async close() {
    (await this.#server).close();
  }

  /** Resets the mock, with `count` batches that were created two hours ago. */
  async reset({ count = 0, plan, answer }) {
    // The command sends the machine's time to the page.
    const now = Math.floor(Date.now() / 1000);
    const clock = manualClock(now - 7200);
    this.#api = createMockApi({ clock, seed: 3 });
    if (count > 0) await create(this.#api, count, plan);
    clock.set(now);
    this.answer = answer;
    this.requests = [];
  }
}

const line = (index) =>
  JSON.stringify({
    custom_id: `r-${index}`,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model: "gpt-5.4-mini", messages: [{ role: "user", content: "Name a prime." }] },
  });

async function create(api, count, plan = {}) {
  const authorization = "Bearer any";
  const form = new FormData();
  form.set("purpose", "batch");
  form.set("file", new Blob([[line(1), line(2), ""].join("\n")]), "input.jsonl");
  const file = await (
    await api.fetch("http://api/v1/files", { method: "POST", headers: { authorization }, body: form })
  ).json();
  const body = JSON.stringify({ input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" });
  for (let made = 0; made < count; made += 1)
    await api.fetch("http://api/v1/batches", {
      method: "POST",
      headers: { authorization, "content-type": "application/json", "x-batchlight-plan": JSON.stringify(plan) },
      body,
    });
}

/** Starts `batchlight board`: returns the process, and a function that returns an unused link. */
export async function startCommand(baseUrl, options = [], key = "sk-0123456789") {
  const installed = join(process.env.BATCHLIGHT_PROJECT, "node_modules", "batchlight");
  const { bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const { NODE_OPTIONS, FORCE_COLOR, ...env } = process.env;
  const child = spawn(process.execPath, [join(installed, bin.batchlight), "board", "--port", "0", ...options], {
    cwd: tmpdir(),
    env: { ...env, OPENAI_API_KEY: key, OPENAI_BASE_URL: baseUrl },
  });
  let printed = "";
  const links = () => [...printed.matchAll(/http:\S+token=\S+(?=\s)/g)].map(([link]) => link);
  let used = 0;
  // Each link works for one browser; the command prints the next link when it is used.
  const nextLink = () =>
    new Promise((resolve, reject) => {
      const index = used++;
      const look = () => links().length > index && resolve(links()[index]);
      for (const stream of [child.stdout, child.stderr]) stream.on("data", look);
      child.on("exit", (code) => reject(new Error(`the command ended with ${code}: ${printed}`)));
      look();
    });
  for (const stream of [child.stdout, child.stderr]) stream.prependListener("data", (chunk) => (printed += chunk));
  return { child, nextLink };
}

/**
 * A test of the board as the command serves it, on a clock that is stopped until a test advances it.
 *
 * - `upstream`: the API behind the command.
 * - `batches`: the initial state: the number of batches and their plan, or a function that responds instead of the
 *   mock.
 */
export const commandTest = boardTest.extend({
  upstream: [
    async ({}, use) => {
      const upstream = new Upstream();
      await use(upstream);
      await upstream.close();
    },
    { scope: "worker" },
  ],
  nextLink: [
    async ({ upstream }, use) => {
      const { child, nextLink } = await startCommand(await upstream.url());
      await use(nextLink);
      child.kill();
    },
    { scope: "worker" },
  ],
  address: async ({ nextLink }, use) => use(await nextLink()),
  hash: ["", { option: true }],
  ready: [".connection", { option: true }],
  batches: [{ count: 0 }, { option: true }],
  prepare: async ({ upstream, batches }, use) =>
    use(async (page) => {
      await upstream.reset(batches);
      await stopClock(page);
    }),
  settle: async ({ ready }, use) => use((page) => settle(page, ready)),
});

/** An error response of the API. */
export const error = (status, message, headers = {}) =>
  Response.json({ error: { message, type: "server_error", param: null, code: null } }, { status, headers });

/** Waits for the effect of a network response, while the clock of the page advances only slightly. */
export const until = (page, holds) => advanceUntil(page, holds, { within: 8, step: 0.02 });

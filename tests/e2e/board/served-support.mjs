// The board as the installed command serves it, with a mock of the Batch API behind it that a test fills and disturbs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMockApi, manualClock } from "batchlight/mock";
import { holdTime, passUntil, settle } from "./live-support.mjs";
import { boardTest } from "./support.mjs";

/** An HTTP server that answers as the Batch API does, or as a test says. */
class Upstream {
  /** The requests so far, such as `GET /v1/batches?limit=100`. */
  requests = [];
  /** Answers instead of the mock; the mock answers what it returns nothing for. */
  answer;
  #api;
  #server = createServer(async (request, response) => {
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

  async listen() {
    await once(this.#server.listen(0, "127.0.0.1"), "listening");
    return `http://127.0.0.1:${this.#server.address().port}/v1`;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Starts anew, with `count` batches that were created two hours ago. */
  async reset({ count = 0, plan, answer }) {
    // The command tells the page the machine's time.
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
    body: { model: "gpt-4o-mini", messages: [{ role: "user", content: "Name a prime." }] },
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

/** Starts `batchlight board`: the process, and a function that gives a link that nobody has used yet. */
async function startCommand(baseUrl) {
  const installed = join(process.env.BATCHLIGHT_PROJECT, "node_modules", "batchlight");
  const { bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const { NODE_OPTIONS, FORCE_COLOR, ...env } = process.env;
  const child = spawn(process.execPath, [join(installed, bin.batchlight), "board", "--port", "0"], {
    cwd: tmpdir(),
    env: { ...env, OPENAI_API_KEY: "sk-0123456789", OPENAI_BASE_URL: baseUrl },
  });
  let printed = "";
  const links = () => [...printed.matchAll(/http:\S+token=\S+(?=\s)/g)].map(([link]) => link);
  let used = 0;
  // Each link lets one browser in; the next one is printed when it is used.
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
 * A test of the board as the command serves it, on a clock that stands still until it is moved.
 *
 * - `upstream`: the API behind the command.
 * - `batches`: what it starts with: how many batches and their plan, or an answer instead of the mock's.
 */
export const servedTest = boardTest.extend({
  upstream: [
    async ({}, use) => {
      const upstream = new Upstream();
      await use(upstream);
      upstream.close();
    },
    { scope: "worker" },
  ],
  nextLink: [
    async ({ upstream }, use) => {
      const { child, nextLink } = await startCommand(await upstream.listen());
      await use(nextLink);
      child.kill();
    },
    { scope: "worker" },
  ],
  address: async ({ nextLink }, use) => use(await nextLink()),
  hash: ["", { option: true }],
  ready: [".standing", { option: true }],
  batches: [{ count: 0 }, { option: true }],
  prepare: async ({ upstream, batches }, use) =>
    use(async (page) => {
      await upstream.reset(batches);
      await holdTime(page);
    }),
  settle: async ({ ready }, use) => use((page) => settle(page, ready)),
});

/** An error as the API answers it. */
export const error = (status, message, headers = {}) =>
  Response.json({ error: { message, type: "server_error", param: null, code: null } }, { status, headers });

/** Waits for what an answer over the network brings about; the page's own time moves only by moments. */
export const until = (page, holds) => passUntil(page, holds, { within: 8, step: 0.02 });

// Serves the package's mock to `batchlight run`, so that a test can act at each request: before the mock handles it,
// after the mock has handled it but before the response is sent, and after the response was sent.
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createMockApi } from "batchlight/mock";

/** How fast the mock's time runs. Waits of minutes pass within milliseconds. */
const speed = 50_000;

/**
 * A request as a hook sees it, and a hook. `index` counts the requests from 0.
 *
 * @typedef {{ method: string, path: string, index: number, headers: import("node:http").IncomingHttpHeaders }} Seen
 * @typedef {(moment: "before" | "handled" | "answered", seen: Seen) => boolean | void} Hook true breaks the connection
 */

/**
 * Serves a mock on any free port.
 *
 * @param {object} [options] the options of the mock, `hook`, and whether responses have the headers of the mock's clock
 */
export async function serveRuns({ hook = () => undefined, sendsClock = true, ...options } = {}) {
  const api = createMockApi({ speed, log: () => undefined, ...options });
  const state = { hook: /** @type {Hook} */ (hook), count: 0 };
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => void outgoing.destroy());
  });
  async function handle(incoming, outgoing) {
    const { method, url, headers } = incoming;
    const seen = { method, path: url.split("?")[0], index: state.count++, headers };
    if (state.hook("before", seen)) return void outgoing.destroy();
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const response = await api.fetch(
      new Request(`http://127.0.0.1${url}`, {
        method,
        headers,
        ...(method === "POST" && { body: Buffer.concat(chunks) }),
      }),
    );
    if (state.hook("handled", seen)) return void outgoing.destroy();
    outgoing.writeHead(response.status, {
      ...Object.fromEntries(response.headers),
      ...(sendsClock && { "batchlight-now": api.clock.now().toFixed(3), "batchlight-speed": String(speed) }),
    });
    if (response.body) await pipeline(Readable.fromWeb(/** @type {any} */ (response.body)), outgoing);
    else outgoing.end();
    state.hook("answered", seen);
  }
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}/v1`;
  return {
    url,
    api,
    env: { OPENAI_API_KEY: "any", OPENAI_BASE_URL: url },
    /** Replaces the hook and counts requests from 0 again. */
    setHook(next) {
      state.hook = next;
      state.count = 0;
    },
    close() {
      server.closeAllConnections();
      server.close();
      api.close();
    },
  };
}

/** The kind of a request: upload, create, list, retrieve, content or cancel. */
export function kindOf({ method, path }) {
  if (path === "/v1/files") return "upload";
  if (path === "/v1/batches") return method === "POST" ? "create" : "list";
  if (path.endsWith("/content")) return "content";
  return path.endsWith("/cancel") ? "cancel" : "retrieve";
}

/** Reads the server's lists and files without its faults: in this process, behind the hooks. */
async function read(api, path) {
  for (;;) {
    const response = await api
      .fetch(`http://mock/v1/${path}`, { headers: { authorization: "Bearer any" } })
      .catch(() => undefined);
    if (response?.ok) return response;
  }
}

/** All batches of the server, newest first. */
export async function batchesOf(api) {
  const all = [];
  for (let after = ""; ; ) {
    const page = await (await read(api, `batches?limit=100${after && `&after=${after}`}`)).json();
    all.push(...page.data);
    if (!page.has_more) return all;
    after = page.data.at(-1).id;
  }
}

const parsed = (text) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/**
 * What the server has billed: for each request the number of batches that ran it, and the number of its successes.
 * Batches that failed validation ran nothing.
 */
export async function billOf(api) {
  const bill = new Map();
  const keys = new Map();
  for (const batch of await batchesOf(api)) {
    const key = batch.metadata?.batchlight_run;
    keys.set(key, (keys.get(key) ?? 0) + 1);
    if (batch.status === "failed") continue;
    for (const { custom_id } of parsed(await (await read(api, `files/${batch.input_file_id}/content`)).text())) {
      const entry = bill.get(custom_id) ?? { runs: 0, successes: 0 };
      entry.runs++;
      bill.set(custom_id, entry);
    }
    if (!batch.output_file_id) continue;
    for (const { custom_id } of parsed(await (await read(api, `files/${batch.output_file_id}/content`)).text()))
      bill.get(custom_id).successes++;
  }
  return { bill, doubled: [...keys].filter(([, count]) => count > 1).map(([key]) => key) };
}

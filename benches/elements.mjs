// Measures lists in Chromium, by its trace: a thousand batches that all change at once, and ten thousand that appear and
// are scrolled from the first to the last.
import { readFileSync } from "node:fs";
import { launchChromium } from "../scripts/chromium.mjs";
import { framesOf, traced } from "../scripts/frames.mjs";
import { serveLocally } from "../scripts/local-server.mjs";
import { at } from "../scripts/process.mjs";
import { median, table } from "./tables.mjs";

const rows = 1000;
const rounds = 15;
const frame = 1000 / 60;

const imports = { batchlight: "/dist/index.js" };
const html = `<!doctype html><title>elements</title><script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">import "/dist/elements-define.js"; globalThis.ready = true;</script><batch-list></batch-list>`;

/** Measures, prints a table and returns the results. */
export async function measureElements() {
  const { origin, close } = await serveLocally(serve);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${origin}/`);
    await page.waitForFunction(() => globalThis.ready);
    const measured = { "all appear": [], "all change": [], "a tenth changes": [] };
    for (let round = 0; round <= rounds; round++) {
      // First an empty list is filled, then all rows change, then a few.
      await page.evaluate(() => document.querySelector("batch-list").replaceWith(document.createElement("batch-list")));
      for (const [name, share] of [
        ["all appear", 1],
        ["all change", 1],
        ["a tenth changes", 10],
      ]) {
        let until = 0;
        const events = await traced(page, async () => {
          until = await page.evaluate(update, { rows, share, round });
        });
        if (round > 0) measured[name].push({ until, ...framesOf(events) });
      }
    }
    const version = browser.version();
    const medians = Object.entries(measured).map(([name, turns]) => ({ name, turns, ...mediansOf(turns) }));
    const number = (value) => value.toFixed(1);
    table(
      `<batch-list> with ${rows.toLocaleString("en")} rows in Chromium ${version}: ` +
        `milliseconds, medians of ${rounds} turns; a frame has ${number(frame)}`,
      ["", "frames", "scripts, longest frame", "scripts, mean frame", "style to paint, longest", "until all are shown"],
      medians.map(({ name, frames, longest, mean, drawing, until }) => [
        name,
        Math.round(frames),
        number(longest),
        number(mean),
        number(drawing),
        Math.round(until),
      ]),
    );
    return { version, rows, ...Object.fromEntries(medians.map(({ name, ...numbers }) => [name, numbers])) };
  } finally {
    await browser.close();
    close();
  }
}

/** @param {({ until: number } & ReturnType<typeof framesOf>)[]} turns */
const mediansOf = (turns) => {
  const names = /** @type {(keyof (typeof turns)[0])[]} */ (Object.keys(turns[0]));
  const medians = names.map((name) => [name, median(turns.map((turn) => turn[name]))]);
  return /** @type {(typeof turns)[0]} */ (Object.fromEntries(medians));
};

/** Runs in the page. Sets new batches and waits until all of them are shown. */
async function update({ rows, share, round }) {
  const list = document.querySelector("batch-list");
  const before = /** @type {readonly unknown[]} */ (list.batches ?? []);
  const start = 1_800_000_000;
  const made = (index) => ({
    ...{
      id: `batch_${index}`,
      object: "batch",
      endpoint: "/v1/responses",
      input_file_id: "file-1",
      completion_window: "24h",
      status: "in_progress",
    },
    ...{ created_at: start + index, expires_at: start + 86_400 + index, in_progress_at: start + 60 + index },
    request_counts: {
      total: 1000,
      completed: 100 + ((round * 13 + before.length + index) % 700),
      failed: (round + index) % 3,
    },
  });
  list.now = start + 7200;
  await list.updateComplete;
  const next = Array.from({ length: rows }, (_, index) =>
    before[index] && index % share ? before[index] : made(index),
  );
  await new Promise((wake) => setTimeout(wake, 100));
  const from = performance.now();
  list.batches = next;
  await list.updateComplete;
  while (list.shadowRoot.querySelector("[aria-busy]")) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - from;
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
function serve({ url }, response) {
  const script = { "content-type": "text/javascript" };
  if (url === "/") response.writeHead(200, { "content-type": "text/html" }).end(html);
  else if (/^\/dist\/[\w-]+\.js$/.test(url)) response.writeHead(200, script).end(readFileSync(at("pkg", url)));
  else response.writeHead(404).end();
}

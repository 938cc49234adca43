// Measures when Chromium first paints a page of a hundred badges, and the same page with plain `<span>`s: as HTML from a
// server, and written by a script. The time is that of Chromium's trace, from the navigation to the first contentful
// paint; the pages contain nothing else, so that this is the paint of the badges.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { findChromium, switches } from "../scripts/chromium.mjs";
import { traced } from "../scripts/frames.mjs";
import { at } from "../scripts/process.mjs";
import { median, table, times } from "./tables.mjs";

const badges = 100;
const rounds = 25;
/** How much slower the processor is made, so that the work exceeds the length of one frame. */
const slowdown = 4;

const now = 1_800_007_200;
const batches = Array.from({ length: badges }, (_, index) => ({
  ...{ id: `batch_${index}`, object: "batch", endpoint: "/v1/responses", input_file_id: "file-1" },
  ...{ completion_window: "24h", created_at: 1_800_000_000 + index, expires_at: 1_800_086_400 + index },
  ...(index % 2
    ? { status: "completed", completed_at: 1_800_003_600 + index, output_file_id: "file-2" }
    : { status: "in_progress", in_progress_at: 1_800_000_060 + index }),
  request_counts: { total: 1000, completed: 900 + index, failed: index % 3 },
}));

/** The pages, of which each pair is compared. */
async function pagesOf() {
  const { renderBatch } = await import(pathToFileURL(at("pkg", "dist", "elements.js")).href);
  const { describeBatch } = await import(pathToFileURL(at("pkg", "dist", "index.js")).href);
  const items = (text) => `<ul>${batches.map((batch) => `<li>${text(batch)}</li>`).join("\n")}</ul>`;
  const spans = items((batch) => `<span class="badge">${describeBatch(batch, { now }).label}</span>`);
  const json = JSON.stringify(batches);
  const map = '<script type="importmap">{ "imports": { "batchlight": "/dist/index.js" } }</script>';
  const define = '<script type="module" src="/dist/elements-status.js"></script>';
  const byScript = (code) => `<ul></ul><script type="module">
${code}
const list = document.querySelector("ul");
for (const batch of ${json}) list.appendChild(document.createElement("li")).append(shown(batch));
</script>`;
  return {
    "HTML, spans": spans,
    "HTML, badges": `${map}${define}${items((batch) => renderBatch(batch, { element: "batch-status", now }))}`,
    "script, spans": byScript(`
const shown = ({ status }) => Object.assign(document.createElement("span"), { className: "badge", textContent: status });`),
    "script, badges": `${map}${byScript(`import "/dist/elements-status.js";
const shown = (batch) => Object.assign(document.createElement("batch-status"), { batch, now: ${now} });`)}`,
  };
}

/** Measures, prints a table and returns the results. */
export async function measureBadges() {
  const pages = Object.entries(await pagesOf());
  const server = createServer((request, response) => serve(pages, request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const browser = await chromium.launch({ executablePath: await findChromium(), args: switches });
  const milliseconds = pages.map(() => []);
  try {
    for (let round = 0; round <= rounds; round++)
      for (const index of pages.keys()) {
        const spent = await firstPaint(browser, `http://127.0.0.1:${port}/${index}`);
        if (round > 0) milliseconds[index].push(spent);
      }
    const medians = milliseconds.map(median);
    const ratios = medians.map((time, index) => time / medians[index - (index % 2)]);
    table(
      `First paint of ${badges} badges in Chromium ${browser.version()}, with a processor ${slowdown} times slower: ` +
        `median of ${rounds} turns`,
      ["", "ms", "x spans"],
      pages.map(([name], index) => [name, medians[index].toFixed(1), times(ratios[index])]),
    );
    return Object.fromEntries(
      pages.map(([name], index) => [
        name,
        { median: medians[index], ratio: ratios[index], all: milliseconds[index] },
      ]),
    );
  } finally {
    await browser.close();
    server.close();
  }
}

/** Opens a page in a context without a cache, and returns the milliseconds until its first contentful paint. */
async function firstPaint(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    const events = await traced(page, async () => {
      await page.goto(address);
      await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    });
    const paint = events.find(({ name }) => name === "firstContentfulPaint");
    const start = events.find(
      ({ name, args }) => name === "navigationStart" && args.data?.navigationId === paint?.args.data?.navigationId,
    );
    if (!start) throw new Error("expected navigationStart and firstContentfulPaint in the trace");
    return (paint.ts - start.ts) / 1000;
  } finally {
    await context.close();
  }
}

/**
 * @param {[string, string][]} pages
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
function serve(pages, { url }, response) {
  const [name, body] = pages[Number(url.slice(1))] ?? [];
  if (body) {
    const head = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title>
<style>ul { list-style: none; columns: 4; } .badge { border: 1px solid; border-radius: 1em; padding: 0 0.5em; }</style>`;
    return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(`${head}${body}`);
  }
  if (!/^\/dist\/[\w-]+\.js$/.test(url)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": "text/javascript" }).end(readFileSync(at("pkg", url)));
}

// Measures when Chromium first paints a table of a hundred batches with badges, and the same table with `<span>`s: as
// HTML from a server, and written by a script. Two more pages show what a badge costs: spans that also have its icon,
// and badges without their styles. The time is that of Chromium's trace, from the navigation to the first contentful
// paint, and the processor time of the page's thread until then, which depends less on what else runs.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { launchChromium } from "../scripts/chromium.mjs";
import { traced } from "../scripts/frames.mjs";
import { mediaTypeOf, serveLocally } from "../scripts/local-server.mjs";
import { at } from "../scripts/process.mjs";
import { block, quartiles } from "./document.mjs";
import { median, spread, table, times } from "./tables.mjs";

const badges = 100;
const rounds = 31;

const now = 1_800_007_200;
const batches = Array.from({ length: badges }, (_, index) => ({
  ...{ id: `batch_${index}`, object: "batch", endpoint: "/v1/responses", input_file_id: "file-1" },
  ...{ completion_window: "24h", created_at: 1_800_000_000 + index, expires_at: 1_800_086_400 + index },
  ...(index % 2
    ? { status: "completed", completed_at: 1_800_003_600 + index, output_file_id: "file-2" }
    : { status: "in_progress", in_progress_at: 1_800_000_060 + index }),
  request_counts: { total: 1000, completed: 900 + index, failed: index % 3 },
}));

/** The pages. Each is compared with the page of spans before it. */
async function pagesOf() {
  const { renderBatch } = await import(pathToFileURL(at("pkg", "dist", "elements.js")).href);
  const { describeBatch } = await import(pathToFileURL(at("pkg", "dist", "index.js")).href);
  const cells = ({ id, endpoint, request_counts: { completed, total } }) =>
    `<td><a href="#${id}">${id}</a></td><td>${endpoint}</td><td>${completed} of ${total}</td>`;
  const table = (status) =>
    `<table>${batches.map((batch) => `<tr><td>${status(batch)}</td>${cells(batch)}</tr>`).join("\n")}</table>`;
  const span = (batch, icon = "") => `<span class="badge">${icon}${describeBatch(batch, { now }).label}</span>`;
  const badge = (batch) => renderBatch(batch, { element: "batch-status", now });
  const iconOf = (batch) => /<svg.*?<\/svg>/s.exec(badge(batch))?.[0];
  const map = '<script type="importmap">{ "imports": { "batchlight": "/dist/index.js" } }</script>';
  const define = '<script type="module" src="/dist/elements-status.js"></script>';
  const byScript = (code) => `<table></table><script type="module">
${code}
const cells = ${cells};
for (const batch of ${JSON.stringify(batches)}) {
  const row = document.querySelector("table").insertRow();
  row.innerHTML = cells(batch);
  row.insertCell(0).append(shown(batch));
}
</script>`;
  return {
    "HTML, spans": table((batch) => span(batch)),
    "HTML, spans with the icon": table((batch) => span(batch, iconOf(batch))),
    "HTML, badges without styles": table((batch) => badge(batch).replace(/<style>.*?<\/style>/s, "")),
    "HTML, badges": table(badge),
    "HTML, badges and their module": `${map}${define}${table(badge)}`,
    "script, spans": byScript(`
const shown = ({ status }) =>
  Object.assign(document.createElement("span"), { className: "badge", textContent: status });`),
    "script, badges": `${map}${byScript(`import "/dist/elements-status.js";
const shown = (batch) => Object.assign(document.createElement("batch-status"), { batch, now: ${now} });`)}`,
  };
}

/** Measures, prints a table and returns the results and the blocks of the document. */
export async function measureBadges() {
  const pages = Object.entries(await pagesOf());
  const { origin, close } = await serveLocally((request, response) => serve(pages, request, response));
  const browser = await launchChromium();
  const turns = pages.map(() => []);
  try {
    for (let round = 0; round <= rounds; round++)
      for (const index of pages.keys()) {
        const turn = await firstPaint(browser, `${origin}/${index}`);
        if (round > 0) turns[index].push(turn);
      }
    const results = pages.map(([name], index) => {
      const spans = pages.findLastIndex(([each], before) => before <= index && each.endsWith(", spans"));
      const ratioOf = (of) => median(turns[index].map(of)) / median(turns[spans].map(of));
      return {
        name,
        milliseconds: median(turns[index].map(({ painted }) => painted)),
        ratio: ratioOf(({ painted }) => painted),
        processor: median(turns[index].map(({ processor }) => processor)),
        processorRatio: ratioOf(({ processor }) => processor),
        turns: turns[index],
      };
    });
    table(
      `First paint of a table with ${badges} badges in Chromium ${browser.version()}: median of ${rounds} turns`,
      ["", "ms", "x spans", "processor, ms", "x spans"],
      results.map(({ name, milliseconds, ratio, processor, processorRatio }) => [
        name,
        ...[milliseconds.toFixed(1), times(ratio), processor.toFixed(1), times(processorRatio)],
      ]),
    );
    return { measured: results, blocks: { badges: blockOf(results, browser.version()) } };
  } finally {
    await browser.close();
    close();
  }
}

const blockOf = (results, version) =>
  block(
    [`Chromium ${version}`, quartiles(rounds)],
    [
      [`table of ${badges} batches`, "first paint, ms", "x spans", "processor, ms", "x spans"],
      ...results.map(({ name, ratio, processorRatio, turns }) => [
        name,
        spread(turns.map(({ painted }) => painted)),
        times(ratio),
        spread(turns.map(({ processor }) => processor)),
        times(processorRatio),
      ]),
    ],
  );

/**
 * Opens a page in a context without a cache. Returns the milliseconds until its first contentful paint, and those that
 * its thread has used the processor until then.
 */
async function firstPaint(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    const events = await traced(page, async () => {
      await page.goto(address);
      await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    });
    const paint = events.find(({ name }) => name === "firstContentfulPaint");
    const start = events.find(
      ({ name, args }) => name === "navigationStart" && args.data?.navigationId === paint?.args.data?.navigationId,
    );
    if (!start) throw new Error("expected navigationStart and firstContentfulPaint in the trace");
    let processor = 0;
    let end = 0;
    // Events contain other events: only the outermost of them counts.
    for (const { ts, dur = 0, tdur = 0 } of events
      .filter(({ ph, pid, tid, ts }) => ph === "X" && pid === paint.pid && tid === paint.tid && ts >= start.ts)
      .sort((a, b) => a.ts - b.ts || b.dur - a.dur)) {
      if (ts < end || ts > paint.ts) continue;
      end = ts + dur;
      processor += tdur / 1000;
    }
    return { painted: (paint.ts - start.ts) / 1000, processor };
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
<style>table { width: 100%; } .badge { border: 1px solid; border-radius: 1em; padding: 0 0.5em; }</style>`;
    return response.writeHead(200, { "content-type": mediaTypeOf(".html") }).end(`${head}${body}`);
  }
  if (!/^\/dist\/[\w-]+\.js$/.test(url)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": mediaTypeOf(url) }).end(readFileSync(at("pkg", url)));
}

// Measures lists in Chromium, by its trace: a thousand batches that all change at once, and ten thousand that appear
// and are scrolled from the first to the last.
import { readFileSync } from "node:fs";
import { launchChromium } from "../scripts/chromium.mjs";
import { framesOf, traced } from "../scripts/frames.mjs";
import { serveLocally } from "../scripts/local-server.mjs";
import { at } from "../scripts/process.mjs";
import { block, quartiles } from "./document.mjs";
import { median, spread, table } from "./tables.mjs";

const rows = 1000;
const rounds = 15;
const longRows = 10_000;
const longRounds = 3;
const scrollSteps = 300;
const frame = 1000 / 60;

const imports = { batchlight: "/dist/index.js" };
const html = `<!doctype html><title>elements</title><script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">import "/dist/elements-define.js"; globalThis.ready = true;</script><batch-list></batch-list>`;

/** Measures, prints tables and returns the results and the blocks of the document. */
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
          ({ until } = await page.evaluate(update, { rows, share, round }));
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
    const long = await measureLongList(browser, `${origin}/`);
    return {
      measured: { version, rows: measured, long },
      blocks: { elements: rowsBlock(version, measured), list: longBlock(version, long) },
    };
  } finally {
    await browser.close();
    close();
  }
}

/** A list that appears, and is scrolled from the first to the last row, in a new page for each round. */
async function measureLongList(browser, url) {
  const turns = [];
  for (let round = 0; round <= longRounds; round++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(url);
    await page.waitForFunction(() => globalThis.ready);
    let times = { first: 0, until: 0 };
    const fill = await traced(page, async () => {
      times = await page.evaluate(update, { rows: longRows, share: 1, round });
    });
    const scroll = await traced(page, () => page.evaluate(scrollToEnd, scrollSteps));
    const scrolled = framesOf(scroll, "tdur");
    turns.push({ ...times, fill: framesOf(fill, "tdur").longest, ...scrolled });
    await page.close();
  }
  turns.shift();
  const columns = longColumns(turns, 1);
  table(
    `<batch-list> with ${longRows.toLocaleString("en")} rows: milliseconds, medians of ${longRounds} pages`,
    ["", "ms"],
    columns,
  );
  return turns;
}

const longColumns = (turns, digits) =>
  Object.entries({
    "first rows": "first",
    "all rows described": "until",
    "scripts of a frame until then, longest": "fill",
    "scripts of a frame while scrolling, longest": "longest",
    "scripts of a frame while scrolling, mean": "mean",
    "style to paint of a frame while scrolling, longest": "drawing",
  }).map(([label, name]) => [
    label,
    spread(
      turns.map((turn) => turn[name]),
      digits,
    ),
  ]);

const longBlock = (version, turns) =>
  block(
    [`Chromium ${version}`, quartiles(longRounds, "pages"), "frames by processor time"],
    [[`list of ${longRows.toLocaleString("en")} batches`, "ms"], ...longColumns(turns, 1)],
  );

const rowsBlock = (version, measured) =>
  block(
    [`Chromium ${version}`, `milliseconds, ${quartiles(rounds)}`],
    [
      [
        `list of ${rows.toLocaleString("en")} batches`,
        "scripts of a frame, longest",
        "scripts, mean",
        "style to paint, longest",
        "until all are shown",
      ],
      ...Object.entries(measured).map(([name, turns]) => [
        name,
        ...["longest", "mean", "drawing"].map((column) =>
          spread(
            turns.map((turn) => turn[column]),
            1,
          ),
        ),
        spread(turns.map(({ until }) => until)),
      ]),
    ],
  );

/** Runs in the page. Scrolls to the end, one step in each frame. */
async function scrollToEnd(steps) {
  const page = document.scrollingElement;
  const end = page.scrollHeight - page.clientHeight;
  for (let step = 1; step <= steps; step += 1) {
    page.scrollTop = (end * step) / steps;
    await new Promise(requestAnimationFrame);
  }
}

/** @param {({ until: number } & ReturnType<typeof framesOf>)[]} turns */
const mediansOf = (turns) => {
  const names = /** @type {(keyof (typeof turns)[0])[]} */ (Object.keys(turns[0]));
  const medians = names.map((name) => [name, median(turns.map((turn) => turn[name]))]);
  return /** @type {(typeof turns)[0]} */ (Object.fromEntries(medians));
};

/**
 * Runs in the page. Sets new batches. Returns the milliseconds until the frame after the one with the first rows, and
 * until all batches are shown.
 */
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
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  const first = performance.now() - from;
  if (!list.shadowRoot.querySelector(".row")) throw new Error("expected the first rows in the first update");
  while (list.shadowRoot.querySelector("[aria-busy]")) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return { first, until: performance.now() - from };
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

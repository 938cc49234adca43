// The board on an API that forgets batches, and on one whose answers hold values that nobody can show.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { switches } from "../../scripts/chromium.mjs";
import { serve } from "../cli/board-support.mjs";

const created = Math.floor(Date.now() / 1000) - 600;
const batch = (id, more = {}) => ({
  id,
  object: "batch",
  endpoint: "/v1/chat/completions",
  input_file_id: "file-in",
  completion_window: "24h",
  status: "in_progress",
  created_at: created,
  in_progress_at: created + 30,
  expires_at: created + 86_400,
  request_counts: { total: 10, completed: 4, failed: 0 },
  ...more,
});

/** What the API has, what it lists of that, what it says of a file, how long it is busy, and what it was asked. */
let there = [];
let listed = [];
let file = { id: "file-in" };
let busy;
let asked = [];
const upstream = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  if (busy) return response.writeHead(429, { "retry-after": busy }).end("{}");
  const send = (status, value) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  const { pathname } = new URL(request.url, "http://api");
  if (pathname === "/v1/batches") return send(200, { object: "list", data: listed, has_more: false });
  if (pathname.startsWith("/v1/files/")) return send(200, file);
  const found = there.find(({ id }) => pathname === `/v1/batches/${id}`);
  return found ? send(200, found) : send(404, { error: { message: "No such batch." } });
});

let browser;
let board;
let opened = 0;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: switches });
  await new Promise((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  board = await serve({
    OPENAI_API_KEY: "sk-0123456789",
    OPENAI_BASE_URL: `http://127.0.0.1:${upstream.address().port}/v1`,
  });
});
after(async () => {
  await browser?.close();
  upstream.close();
  upstream.closeAllConnections();
});

/** Opens the board on batches that the API has and lists; fails when the page throws. */
async function onBoard(batches, work) {
  there = listed = batches;
  asked = [];
  const page = await browser.newPage();
  const thrown = [];
  page.on("pageerror", ({ message }) => thrown.push(message));
  try {
    await page.goto((await board.link(opened++)).href);
    await page.locator("batch-list [part~=row]").first().waitFor();
    await work(page);
    assert.deepEqual(thrown, []);
  } finally {
    await page.close();
  }
}

const row = (page, id) => page.locator(`batch-list [data-key=${id}]`);
const checkNow = (page) => page.getByRole("button", { name: "Check now" }).click();

test("a running batch that the API forgot is shown as gone, cannot be cancelled, and does not count as running", () =>
  onBoard([batch("batch_kept"), batch("batch_forgotten")], async (page) => {
    assert.match(await page.title(), /^2 under way/);
    await row(page, "batch_forgotten").click();
    await page.locator("button.cancel").waitFor();
    there = listed = [batch("batch_kept")];
    await checkNow(page);
    await page.getByText("This batch is no longer listed by the API.").waitFor();
    const text = await page.locator("board-detail").innerText();
    assert.match(text, /last seen as Running: 4 of 10 requests finished.*cannot be followed or cancelled any more/);
    assert.equal(await page.locator("button.cancel").count(), 0);
    assert.equal(await page.locator("board-detail batch-card").count(), 0);
    assert.equal(await row(page, "batch_forgotten").count(), 0);
    assert.match(
      await page.locator(".gone-batches").innerText(),
      /1 batch no longer listed by the API\s+batch_forgotten last seen as Running/,
    );
    await page.getByRole("button", { name: "All batches" }).click();
    await page.waitForFunction(() => document.title.startsWith("1 under way"));
    await page.locator(".gone-batches a").click();
    await page.getByRole("link", { name: "Where it stands in the lifecycle" }).click();
    await page.locator(".chosen").waitFor();
    assert.match(await page.locator(".chosen").innerText(), /no longer listed by the API/);
    assert.equal(await page.locator(".chosen batch-status").count(), 0);
  }));

test("a forgotten batch that comes back is running again", () =>
  onBoard([batch("batch_kept"), batch("batch_back")], async (page) => {
    there = listed = [batch("batch_kept")];
    await checkNow(page);
    await page.locator(".gone-batches").waitFor();
    there = listed = [batch("batch_kept"), batch("batch_back")];
    await checkNow(page);
    await row(page, "batch_back").waitFor();
    assert.equal(await page.locator(".gone-batches").count(), 0);
  }));

test("a batch that is only missing in the list stays as it is, and is not asked for after every list", () =>
  onBoard([batch("batch_kept"), batch("batch_unlisted")], async (page) => {
    listed = [batch("batch_kept")];
    const lists = () => asked.filter((one) => one.startsWith("GET /v1/batches?")).length;
    for (let time = 0; time < 3; time++) {
      const before = lists();
      await checkNow(page);
      while (lists() === before) await page.waitForTimeout(5);
      await page.getByText("Last checked just now").waitFor();
    }
    assert.equal(await row(page, "batch_unlisted").count(), 1);
    assert.equal(await page.locator(".gone-batches").count(), 0);
    assert.ok(asked.filter((one) => one === "GET /v1/batches/batch_unlisted").length <= 2, asked.join());
  }));

test("timestamps, sizes and labels that are absurd are shown as unknown, and break nothing", () => {
  const absurd = [1e18, -1e18, 1e308, -1, 0.5, 9e15];
  file = { id: "file-in", filename: "in.jsonl", bytes: -5, created_at: 1e18, expires_at: 1e18 };
  const strange = absurd.map((at, index) =>
    batch(`batch_${index}`, {
      created_at: at,
      in_progress_at: at,
      expires_at: at,
      request_counts: { total: at, completed: at, failed: at },
      metadata: { label: { toString: 1, valueOf: 1 }, list: [at] },
      usage: { input_tokens: at, output_tokens: at, total_tokens: at },
    }),
  );
  return onBoard([batch("batch_good"), ...strange], async (page) => {
    for (const { id } of listed) {
      await row(page, id).click();
      await page.locator("board-detail batch-card").waitFor();
      await page.locator("board-detail .batch-files .size").getByText("size not told, until an unknown date").waitFor();
    }
    assert.match(await page.locator("board-detail .batch-facts").innerText(), /label\s+\{"toString":1,"valueOf":1\}/);
    await row(page, "batch_good").click();
    await page.locator("board-detail batch-card").getByRole("heading", { name: "Running" }).waitFor();
  });
});

test("a server that asks for a pause without end is not asked again and again", async () => {
  busy = "1e18";
  asked = [];
  const page = await browser.newPage();
  try {
    await page.clock.install();
    await page.goto((await board.link(opened++)).href);
    await page.getByText("The batches could not be had.").waitFor();
    for (let minute = 0; minute < 10; minute++) await page.clock.runFor(60_000);
    await page.waitForLoadState("networkidle");
    assert.equal(asked.length, 1, asked.join());
  } finally {
    busy = undefined;
    await page.close();
  }
});

// The board as the command serves it, on an API that is slow, empty, refusing, broken or hostile: what is said, and
// what can be done.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before } from "node:test";
import { createMockApi, manualClock } from "batchlight/mock";
import { serve } from "../cli/board-support.mjs";
import { holdTime, isThere, open, pass, passUntil, rows, settle } from "./live-support.mjs";
import { keepPicture, pageTest } from "./support.mjs";

// The command tells the page what time it is: the machine's.
const seconds = Math.floor(Date.now() / 1000);

/** What the API does in place of answering as it would; nothing when it answers. */
let instead;
/** The API, made anew by each test that needs it. */
let api;
let asked = [];

const upstream = createServer(async (request, response) => {
  asked.push(`${request.method} ${request.url}`);
  const other = await instead?.(request, response);
  if (response.headersSent || response.destroyed) return;
  const answer =
    other ??
    (await api.fetch(`http://api${request.url}`, {
      method: request.method,
      headers: { authorization: request.headers.authorization },
    }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
});
const error = (status, message, headers = {}) =>
  Response.json({ error: { message, type: "server_error", param: null, code: null } }, { status, headers });

/** The board, how many of its links were used, as each lets one browser in, and the one of the present test. */
let board;
let opened = 0;
let link;
before(async () => {
  await new Promise((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  board = await serve({
    OPENAI_API_KEY: "sk-0123456789",
    OPENAI_BASE_URL: `http://127.0.0.1:${upstream.address().port}/v1`,
  });
});
after(() => {
  upstream.close();
  upstream.closeAllConnections();
});

/** A test on the board with an API that `make` fills; `answer` stands in for it from the beginning. */
function servedTest(name, { make = async () => undefined, answer, ready = ".standing", ...options }, work) {
  const prepare = async (page) => {
    const clock = manualClock(seconds - 7200);
    api = createMockApi({ clock, seed: 3 });
    await make(api);
    clock.set(seconds);
    instead = answer;
    asked = [];
    link = (await board.link(opened++)).href;
    await holdTime(page);
  };
  pageTest(
    name,
    { ...options, prepare, settle: (page) => settle(page, ready) },
    { hash: "", ready, at: () => link },
    work,
  );
}

/**
 * Waits for what takes real time, as a request over the network does, while the page's own stands still but for
 * moments.
 */
async function until(page, holds) {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds()) return;
    await page.clock.runFor(20);
    await new Promise((wake) => setTimeout(wake, 10));
  }
  assert.fail(`it did not come about: ${await page.locator("main").innerText()}`);
}

const authorization = "Bearer any";
const line = (index) =>
  JSON.stringify({
    custom_id: `r-${index}`,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model: "gpt-4o-mini", messages: [{ role: "user", content: "Name a prime." }] },
  });

/** Creates batches, so many. */
async function create(api, many, plan = {}) {
  const form = new FormData();
  form.set("purpose", "batch");
  form.set("file", new Blob([[line(1), line(2), ""].join("\n")]), "input.jsonl");
  const file = await (
    await api.fetch("http://api/v1/files", { method: "POST", headers: { authorization }, body: form })
  ).json();
  const body = JSON.stringify({ input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" });
  for (let made = 0; made < many; made += 1)
    await api.fetch("http://api/v1/batches", {
      method: "POST",
      headers: { authorization, "content-type": "application/json", "x-batchlight-plan": JSON.stringify(plan) },
      body,
    });
}
const says = async (page, text) => (await page.locator("main").innerText()).includes(text);

servedTest(
  "while the first answer is awaited it says so, and of an empty list what to do",
  { answer: () => new Promise(() => undefined) },
  async (page) => {
    assert.match(await page.locator(".standing").innerText(), /^Asking for the batches/);
    assert.equal(await page.locator("batch-list").count(), 0);
    instead = undefined;
    // The answer that never begins is given up after half a minute, and asked for again.
    await page.clock.runFor(31_000);
    await until(page, () => says(page, "the answer did not come in time"));
    await page.getByRole("button", { name: "Check now" }).click();
    await until(page, () => says(page, "There are no batches yet."));
    assert.match(
      await page.locator(".live-head").innerText(),
      /Your batches\s+At 127\.0\.0\.1:\d+\. The key stays with the command/,
    );
    await keepPicture(page, "empty");
    await page.getByRole("link", { name: "check it" }).click();
    await page.waitForFunction(() => location.hash === "#/files");
  },
);

servedTest(
  "a refusal is told in the API's words, with what to do, until it is none",
  { expected: /401/, answer: () => error(401, "Incorrect API key provided."), make: (api) => create(api, 1) },
  async (page) => {
    await until(page, () => says(page, "The batches could not be had."));
    const banner = await page.locator(".banner").innerText();
    await keepPicture(page, "refused");
    assert.match(banner, /Incorrect API key provided\./);
    assert.match(banner, /Check OPENAI_API_KEY where batchlight board was started/);
    assert.match(banner, /Asked again in \d+ (seconds|minutes)\./);
    instead = undefined;
    await page.getByRole("button", { name: "Check now" }).click();
    await until(page, async () => (await isThere(page, "batch-list [part~=row]")) && !(await isThere(page, ".banner")));
  },
);

servedTest(
  "what is old says how old it is, and is asked for later each time, no sooner than the API wants",
  { expected: /500|429/, make: (api) => create(api, 1, { validationSeconds: 1, runSeconds: 60 }) },
  async (page) => {
    await until(page, () => isThere(page, "batch-list [part~=row]"));
    instead = () => error(500, "The server had an error.");
    await pass(page, 125, 5);
    await until(page, () => says(page, "Not up to date: this is as of 2 minutes ago."));
    await keepPicture(page, "stale");
    assert.match(await page.locator(".banner").innerText(), /The server had an error\./);
    assert.match(await page.locator(".checked").innerText(), /^Last checked 2 minutes ago$/);
    assert.equal((await rows(page)).length, 1, "what was known stays");
    instead = () => error(429, "Slow down.", { "retry-after": "600" });
    await page.getByRole("button", { name: "Check now" }).click();
    await until(page, () => says(page, "Slow down."));
    assert.match(await page.locator(".banner").innerText(), /Asked again in 10 minutes\./);
    const before = asked.filter((each) => each.includes("?limit")).length;
    await page.clock.runFor(590_000);
    assert.equal(asked.filter((each) => each.includes("?limit")).length, before);
    instead = undefined;
    await page.clock.runFor(15_000);
    await until(page, async () => !(await isThere(page, ".banner")));
  },
);

servedTest(
  "offline, it says so and asks for nothing; online again, it asks at once",
  { make: (api) => create(api, 1) },
  async (page) => {
    await until(page, () => isThere(page, "batch-list [part~=row]"));
    await page.context().setOffline(true);
    await until(page, () => says(page, "You are offline."));
    await page.clock.runFor(180_000);
    const before = asked.length;
    await page.clock.runFor(180_000);
    assert.equal(asked.length, before);
    assert.match(await page.locator(".standing").innerText(), /^Offline, last checked 6 minutes ago/);
    assert.ok(await page.getByRole("button", { name: "Check now" }).isDisabled());
    await keepPicture(page, "offline");
    await page.context().setOffline(false);
    await until(page, async () => !(await isThere(page, ".banner")) && asked.length > before);
  },
);

servedTest(
  "a list of many pages is loaded page by page, each batch once",
  { make: (api) => create(api, 230, { validationSeconds: 1, runSeconds: 60 }) },
  async (page) => {
    await until(page, () => isThere(page, "batch-list [part~=row]"));
    const shown = async () => new Set((await rows(page)).map(({ id }) => id)).size;
    for (const many of [200, 230]) {
      await page.getByRole("button", { name: "Load older ones" }).click();
      await until(page, async () => (await shown()) === many);
    }
    assert.equal(await page.getByRole("button", { name: "Load older ones" }).count(), 0);
    assert.equal((await rows(page)).length, 230);
  },
);

servedTest(
  "running batches are followed within one budget, and a cancel that is refused says why",
  { expected: /409|404/, make: (api) => create(api, 12, { validationSeconds: 1, runSeconds: 80_000 }) },
  async (page) => {
    // Its time is the test's own here: the command tells the machine's.
    await page.route("**/v1/**", async (route) => {
      const response = await route.fetch();
      const { "batchlight-now": _, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    await page.reload();
    await until(page, () => isThere(page, "batch-list [part~=row]"));
    assert.equal((await rows(page)).length, 12);
    const from = asked.length;
    await pass(page, 300, 5);
    const single = asked.slice(from).filter((each) => /^GET \/v1\/batches\/\w+$/.test(each));
    assert.ok(single.length >= 12 && single.length <= 5 * 60 + 10, `${single.length} in five minutes`);
    assert.equal(new Set(single).size, 12);
    const [{ id }] = await rows(page);
    await open(page, id);
    instead = ({ method }) =>
      method === "POST" ? error(409, "Cannot cancel a batch with status 'completed'.") : undefined;
    await page.keyboard.press("x");
    await page.getByRole("dialog").getByRole("button", { name: "Cancel the batch" }).click();
    await until(page, () => says(page, "It was not cancelled."));
    assert.ok(await says(page, "Cannot cancel a batch with status 'completed'."));
    // One that is gone is not asked for any more; the others are.
    instead = ({ url }) => (url.endsWith(id) ? error(404, "No batch found.") : undefined);
    await passUntil(page, () => says(page, "It is not followed any more."), { within: 900, step: 5 });
    const later = asked.length;
    await pass(page, 600, 10);
    const others = asked.slice(later).filter((each) => /^GET \/v1\/batches\/\w+$/.test(each));
    assert.ok(others.length >= 11 && !others.some((each) => each.endsWith(id)), others.join());
  },
);

const hostile = '<img src=x onerror="document.title=1">\u202e';
const strange = [
  {
    id: `batch_${"x".repeat(10_000)}`,
    object: "batch",
    endpoint: hostile,
    status: hostile,
    created_at: seconds - 60,
    input_file_id: hostile,
    completion_window: hostile,
    metadata: { [hostile]: hostile },
  },
  {
    id: "batch_failed",
    object: "batch",
    endpoint: "/v1/responses",
    status: "failed",
    created_at: seconds - 60,
    failed_at: seconds - 50,
    input_file_id: hostile,
    completion_window: "24h",
    errors: { object: "list", data: [{ code: hostile, message: hostile, param: hostile, line: 1 }] },
    metadata: { [hostile]: hostile },
  },
  { status: "completed" },
  "no batch at all",
  null,
];

servedTest(
  "what strangers wrote is text, however long or odd",
  {
    expected: /404/,
    viewport: { width: 360, height: 800 },
    answer: ({ url }) =>
      url.includes("?limit") ? Response.json({ object: "list", data: strange, has_more: false }) : error(404, hostile),
  },
  async (page) => {
    await until(page, () => isThere(page, "batch-list [part~=row]"));
    assert.equal((await rows(page)).length, strange.length);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    await open(page, "batch_failed");
    await until(page, () => isThere(page, ".batch-files .gone"));
    assert.equal(await page.locator("main img").count(), 0);
    assert.ok((await page.locator("board-detail").innerText()).includes("<img src=x"));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    const loose = await page.locator("board-detail").evaluate((detail) => {
      const outside = [];
      const walker = document.createTreeWalker(detail, NodeFilter.SHOW_TEXT);
      while (walker.nextNode())
        if (walker.currentNode.data.includes("\u202e") && !walker.currentNode.parentElement.closest("bdi, pre"))
          outside.push(walker.currentNode.data);
      return outside;
    });
    assert.deepEqual(loose, []);
    assert.notEqual(await page.title(), "1");
  },
);

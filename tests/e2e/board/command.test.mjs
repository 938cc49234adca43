// The board as the command serves it, on an API that is slow, empty, rejecting, broken or hostile: what it shows, and
// what the user can do.
import assert from "node:assert/strict";
import { isThere, open, advance, advanceUntil, rows } from "./batches-support.mjs";
import { error, commandTest, until } from "./command-support.mjs";
import { saveScreenshot } from "./support.mjs";

const says = async (page, text) => (await page.locator("main").innerText()).includes(text);

commandTest.describe(() => {
  commandTest.use({ batches: { answer: () => new Promise(() => undefined) } });
  commandTest("shows that the list is loading, and what to do when it is empty", async ({ page, upstream }) => {
    assert.match(await page.locator(".connection").innerText(), /^Loading…/);
    assert.equal(await page.locator("batch-list").count(), 0);
    upstream.answer = undefined;
    // A request without a response is aborted after 30 seconds and then retried.
    await page.clock.runFor(31_000);
    await until(page, () => says(page, "No response within 30 seconds."));
    await page.getByRole("button", { name: "Retry" }).click();
    await until(page, () => says(page, "No batches yet."));
    assert.match(
      await page.locator(".live-head").innerText(),
      /Your batches\s+From 127\.0\.0\.1:\d+\. Your API key never reaches the browser\./,
    );
    await saveScreenshot(page, "empty");
    await page.getByRole("link", { name: "check a file" }).click();
    await page.waitForFunction(() => location.hash === "#/files");
  });
});

commandTest.describe(() => {
  commandTest.use({
    expected: /401/,
    batches: { count: 1, answer: () => error(401, "Incorrect API key provided.") },
  });
  commandTest(
    "a rejected request shows the API's message and how to fix it, until one succeeds",
    async ({ page, upstream }) => {
      await until(page, () => says(page, "Couldn’t load batches."));
      const banner = await page.locator(".banner").innerText();
      await saveScreenshot(page, "rejected-key");
      assert.match(banner, /Incorrect API key provided\./);
      assert.match(banner, /Check OPENAI_API_KEY where you started batchlight board/);
      assert.match(banner, /Retrying in \d+ (s|min)\./);
      upstream.answer = undefined;
      await page.getByRole("button", { name: "Retry" }).click();
      await until(
        page,
        async () => (await isThere(page, "batch-list [part~=row]")) && !(await isThere(page, ".banner")),
      );
    },
  );
});

commandTest.describe(() => {
  commandTest.use({ expected: /500|429/, batches: { count: 1, plan: { validationSeconds: 1, runSeconds: 60 } } });
  commandTest("stale data shows its age, and retries back off and respect Retry-After", async ({ page, upstream }) => {
    await until(page, () => isThere(page, "batch-list [part~=row]"));
    upstream.answer = () => error(500, "The server had an error.");
    await advance(page, 125, 5);
    await until(page, () => says(page, "Couldn’t refresh; showing data from 2 minutes ago."));
    await saveScreenshot(page, "stale");
    assert.match(await page.locator(".banner").innerText(), /The server had an error\./);
    assert.match(await page.locator(".checked").innerText(), /^Updated 2 minutes ago$/);
    assert.equal((await rows(page)).length, 1, "the list disappeared");
    upstream.answer = () => error(429, "Slow down.", { "retry-after": "600" });
    await page.getByRole("button", { name: "Refresh" }).click();
    await until(page, () => says(page, "Slow down."));
    assert.match(await page.locator(".banner").innerText(), /Retrying in 10 min\./);
    const before = upstream.requests.filter((each) => each.includes("?limit")).length;
    await page.clock.runFor(590_000);
    assert.equal(upstream.requests.filter((each) => each.includes("?limit")).length, before);
    upstream.answer = undefined;
    await page.clock.runFor(15_000);
    await until(page, async () => !(await isThere(page, ".banner")));
  });
});

commandTest.describe(() => {
  commandTest.use({ batches: { count: 1 } });
  commandTest("offline, the page sends no requests; online again, it refreshes at once", async ({ page, upstream }) => {
    await until(page, () => isThere(page, "batch-list [part~=row]"));
    await page.context().setOffline(true);
    await until(page, () => says(page, "You are offline."));
    await page.clock.runFor(180_000);
    const before = upstream.requests.length;
    await page.clock.runFor(180_000);
    assert.equal(upstream.requests.length, before);
    assert.match(await page.locator(".connection").innerText(), /^Offline, updated 6 minutes ago/);
    assert.ok(await page.getByRole("button", { name: "Refresh" }).isDisabled());
    await saveScreenshot(page, "offline");
    await page.context().setOffline(false);
    await until(page, async () => !(await isThere(page, ".banner")) && upstream.requests.length > before);
  });
});

commandTest.describe(() => {
  commandTest.use({ batches: { count: 230, plan: { validationSeconds: 1, runSeconds: 60 } } });
  commandTest("older batches are loaded page by page, each once", async ({ page }) => {
    await until(page, () => isThere(page, "batch-list [part~=row]"));
    const shown = async () => new Set((await rows(page)).map(({ id }) => id)).size;
    for (const many of [200, 230]) {
      await page.getByRole("button", { name: "Load older" }).click();
      await until(page, async () => (await shown()) === many);
    }
    assert.equal(await page.getByRole("button", { name: "Load older" }).count(), 0);
    assert.equal((await rows(page)).length, 230);
  });
});

commandTest.describe(() => {
  commandTest.use({ expected: /409|404/, batches: { count: 12, plan: { validationSeconds: 1, runSeconds: 80_000 } } });
  commandTest(
    "running batches are polled within one rate limit, and a rejected cancellation shows why",
    async ({ page, upstream }) => {
      // Without this header the page uses the clock of the test instead of the machine's.
      await page.route("**/v1/**", async (route) => {
        const response = await route.fetch();
        const { "batchlight-now": _, ...headers } = response.headers();
        await route.fulfill({ response, headers });
      });
      await page.reload();
      await until(page, () => isThere(page, "batch-list [part~=row]"));
      assert.equal((await rows(page)).length, 12);
      const from = upstream.requests.length;
      await advance(page, 300, 5);
      const single = upstream.requests.slice(from).filter((each) => /^GET \/v1\/batches\/\w+$/.test(each));
      assert.ok(single.length >= 12 && single.length <= 5 * 60 + 10, `${single.length} in five minutes`);
      assert.equal(new Set(single).size, 12);
      const [{ id }] = await rows(page);
      await open(page, id);
      upstream.answer = ({ method }) =>
        method === "POST" ? error(409, "Cannot cancel a batch with status 'completed'.") : undefined;
      await page.keyboard.press("x");
      await page.getByRole("dialog").getByRole("button", { name: "Cancel batch" }).click();
      await until(page, () => says(page, "Couldn’t cancel."));
      assert.ok(await says(page, "Cannot cancel a batch with status 'completed'."));
      // A batch that no longer exists is not polled again; the others are.
      upstream.answer = ({ url }) => (url.endsWith(id) ? error(404, "No batch found.") : undefined);
      await advanceUntil(page, () => says(page, "No longer updating."), { within: 900, step: 5 });
      const later = upstream.requests.length;
      await advance(page, 600, 10);
      const others = upstream.requests.slice(later).filter((each) => /^GET \/v1\/batches\/\w+$/.test(each));
      assert.ok(others.length >= 11 && !others.some((each) => each.endsWith(id)), others.join());
    },
  );
});

const seconds = Math.floor(Date.now() / 1000);
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

commandTest.describe(() => {
  commandTest.use({
    expected: /404/,
    viewport: { width: 360, height: 800 },
    batches: {
      answer: ({ url }) =>
        url.includes("?limit")
          ? Response.json({ object: "list", data: strange, has_more: false })
          : error(404, hostile),
    },
  });
  commandTest("text from other people is shown as text, whatever it contains", async ({ page }) => {
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
  });
});

/** 250 completed batches, the newest first, of which an old one has a name of its own. */
const history = Array.from({ length: 250 }, (_, index) => ({
  id: `batch_${index}`,
  object: "batch",
  endpoint: "/v1/responses",
  status: "completed",
  created_at: 1_790_000_000 - index * 3600,
  completed_at: 1_790_000_600 - index * 3600,
  input_file_id: `file-${index}`,
  output_file_id: `file-out-${index}`,
  completion_window: "24h",
  request_counts: { total: 1, completed: 1, failed: 0 },
  metadata: index === 240 ? { name: "needle in the past" } : null,
}));

const pagesOf = (request) => {
  const { pathname, searchParams } = new URL(request.url, "http://api");
  if (pathname === "/v1/files")
    return Response.json({ object: "list", data: [{ id: "file-3", filename: "march.jsonl" }] });
  const from = history.findIndex(({ id }) => id === searchParams.get("after")) + 1;
  return Response.json({
    object: "list",
    data: history.slice(from, from + 100),
    has_more: from + 100 < history.length,
  });
};

commandTest.describe(() => {
  commandTest.use({ ready: "batch-list [part~=row]", batches: { answer: pagesOf } });
  commandTest("a search loads older batches by itself, and finds the names of files", async ({ page, upstream }) => {
    const lists = () => upstream.requests.filter((each) => each.startsWith("GET /v1/batches?")).length;
    assert.equal(lists(), 1);
    await page.getByRole("searchbox", { name: "Find" }).fill("march");
    await until(page, async () => (await page.locator("batch-list [part~=row]").count()) === 1);
    assert.match(await page.locator("batch-list [part~=row]").innerText(), /^march\.jsonl/);
    await page.getByRole("searchbox", { name: "Find" }).fill("needle past");
    await until(page, () => isThere(page, 'batch-list [data-key="batch_240"]'));
    assert.match(await page.locator("batch-list [part~=row]").innerText(), /^needle in the past/);
    assert.equal(await page.evaluate(() => location.hash), "#/?find=needle+past");
  });
});

// The board as the command serves it, on an API that is slow, empty, refusing, broken or hostile: what is said, and
// what can be done.
import assert from "node:assert/strict";
import { isThere, open, pass, passUntil, rows } from "./live-support.mjs";
import { error, servedTest, until } from "./served-support.mjs";
import { keepPicture } from "./support.mjs";

const says = async (page, text) => (await page.locator("main").innerText()).includes(text);

servedTest.describe(() => {
  servedTest.use({ batches: { answer: () => new Promise(() => undefined) } });
  servedTest(
    "while the first answer is awaited it says so, and of an empty list what to do",
    async ({ page, upstream }) => {
      assert.match(await page.locator(".standing").innerText(), /^Asking for the batches/);
      assert.equal(await page.locator("batch-list").count(), 0);
      upstream.answer = undefined;
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
});

servedTest.describe(() => {
  servedTest.use({
    expected: /401/,
    batches: { count: 1, answer: () => error(401, "Incorrect API key provided.") },
  });
  servedTest("a refusal is told in the API's words, with what to do, until it is none", async ({ page, upstream }) => {
    await until(page, () => says(page, "The batches could not be had."));
    const banner = await page.locator(".banner").innerText();
    await keepPicture(page, "refused");
    assert.match(banner, /Incorrect API key provided\./);
    assert.match(banner, /Check OPENAI_API_KEY where batchlight board was started/);
    assert.match(banner, /Asked again in \d+ (seconds|minutes)\./);
    upstream.answer = undefined;
    await page.getByRole("button", { name: "Check now" }).click();
    await until(page, async () => (await isThere(page, "batch-list [part~=row]")) && !(await isThere(page, ".banner")));
  });
});

servedTest.describe(() => {
  servedTest.use({ expected: /500|429/, batches: { count: 1, plan: { validationSeconds: 1, runSeconds: 60 } } });
  servedTest(
    "what is old says how old it is, and is asked for later each time, no sooner than the API wants",
    async ({ page, upstream }) => {
      await until(page, () => isThere(page, "batch-list [part~=row]"));
      upstream.answer = () => error(500, "The server had an error.");
      await pass(page, 125, 5);
      await until(page, () => says(page, "Not up to date: this is as of 2 minutes ago."));
      await keepPicture(page, "stale");
      assert.match(await page.locator(".banner").innerText(), /The server had an error\./);
      assert.match(await page.locator(".checked").innerText(), /^Last checked 2 minutes ago$/);
      assert.equal((await rows(page)).length, 1, "what was known stays");
      upstream.answer = () => error(429, "Slow down.", { "retry-after": "600" });
      await page.getByRole("button", { name: "Check now" }).click();
      await until(page, () => says(page, "Slow down."));
      assert.match(await page.locator(".banner").innerText(), /Asked again in 10 minutes\./);
      const before = upstream.requests.filter((each) => each.includes("?limit")).length;
      await page.clock.runFor(590_000);
      assert.equal(upstream.requests.filter((each) => each.includes("?limit")).length, before);
      upstream.answer = undefined;
      await page.clock.runFor(15_000);
      await until(page, async () => !(await isThere(page, ".banner")));
    },
  );
});

servedTest.describe(() => {
  servedTest.use({ batches: { count: 1 } });
  servedTest("offline, it says so and asks for nothing; online again, it asks at once", async ({ page, upstream }) => {
    await until(page, () => isThere(page, "batch-list [part~=row]"));
    await page.context().setOffline(true);
    await until(page, () => says(page, "You are offline."));
    await page.clock.runFor(180_000);
    const before = upstream.requests.length;
    await page.clock.runFor(180_000);
    assert.equal(upstream.requests.length, before);
    assert.match(await page.locator(".standing").innerText(), /^Offline, last checked 6 minutes ago/);
    assert.ok(await page.getByRole("button", { name: "Check now" }).isDisabled());
    await keepPicture(page, "offline");
    await page.context().setOffline(false);
    await until(page, async () => !(await isThere(page, ".banner")) && upstream.requests.length > before);
  });
});

servedTest.describe(() => {
  servedTest.use({ batches: { count: 230, plan: { validationSeconds: 1, runSeconds: 60 } } });
  servedTest("a list of many pages is loaded page by page, each batch once", async ({ page }) => {
    await until(page, () => isThere(page, "batch-list [part~=row]"));
    const shown = async () => new Set((await rows(page)).map(({ id }) => id)).size;
    for (const many of [200, 230]) {
      await page.getByRole("button", { name: "Load older ones" }).click();
      await until(page, async () => (await shown()) === many);
    }
    assert.equal(await page.getByRole("button", { name: "Load older ones" }).count(), 0);
    assert.equal((await rows(page)).length, 230);
  });
});

servedTest.describe(() => {
  servedTest.use({ expected: /409|404/, batches: { count: 12, plan: { validationSeconds: 1, runSeconds: 80_000 } } });
  servedTest(
    "running batches are followed within one budget, and a cancel that is refused says why",
    async ({ page, upstream }) => {
      // Its time is the test's own here: the command tells the machine's.
      await page.route("**/v1/**", async (route) => {
        const response = await route.fetch();
        const { "batchlight-now": _, ...headers } = response.headers();
        await route.fulfill({ response, headers });
      });
      await page.reload();
      await until(page, () => isThere(page, "batch-list [part~=row]"));
      assert.equal((await rows(page)).length, 12);
      const from = upstream.requests.length;
      await pass(page, 300, 5);
      const single = upstream.requests.slice(from).filter((each) => /^GET \/v1\/batches\/\w+$/.test(each));
      assert.ok(single.length >= 12 && single.length <= 5 * 60 + 10, `${single.length} in five minutes`);
      assert.equal(new Set(single).size, 12);
      const [{ id }] = await rows(page);
      await open(page, id);
      upstream.answer = ({ method }) =>
        method === "POST" ? error(409, "Cannot cancel a batch with status 'completed'.") : undefined;
      await page.keyboard.press("x");
      await page.getByRole("dialog").getByRole("button", { name: "Cancel the batch" }).click();
      await until(page, () => says(page, "It was not cancelled."));
      assert.ok(await says(page, "Cannot cancel a batch with status 'completed'."));
      // One that is gone is not asked for any more; the others are.
      upstream.answer = ({ url }) => (url.endsWith(id) ? error(404, "No batch found.") : undefined);
      await passUntil(page, () => says(page, "It is not followed any more."), { within: 900, step: 5 });
      const later = upstream.requests.length;
      await pass(page, 600, 10);
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

servedTest.describe(() => {
  servedTest.use({
    expected: /404/,
    viewport: { width: 360, height: 800 },
    batches: {
      answer: ({ url }) =>
        url.includes("?limit")
          ? Response.json({ object: "list", data: strange, has_more: false })
          : error(404, hostile),
    },
  });
  servedTest("what strangers wrote is text, however long or odd", async ({ page }) => {
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

// The list of batches: names, filters, saved views, handled batches, links to low rows, title and icon of the tab.
import assert from "node:assert/strict";
import { advance, advanceUntil, batchesTest, findRow, heading, open, rows, settle } from "./batches-support.mjs";

const hash = (page) => page.evaluate(() => location.hash);
const choose = (page, filter, value) => page.locator(`[data-filter=${filter}]`).selectOption(value);
const names = (page) =>
  page
    .locator("batch-list")
    .evaluate((list) =>
      [...list.shadowRoot.querySelectorAll("[part~=row]")].map((row) => row.querySelector(".name")?.textContent),
    );

batchesTest("a row starts with the name, then come status and progress", async ({ page }) => {
  for (const { text } of await rows(page))
    assert.match(
      text.replaceAll(/\s+/g, " ").trim(),
      /^[a-z]+ [a-z]+ batch_\w+ (Running|Completed|Rejected|Expired|Cancelled|Checking|Writing)/,
    );
  assert.ok((await names(page)).includes("support tickets"));
});

batchesTest(
  "a search finds names, input files and metadata, and filters narrow it; all of it is in the address",
  async ({ page }) => {
    await page.keyboard.press("/");
    await page.keyboard.type("tickets.jsonl");
    assert.deepEqual(new Set(await names(page)), new Set(["support tickets"]));
    await choose(page, "date", "yesterday");
    const yesterday = await names(page);
    assert.deepEqual(yesterday, ["support tickets"]);
    assert.equal(await hash(page), "#/?find=tickets.jsonl&date=yesterday");
    await page.reload();
    await settle(page);
    await advanceUntil(page, async () => (await names(page)).length === 1, { within: 20, step: 0.1 });
    assert.deepEqual(await names(page), yesterday);

    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("searchbox", { name: "Find" }).fill("");
    await choose(page, "status", "in_progress");
    assert.ok((await rows(page)).every(({ label }) => label === "Running"));
    await choose(page, "status", "");
    await choose(page, "outcome", "rejected");
    assert.deepEqual(await names(page), ["merged exports"]);
    await choose(page, "outcome", "");
    await choose(page, "model", "text-embedding-3-small");
    assert.deepEqual(new Set(await names(page)), new Set(["passage embeddings"]));
    await choose(page, "model", "");
    assert.equal(await hash(page), "#/");

    await choose(page, "date", "between");
    await page.getByLabel("From", { exact: true }).fill("2026-11-26");
    await page.getByLabel("To", { exact: true }).fill("2026-11-26");
    const between = await rows(page);
    assert.ok(between.length > 0 && between.every(({ text }) => /(1|2) days? ago/.test(text)), JSON.stringify(between));
    assert.equal(await hash(page), "#/?date=between&from=2026-11-26&to=2026-11-26");
  },
);

batchesTest("a view is saved in the browser, opened by its link, and removed", async ({ page }) => {
  await choose(page, "status", "in_progress");
  await page.getByRole("button", { name: "Save this view…" }).click();
  await page.keyboard.type("Running now");
  await page.keyboard.press("Enter");
  const link = page.getByRole("link", { name: "Running now" });
  assert.equal(await link.getAttribute("aria-current"), "true");
  assert.ok(await link.evaluate((link) => link === document.activeElement));
  await page.evaluate(() => (location.hash = "#/"));
  await advance(page, 1);
  const all = (await rows(page)).length;
  await page.reload();
  await settle(page);
  await link.click();
  await advance(page, 1);
  assert.equal(await hash(page), "#/?status=in_progress");
  assert.ok((await rows(page)).length < all);
  await page.getByRole("button", { name: "Remove the view Running now" }).click();
  assert.equal(await link.count(), 0);
});

batchesTest("a saved view is the current one in whatever order its filters were chosen", async ({ page }) => {
  await choose(page, "status", "in_progress");
  await choose(page, "date", "7d");
  await page.getByRole("button", { name: "Save this view…" }).click();
  await page.keyboard.type("This week");
  await page.keyboard.press("Enter");
  await page.evaluate(() => (location.hash = "#/?date=7d&status=in_progress"));
  await page.locator(".views [aria-current=true]", { hasText: "This week" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Save this view…" }).count(), 0);
});

const attention = (page) =>
  page
    .getByRole("radio", { name: /^Needs attention/ })
    .evaluate((radio) => Number(radio.closest("label").textContent.match(/\d+/)[0]));
const icon = (page) => page.locator("link[rel=icon]").getAttribute("href");

batchesTest(
  "a batch that is marked as handled no longer needs attention, also after a reload, and can be undone",
  async ({ page }) => {
    const before = await attention(page);
    assert.ok(before > 2);
    assert.match(await page.title(), new RegExp(`^\\(${before}\\) \\d active · Batches`));
    const numbered = await icon(page);
    const { id } = await findRow(page, /Rejected/);
    await open(page, id);
    await page.getByRole("button", { name: "Mark as handled" }).click();
    await page.getByText("Marked 1 batch as handled.").first().waitFor();
    assert.equal(await attention(page), before - 1);
    assert.equal((await rows(page)).find((row) => row.id === id).group, "done");
    assert.match(await page.title(), new RegExp(`^\\(${before - 1}\\) Rejected · merged exports`));
    assert.notEqual(await icon(page), numbered);

    await page.reload();
    await settle(page, "board-detail batch-card");
    await advance(page, 1);
    assert.equal(await attention(page), before - 1);
    await page.keyboard.press("h");
    assert.equal(await attention(page), before);
    await page.locator(".undo").getByRole("button", { name: "Undo" }).click();
    assert.equal(await attention(page), before - 1);
    assert.equal(await page.locator(".undo").count(), 0);
    await page.getByRole("button", { name: "Needs attention again" }).click();
    assert.equal(await attention(page), before);

    // All of them at once.
    await page.evaluate(() => (location.hash = "#/?group=attention"));
    await page.getByRole("button", { name: /^Mark all \d+ as handled$/ }).click();
    assert.equal(await attention(page), 0);
    assert.match(await page.title(), /^\d active · Batches/);
    await page.locator(".undo").getByRole("button", { name: "Undo" }).click();
    assert.equal(await attention(page), before);
  },
);

batchesTest.describe(() => {
  batchesTest.use({ viewport: { width: 1440, height: 600 } });
  batchesTest("opening a low row shows the batch from its heading, and a link shows its row", async ({ page }) => {
    const { id } = (await rows(page)).at(-1);
    const row = page.locator(`batch-list [data-key="${id}"]`);
    await row.scrollIntoViewIfNeeded();
    await open(page, id);
    const inView = (locator) =>
      locator.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
    assert.ok(await inView(page.locator(".detail-head h2")));
    assert.ok(await inView(page.locator("board-detail batch-card .id")));
    // Another document in between: after a mere reload, the browser may restore where the page was scrolled to.
    const link = page.url();
    await page.goto("about:blank");
    await page.goto(link);
    await settle(page, "board-detail batch-card");
    await advance(page, 1);
    assert.equal(await page.evaluate(() => scrollY), 0);
    assert.ok(
      await row.evaluate((row) => {
        const list = row.getRootNode().host.closest(".listing").getBoundingClientRect();
        const { top, bottom } = row.closest("li").getBoundingClientRect();
        return top >= list.top - 1 && bottom <= list.bottom + 1;
      }),
    );
    // Moving by keys keeps the heading in view, too.
    await page.keyboard.press("k");
    await advance(page, 1);
    assert.ok(await inView(page.locator(".detail-head h2")));
  });
});

batchesTest.describe(() => {
  batchesTest.use({
    prepare: async ({ prepare }, use) =>
      use(async (page) => {
        await page.addInitScript(() => {
          globalThis.notified = [];
          globalThis.Notification = class extends EventTarget {
            static permission = "default";
            static requestPermission = async () => (this.permission = "granted");
            constructor(title, { body }) {
              super();
              globalThis.notified.push({ title, body });
            }
          };
        });
        await prepare(page);
      }),
  });
  batchesTest("a notification says when a batch ends, only once the user asked for it", async ({ page }) => {
    const notified = () => page.evaluate(() => globalThis.notified);
    await open(page, (await findRow(page, /passage embeddings.*Running/s)).id);
    assert.equal(await page.evaluate(() => Notification.permission), "default");
    await page.getByLabel("Notify me when a batch ends").check();
    await advance(page, 1);
    assert.deepEqual(await notified(), []);
    await advanceUntil(page, async () => (await heading(page)) === "Completed");
    assert.ok(
      (await notified()).some(
        ({ title, body }) => title === "Completed: passage embeddings" && /^160 of 160/.test(body),
      ),
      JSON.stringify(await notified()),
    );
    const count = (await notified()).length;
    await page.getByLabel("Notify me when a batch ends").uncheck();
    await advance(page, 120, 5);
    assert.equal((await notified()).length, count);
  });
});

batchesTest("tokens are added up, and cost money once the user has entered prices", async ({ page }) => {
  assert.match(await page.locator(".list-totals").innerText(), /^[\d,]+ tokens used by \d+ batches\.$/);
  await open(page, (await findRow(page, /Completed with errors/)).id);
  await page.getByRole("button", { name: "Set prices…" }).click();
  await page.getByLabel("Input", { exact: true }).fill("100");
  await page.getByLabel("Output", { exact: true }).fill("1000");
  await page.keyboard.press("Enter");
  const facts = await page.locator(".batch-facts").innerText();
  const [, input, output] = /([\d,]+) input, ([\d,]+) output/
    .exec(facts)
    .map((text) => Number(text.replaceAll(",", "")));
  const cost = ((input * 100 + output * 1000) / 1_000_000).toFixed(2);
  assert.equal(await page.locator("board-cost > span").innerText(), cost);
  await page.reload();
  await settle(page, "board-cost > span");
  assert.equal(await page.locator("board-cost > span").innerText(), cost);
  await page.getByRole("button", { name: "Change prices" }).click();
  await page.getByRole("button", { name: "Remove prices" }).click();
  assert.equal(await page.locator("board-cost > span").count(), 0);
});

batchesTest("the page never scrolls horizontally from 320 px on, in both text directions", async ({ page }) => {
  const { id } = await findRow(page, /Completed with errors/);
  for (const hash of ["#/?status=in_progress&date=between", `#/batches/${id}`]) {
    await page.evaluate((hash) => (location.hash = hash), hash);
    await advance(page, 1);
    for (const direction of ["ltr", "rtl"]) {
      await page.evaluate((direction) => (document.documentElement.dir = direction), direction);
      // 720 px are 1440 px at a zoom of 200 %.
      for (const width of [320, 360, 720, 768, 1024, 1440, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, `${hash} ${direction}`);
      }
    }
  }
});

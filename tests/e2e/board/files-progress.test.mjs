// Large files: they are read in a worker, with progress, and can be cancelled.
import assert from "node:assert/strict";
import { expect } from "@playwright/test";
import { dropLarge, filesTest, request, announced } from "./files-support.mjs";

const messages = [{ role: "user", content: "many words ".repeat(360) }];
const line = `${JSON.stringify(request("again", { body: { model: "gpt-5.4-mini", messages } }))}\n`;
const times = Math.ceil(200_000_000 / line.length);

/** Counts how often the main thread reads the content of a file from now on. */
const countReads = (page) =>
  page.evaluate(() => {
    globalThis.reads = 0;
    for (const name of ["arrayBuffer", "bytes", "stream", "text"]) {
      const read = Blob.prototype[name];
      if (!read) continue;
      Blob.prototype[name] = function () {
        globalThis.reads += 1;
        return read.call(this);
      };
    }
  });

/** Records the values of the progress bar while it is shown. */
const recordProgress = (page) =>
  page.evaluate(() => {
    globalThis.bars = [];
    new MutationObserver(() => {
      const bar = document.querySelector("[role=progressbar]");
      if (bar) globalThis.bars.push({ now: bar.ariaValueNow, text: bar.ariaValueText, name: bar.ariaLabel });
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });

filesTest("200 MB are checked in a worker, with progress, and not read by the main thread", async ({ page }) => {
  let workers = 0;
  page.on("worker", () => (workers += 1));
  await recordProgress(page);
  await countReads(page);
  await dropLarge(page, "large.jsonl", line, times);
  await page.locator("files-report .facts").waitFor({ timeout: 120_000 });
  assert.ok(workers > 0, "no worker was started");
  const { bars, reads } = await page.evaluate(() => ({ bars: globalThis.bars, reads: globalThis.reads }));
  // The excerpts in the report are read by the main thread.
  assert.ok(reads < 100, `the main thread read ${reads} times`);
  const texts = new Set(bars.map(({ text }) => text));
  assert.ok(texts.size > 2, [...texts].join("; "));
  const numbers = bars.map(({ now }) => Number(now));
  assert.deepEqual(
    numbers,
    numbers.toSorted((a, b) => a - b),
    "progress went back",
  );
  assert.ok(bars.every(({ name }) => name === "Checking large.jsonl"));
  assert.match(
    bars.at(-1).text,
    /^[\d.,]+ .?i?B(ytes)? of [\d.,]+ MiB, [\d,]+ lines?$|^[\d,]+ bytes? of [\d.,]+ MiB, [\d,]+ lines?$/,
  );
  assert.ok((await page.locator(".facts").innerText()).includes(times.toLocaleString("en")));
  assert.match(
    await page.locator(".issue-group", { hasText: "duplicate_custom_id" }).locator(".many").innerText(),
    new RegExp(`^${(times - 1).toLocaleString("en")} times$`),
  );
});

filesTest("a check can be cancelled and restarted", async ({ page }) => {
  // Large enough that no machine finishes before the click.
  await dropLarge(page, "large.jsonl", line, times * 10);
  const cancel = page.getByRole("button", { name: "Cancel" });
  await page.waitForFunction(
    () => Number(document.querySelector("files-report [role=progressbar]")?.ariaValueNow) >= 1,
    undefined,
    { timeout: 60_000 },
  );
  await cancel.focus();
  await page.keyboard.press("Enter");
  await page.getByText("Checking large.jsonl: cancelled.").first().waitFor();
  await announced(page, "Checking large.jsonl: cancelled.");
  assert.equal(await page.locator("[role=progressbar], .facts, .issue-group").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Start again");
  assert.equal(page.workers().length, 0, "a worker is still running");
  await page.keyboard.press("Enter");
  await page.locator("files-report [role=progressbar]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Cancel");
  await page.getByRole("button", { name: "Remove" }).click();
  await page.waitForFunction(() => !document.querySelector("[role=progressbar]"));
  await expect.poll(() => page.workers().length, "a worker is still running for a removed file").toBe(0);
});

filesTest("the focus moves from the Cancel button to the verdict", async ({ page }) => {
  // The page itself focuses the button as soon as it appears: the check could finish before a message arrives.
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      const cancel = [...document.querySelectorAll("button")].find((button) => button.textContent.trim() === "Cancel");
      if (!cancel) return;
      cancel.focus();
      observer.disconnect();
    });
    observer.observe(document.body, { subtree: true, childList: true });
  });
  await dropLarge(page, "large.jsonl", line, times);
  await page.locator("files-report .facts").waitFor({ timeout: 120_000 });
  await page.waitForFunction(() => document.activeElement.localName === "h2");
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Will be rejected");
});

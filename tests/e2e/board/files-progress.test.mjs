// Large files: read in a worker, told how far, and called off.
import assert from "node:assert/strict";
import { dropLarge, filesTest, request, told } from "./files-support.mjs";

const messages = [{ role: "user", content: "many words ".repeat(360) }];
const line = `${JSON.stringify(request("again", { body: { model: "gpt-4o-mini", messages } }))}\n`;
const times = Math.ceil(200_000_000 / line.length);

/** Measures, from now on, for how long the page has not answered at most. */
const watch = (page) =>
  page.evaluate(() => {
    globalThis.longest = 0;
    let last = performance.now();
    const beat = () => {
      globalThis.longest = Math.max(globalThis.longest, performance.now() - last);
      last = performance.now();
      setTimeout(beat);
    };
    beat();
  });

/** Collects what the progress bar says while it is there. */
const collect = (page) =>
  page.evaluate(() => {
    globalThis.bars = [];
    new MutationObserver(() => {
      const bar = document.querySelector("[role=progressbar]");
      if (bar) globalThis.bars.push({ now: bar.ariaValueNow, text: bar.ariaValueText, name: bar.ariaLabel });
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });

filesTest("200 MB are checked while the page answers, with progress", async ({ page }) => {
  await collect(page);
  await watch(page);
  await dropLarge(page, "large.jsonl", line, times);
  await page.locator("files-report .facts").waitFor({ timeout: 120_000 });
  const { bars, longest } = await page.evaluate(() => ({ bars: globalThis.bars, longest: globalThis.longest }));
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
    /^[\d.]+ .?i?B(ytes)? of [\d.]+ MiB, [\d,]+ lines?$|^[\d,]+ bytes? of [\d.]+ MiB, [\d,]+ lines?$/,
  );
  assert.ok(longest < 1_000, `the page did not answer for ${longest} ms`);
  assert.ok((await page.locator(".facts").innerText()).includes(times.toLocaleString("en")));
  assert.match(
    await page.locator(".kind", { hasText: "duplicate_custom_id" }).locator(".many").innerText(),
    new RegExp(`^${(times - 1).toLocaleString("en")} times$`),
  );
});

filesTest("the page itself holds next to nothing of a large file", async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    await session.send("HeapProfiler.collectGarbage");
    return (await session.send("Runtime.getHeapUsage")).usedSize;
  };
  const before = await heap();
  await dropLarge(page, "large.jsonl", line, times);
  await page.locator("files-report .facts").waitFor({ timeout: 120_000 });
  const grown = (await heap()) - before;
  assert.ok(grown < 24 << 20, `${(grown / 2 ** 20).toFixed(1)} MiB`);
});

filesTest("checking is called off, and begun anew", async ({ page }) => {
  // So large that no machine is done before somebody clicks.
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
  await told(page, "Checking large.jsonl: cancelled.");
  assert.equal(await page.locator("[role=progressbar], .facts, .kind").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Start again");
  assert.equal(page.workers().length, 0, "a worker goes on");
  await page.keyboard.press("Enter");
  await page.locator("files-report [role=progressbar]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Cancel");
  await page.getByRole("button", { name: "Remove" }).click();
  await page.waitForFunction(() => !document.querySelector("[role=progressbar]"));
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(page.workers().length, 0, "a worker goes on for a file that was taken away");
});

filesTest("who waits on the Cancel button is led to the verdict", async ({ page }) => {
  await dropLarge(page, "large.jsonl", line, times);
  await page.getByRole("button", { name: "Cancel" }).focus();
  await page.locator("files-report .facts").waitFor({ timeout: 120_000 });
  await page.waitForFunction(() => document.activeElement.localName === "h2");
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Will be refused");
});

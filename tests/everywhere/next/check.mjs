// Next's app router: `next build`, `next start`, and a browser with and without scripts.
import assert from "node:assert/strict";
import { openPage, programOf, runTool, versionOf, withBrowser, withServer } from "../support.mjs";

/** Checks the installed package in the application of this folder, copied to `folder`. */
export async function check(folder) {
  await runTool(folder, "next", "build");
  await withServer(folder, [programOf(folder, "next"), "start", "--hostname", "127.0.0.1"], (address) =>
    withBrowser(async (browser) => {
      await withoutScripts(browser, address);
      await withScripts(browser, address);
      await onTheEdge(address);
    }),
  );
  const tool = "Next";
  const version = versionOf(folder, "next");
  return [
    { tool, version, where: "server and client components", entry: "batchlight/react" },
    { tool, version, where: "edge runtime", entry: "batchlight" },
  ];
}

async function withoutScripts(browser, address) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator("batch-status").getByText("Completed").waitFor();
  await page.locator("batch-card.mine").getByText("All 200 requests succeeded.").waitFor();
  await page.locator("batch-list").getByText("batch_2").waitFor();
  await context.close();
}

async function withScripts(browser, address) {
  const { page, messages } = await openPage(browser, address);
  await page.waitForFunction(() => document.querySelector("batch-card")?.view?.outcome === "succeeded");
  await page.waitForFunction(() => document.querySelector("batch-progress").view.progress.completed === 100);
  await page
    .locator("batch-list")
    .getByRole("button", { name: /batch_2/ })
    .click();
  await page.locator("output").getByText("batch_2, Running, watching").waitFor();
  await page.getByRole("link", { name: "Open" }).click();
  await page.waitForURL(/client$/);
  await page.waitForFunction(() => document.querySelector("batch-card:not(.mine)")?.view?.outcome === "succeeded");
  assert.deepEqual(messages, [], "no message in the console");
  await page.close();
}

async function onTheEdge(address) {
  const line = (index) =>
    JSON.stringify({
      custom_id: `r${index}`,
      method: "POST",
      url: "/v1/chat/completions",
      body: { model: "gpt-5.4-mini", messages: [{ role: "user", content: `Number ${index}` }] },
    });
  const body = Array.from({ length: 10_000 }, (_, index) => `${line(index)}\n`).join("");
  const response = await fetch(`${address}/check`, { method: "POST", body });
  assert.equal(response.status, 200, await response.clone().text());
  assert.deepEqual(await response.json(), { ok: true, codes: [] });
}

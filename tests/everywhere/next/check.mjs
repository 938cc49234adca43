// Next's app router: `next build`, `next start`, and a browser with and without scripts.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { run } from "../../../scripts/process.mjs";
import { launchChromium } from "../../../scripts/chromium.mjs";
import { versionOf } from "../support.mjs";

const next = (folder) => join(folder, "node_modules", "next", "dist", "bin", "next");

/** Starts the built application on a free port and returns its address. */
async function start(folder) {
  const server = spawn(process.execPath, [next(folder), "start", "--port", "0", "--hostname", "127.0.0.1"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "", NEXT_TELEMETRY_DISABLED: "1" },
  });
  for await (const line of createInterface(server.stdout)) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (address) {
      server.stdout.resume();
      return { server, address };
    }
  }
  throw new Error("next start ended without an address");
}

/** Checks the installed package in the application of this folder, copied to `folder`. */
export async function check(folder) {
  await run(process.execPath, [next(folder), "build"], {
    cwd: folder,
    env: { NODE_OPTIONS: "", NEXT_TELEMETRY_DISABLED: "1" },
  });
  const { server, address } = await start(folder);
  const browser = await launchChromium();
  try {
    await withoutScripts(browser, address);
    await withScripts(browser, address);
    await onTheEdge(address);
  } finally {
    await browser.close();
    server.kill();
    await once(server, "exit");
  }
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
  const page = await browser.newPage();
  const messages = [];
  page.on("pageerror", (error) => messages.push(error.message));
  page.on("console", (message) => messages.push(message.text()));
  await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  await page.goto(address);
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
      body: { model: "gpt-4o-mini", messages: [{ role: "user", content: `Number ${index}` }] },
    });
  const body = Array.from({ length: 10_000 }, (_, index) => `${line(index)}\n`).join("");
  const response = await fetch(`${address}/check`, { method: "POST", body });
  assert.equal(response.status, 200, await response.clone().text());
  assert.deepEqual(await response.json(), { ok: true, codes: [] });
}

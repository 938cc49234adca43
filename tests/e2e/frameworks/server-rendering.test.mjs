// batchlight/react in a server-rendered page, in React 18 and 19: visible without a script, and after hydration with
// properties and events, without a visible change and without a message in the console.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "@playwright/test";
import { build } from "esbuild";
import { at } from "../../../scripts/process.mjs";
import { collectProblems } from "../page-problems.mjs";
import { copyPackage, now, running } from "./support.mjs";

const pageProps = {
  now,
  batch: {
    id: "batch_1",
    object: "batch",
    status: "completed",
    created_at: 1736489775,
    completed_at: 1736489990,
    request_counts: { total: 200, completed: 199, failed: 1 },
  },
  running,
};

/** Bundles with the development build of React, which reports hydration errors. */
const bundle = (folder, entry, options) =>
  build({
    entryPoints: [join(folder, "server", entry)],
    bundle: true,
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "error",
    ...options,
  });

for (const [name, modules] of Object.entries({
  "React 19": at("node_modules"),
  "React 18": at("tests", "e2e", "frameworks", "react18", "node_modules"),
})) {
  test.describe(name, () => {
    // Serial in one worker, so that the page is built once.
    test.describe.configure({ mode: "default" });
    let copy;
    let html;
    let script;
    test.beforeAll(async () => {
      copy = copyPackage(["react", "react-dom"], modules);
      const { folder } = copy;
      cpSync(at("tests", "e2e", "frameworks", "server"), join(folder, "server"), { recursive: true });
      await bundle(folder, "server.tsx", { platform: "node", format: "cjs", outfile: join(folder, "server.cjs") });
      await bundle(folder, "client.tsx", { format: "esm", outfile: join(folder, "client.js") });
      html = createRequire(join(folder, "index.js"))("./server.cjs").render(pageProps);
      script = readFileSync(join(folder, "client.js"), "utf8");
    });
    test.afterAll(() => copy?.remove());

    const open = async (page) => {
      const problems = collectProblems(page);
      await page.route("**", (route) =>
        route.fulfill({
          contentType: "text/html",
          body: `<!doctype html><html lang="en-GB"><title>Batch</title><div id="app">${html}</div></html>`,
        }),
      );
      await page.goto("http://example.test/");
      return problems;
    };

    test("shows everything without a script", async ({ browser }) => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      const problems = await open(page);
      assert.equal(await page.locator("h1").textContent(), "Completed with errors");
      await page.locator("batch-card").getByText("Completed with errors").waitFor();
      await page.locator("batch-card").getByText("In the slot").waitFor();
      assert.equal(await page.locator("batch-list").getByRole("listitem").count(), 1, "the group is applied");
      await page.locator("batch-status").first().getByText("Running").waitFor();
      assert.equal(await page.locator("batch-card.mine").count(), 1);
      assert.deepEqual(problems, []);
      await context.close();
    });

    test("hydrates without a visible change, and has properties, events and refs", async ({ page }) => {
      const problems = await open(page);
      const shown = () =>
        page.evaluate(() => document.querySelector("batch-card").shadowRoot.querySelector("article").innerText);
      const rendered = await shown();
      assert.match(rendered, /Completed with errors/);
      await page.evaluate((pageProps) => {
        let polls = 0;
        const answer = {};
        Object.assign(globalThis, {
          pageProps,
          refs: [],
          answer,
          polls: () => polls,
          retrieve: async (id) => {
            polls += 1;
            return { ...pageProps.running, id, ...answer };
          },
          emptied: 0,
        });
        for (const element of document.querySelectorAll("batch-card, batch-list, batch-status"))
          new MutationObserver(() => {
            if (!element.shadowRoot.querySelector("article, section, .badge")) globalThis.emptied += 1;
          }).observe(element.shadowRoot, { childList: true, subtree: true });
      }, pageProps);
      await page.addScriptTag({ type: "module", content: script });
      await page.waitForFunction(() => document.querySelector("batch-card")?.view?.outcome === "partially_failed");
      await page.evaluate(() => document.querySelector("batch-card").updateComplete);
      assert.equal(await shown(), rendered);
      assert.equal(await page.evaluate(() => globalThis.emptied), 0, "no element was ever empty");
      assert.equal(await page.evaluate(() => document.querySelector("batch-card").headingLevel), 2);
      assert.equal(await page.evaluate(() => document.querySelector("batch-card").className), "mine");

      await page.getByRole("button", { name: "Name the card" }).click();
      assert.deepEqual(await page.evaluate(() => globalThis.refs), ["batch-card"]);

      const list = page.locator("batch-list");
      await list.getByRole("radio", { name: /^All/ }).check({ force: true });
      await list.getByRole("button", { name: /batch_2/ }).click();
      await page.locator("output").getByText("batch_2").waitFor();
      assert.match(await list.locator("[aria-current=true]").textContent(), /batch_2/);
      assert.equal(await list.getByRole("listitem").count(), 2, "rendering again keeps the group that the user chose");

      await page.waitForFunction(() => globalThis.polls() > 0);
      assert.equal(await page.evaluate(() => globalThis.polls()), 1, "one loop for two components in strict mode");
      await page.evaluate(() =>
        Object.assign(globalThis.answer, {
          status: "completed",
          finalizing_at: 1736489990,
          completed_at: 1736489995,
          output_file_id: "file-2",
          request_counts: { total: 200, completed: 200, failed: 0 },
        }),
      );
      await page.getByRole("button", { name: "Refresh" }).first().click();
      await page.getByRole("button", { name: "Ended" }).nth(1).waitFor();
      await page.waitForFunction(() =>
        [...document.querySelectorAll("batch-status")].every((element) => element.view.outcome === "succeeded"),
      );
      assert.equal(await page.evaluate(() => globalThis.polls()), 2);
      assert.deepEqual(await page.evaluate(() => globalThis.recoveredErrors), []);
      assert.deepEqual(problems, []);
    });

    test("polling ends with the last component", async ({ page }) => {
      const problems = await open(page);
      await page.clock.install({ time: now * 1000 });
      await page.evaluate((pageProps) => {
        const signals = [];
        const retrieve = async (_, { signal }) => {
          signals.push(signal);
          return pageProps.running;
        };
        Object.assign(globalThis, { pageProps, refs: [], signals, retrieve });
      }, pageProps);
      await page.addScriptTag({ type: "module", content: script });
      await page.waitForFunction(() => globalThis.signals.length === 1);
      await page.clock.runFor(600_000);
      await page.waitForFunction(() => globalThis.signals.length > 1);
      await page.getByRole("button", { name: "Leave" }).click();
      await page.waitForFunction(() => document.querySelector("batch-status") === null);
      const polls = await page.evaluate(() => globalThis.signals.length);
      await page.clock.runFor(3_600_000);
      assert.equal(await page.evaluate(() => globalThis.signals.length), polls);
      assert.equal(await page.evaluate(() => globalThis.signals.at(-1).aborted), true);
      assert.deepEqual(problems, []);
    });
  });
}

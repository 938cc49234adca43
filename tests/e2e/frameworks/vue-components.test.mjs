// The components of batchlight/vue in a server-rendered page: visible without a script, and after hydration with
// properties, slots and events, without a message in the console.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "@playwright/test";
import { build } from "esbuild";
import { collectProblems } from "../page-problems.mjs";
import { copyPackage, now, running } from "./support.mjs";

const app = `
import { BatchCard, BatchList, BatchStatus } from "batchlight/vue";
import { createSSRApp, defineComponent, h, ref } from "vue";
export const createApp = ({ batch, now }) => createSSRApp(defineComponent(() => {
  const selected = ref("none");
  const shown = ref(batch);
  globalThis.change = (next) => { shown.value = next; };
  return () => h("main", [
    h(BatchStatus, { batch: shown.value, now, quiet: "" }),
    h(BatchCard, { batch: shown.value, now, timeZone: "UTC", class: "mine" }, () => [
      h("a", { slot: "actions", href: "#" }, "Open"),
    ]),
    h(BatchList, { batches: [shown.value], now, onBatchSelect: ({ detail }) => { selected.value = detail.view.id; } }),
    h("output", selected.value),
  ]);
}));`;

let copy;
let html;
let script;
test.beforeAll(async () => {
  copy = copyPackage(["vue"]);
  const { folder } = copy;
  const files = {
    "app.js": app,
    "server.js": `import { renderToString } from "vue/server-renderer"; import { createApp } from "./app.js";
      export const render = (props) => renderToString(createApp(props));`,
    "client.js": `import { createApp } from "./app.js"; createApp(globalThis.pageProps).mount("#app");`,
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const bundle = (entry, options) =>
    build({ entryPoints: [join(folder, entry)], bundle: true, logLevel: "error", ...options });
  await bundle("server.js", { platform: "node", format: "cjs", outfile: join(folder, "out.cjs") });
  const { outputFiles } = await bundle("client.js", {
    ...{ format: "esm", write: false, conditions: ["browser", "development"] },
    define: {
      "process.env.NODE_ENV": '"development"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "true",
    },
  });
  script = outputFiles[0].text;
  html = await createRequire(join(folder, "index.js"))("./out.cjs").render({ batch: running, now });
});
test.afterAll(() => copy?.remove());

const body = () => `<!doctype html><title>Batch</title><div id="app">${html}</div>`;
const serve = (page) => page.route("**", (route) => route.fulfill({ contentType: "text/html", body: body() }));

test("without scripts, the page shows the batch", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await serve(page);
  await page.goto("http://example.test/");
  await page.locator("batch-status").getByText("Running").waitFor();
  await page.locator("batch-card.mine").getByText("50 of 200 requests finished.").waitFor();
  await page.locator("batch-card").getByRole("link", { name: "Open" }).waitFor();
  await page.locator("batch-list").getByText("batch_2").waitFor();
  assert.equal(await page.locator("batch-card").getAttribute("data-status"), "in_progress");
  await context.close();
});

test("hydration sets properties and listeners, and changes nothing that is visible", async ({ page }) => {
  const problems = collectProblems(page);
  await serve(page);
  await page.goto("http://example.test/");
  const headingOf = (card) => card.shadowRoot.querySelector(".heading").textContent;
  const before = await page.locator("batch-card").evaluate(headingOf);
  await page.evaluate(
    (pageProps) => {
      Object.assign(globalThis, { pageProps });
    },
    { batch: running, now },
  );
  await page.addScriptTag({ type: "module", content: script });
  await page.waitForFunction(() => document.querySelector("batch-card").view?.progress.completed === 50);
  assert.equal(await page.locator("batch-card").evaluate(headingOf), before);
  assert.equal(await page.locator("batch-status").evaluate((/** @type {any} */ status) => status.quiet), true);
  assert.equal(await page.locator("template").count(), 0, "hydration adds no template");
  await page
    .locator("batch-list")
    .getByRole("button", { name: /batch_2/ })
    .click();
  await page.locator("output").getByText("batch_2").waitFor();
  await page.evaluate((batch) => globalThis.change(batch), {
    ...running,
    request_counts: { total: 200, completed: 60, failed: 0 },
  });
  await page.locator("batch-card").getByText("60 of 200 requests finished.").waitFor();
  assert.deepEqual(problems, []);
});

// Vue and Svelte on a server and in the page: the composables and runes show the batch that the server knew, hydrate
// without a message, watch, and end. The elements never show the attribute that Svelte makes of an object.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "@playwright/test";
import { build } from "esbuild";
import { compile } from "svelte/compiler";
import { collectProblems } from "../page-problems.mjs";
import { copyPackage, now, running as batch } from "./support.mjs";

const vuePage = `
import { useBatch, useBatchView } from "batchlight/vue";
import { createSSRApp, defineComponent, h, ref } from "vue";
const Watched = defineComponent(({ id, batch, now }) => {
  const watched = useBatch(id, (id, options) => globalThis.retrieve(id, options), { initial: batch, now });
  const view = useBatchView(watched.batch, { now });
  return () => h("section", [
    h("p", watched.view.value.label + ", " + view.value.progress.text),
    h("batch-card", { batch: watched.batch.value }),
    h("button", { onClick: watched.pollNow }, watched.watching.value ? "Refresh" : "Ended"),
  ]);
}, { props: ["id", "batch", "now"] });
export const createApp = (props) => createSSRApp(defineComponent(() => {
  const shown = ref(true);
  return () => h("main", [
    shown.value && h(Watched, props),
    shown.value && h(Watched, props),
    h("button", { onClick: () => { shown.value = false; } }, "Leave"),
  ]);
}));`;

const svelteWatched = `
<script>
  import { useBatch, useBatchView } from "batchlight/svelte";
  const { id, batch, now } = $props();
  const watched = useBatch(() => id, (id, options) => globalThis.retrieve(id, options), { initial: batch, now });
  const described = useBatchView(() => watched.batch, { now });
</script>
<section>
  <p>{watched.view.label}, {described.current.progress.text}</p>
  <batch-card batch={watched.batch}></batch-card>
  <button onclick={watched.pollNow}>{watched.watching ? "Refresh" : "Ended"}</button>
</section>`;
const sveltePage = `
<script>
  import Watched from "./Watched.svelte";
  const props = $props();
  let shown = $state(true);
</script>
<main>
  {#if shown}<Watched {...props} /><Watched {...props} />{/if}
  <button onclick={() => { shown = false; }}>Leave</button>
</main>`;

const svelte = (generate) => ({
  name: "svelte",
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, ({ path }) => ({
      contents: compile(readFileSync(path, "utf8"), { generate, dev: generate === "client", filename: path }).js.code,
    }));
  },
});

const vueFlags = {
  __VUE_OPTIONS_API__: "true",
  __VUE_PROD_DEVTOOLS__: "false",
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "true",
};

const frameworks = {
  Vue: {
    packages: ["vue"],
    files: { "page.js": vuePage },
    server: `import { renderToString } from "vue/server-renderer"; import { createApp } from "./page.js";
      export const render = (props) => renderToString(createApp(props));`,
    client: `import { createApp } from "./page.js"; createApp(globalThis.pageProps).mount("#app");`,
  },
  Svelte: {
    packages: ["svelte"],
    files: { "Page.svelte": sveltePage, "Watched.svelte": svelteWatched },
    server: `import { render as renderPage } from "svelte/server"; import Page from "./Page.svelte";
      export const render = (props) => renderPage(Page, { props }).body;`,
    client: `import { hydrate } from "svelte"; import Page from "./Page.svelte";
      hydrate(Page, { target: document.querySelector("#app"), props: globalThis.pageProps });`,
  },
};

for (const [name, { packages, files, server, client }] of Object.entries(frameworks)) {
  test.describe(name, () => {
    // Serial in one worker, so that the page is built once.
    test.describe.configure({ mode: "default" });
    let copy;
    let html;
    let script;
    test.beforeAll(async () => {
      copy = copyPackage(packages);
      const { folder } = copy;
      const all = { ...files, "server.js": server, "client.js": `import "batchlight/elements/define"; ${client}` };
      for (const [path, text] of Object.entries(all)) writeFileSync(join(folder, path), text);
      const bundle = (entry, options) =>
        build({ entryPoints: [join(folder, entry)], bundle: true, logLevel: "error", ...options });
      const outfile = join(folder, "out.cjs");
      await bundle("server.js", { platform: "node", format: "cjs", outfile, plugins: [svelte("server")] });
      const conditions = ["browser", "development"];
      const { outputFiles } = await bundle("client.js", {
        ...{ format: "esm", write: false, conditions, plugins: [svelte("client")] },
        define: { "process.env.NODE_ENV": '"development"', ...vueFlags },
      });
      script = outputFiles[0].text;
      html = await createRequire(join(folder, "index.js"))("./out.cjs").render({ id: batch.id, batch, now });
    });
    test.afterAll(() => copy?.remove());

    test("the server's words stay through hydration, and polling begins and ends", async ({ page }) => {
      assert.match(html, /Running, 50 of 200/);
      const problems = collectProblems(page);
      await page.route("**", (route) =>
        route.fulfill({
          contentType: "text/html",
          body: `<!doctype html><title>Batch</title><div id="app">${html}</div>`,
        }),
      );
      await page.goto("http://example.test/");
      await page.clock.install({ time: now * 1000 });
      await page.evaluate(
        (pageProps) => {
          const state = { pageProps, requests: [], texts: new Set(), answer: pageProps.batch };
          const retrieve = async (_, options) => {
            state.requests.push(options.signal);
            return state.answer;
          };
          Object.assign(globalThis, { state, pageProps, retrieve });
          // What the cards showed at any time.
          const attach = Element.prototype.attachShadow;
          Element.prototype.attachShadow = function (init) {
            const root = attach.call(this, init);
            new MutationObserver(() => state.texts.add(root.querySelector(".heading")?.textContent.trim())).observe(
              root,
              {
                childList: true,
                subtree: true,
              },
            );
            return root;
          };
        },
        { id: batch.id, batch, now },
      );
      await page.addScriptTag({ type: "module", content: script });
      await page.waitForFunction(() => document.querySelector("batch-card").view?.status === "in_progress");
      await page.waitForFunction(() => globalThis.state.requests.length > 0);
      assert.equal(await page.evaluate(() => globalThis.state.requests.length), 1, "one loop for two components");
      assert.deepEqual(await page.evaluate(() => [...globalThis.state.texts]), ["Running"]);

      await page.evaluate(() => {
        globalThis.state.answer = {
          ...globalThis.state.answer,
          request_counts: { total: 200, completed: 60, failed: 0 },
        };
      });
      await page.getByRole("button", { name: "Refresh" }).first().click();
      await page.getByText("Running, 60 of 200").nth(1).waitFor();
      await page.waitForFunction(() =>
        [...document.querySelectorAll("batch-card")].every(({ view }) => view.progress.completed === 60),
      );
      await page.getByRole("button", { name: "Leave" }).click();
      await page.waitForFunction(() => document.querySelector("batch-card") === null);
      await page.waitForFunction(() => globalThis.state.requests.at(-1).aborted);
      const polls = await page.evaluate(() => globalThis.state.requests.length);
      await page.clock.runFor(3_600_000);
      assert.equal(await page.evaluate(() => globalThis.state.requests.length), polls);
      assert.deepEqual(problems, []);
    });
  });
}

// batchlight/worker through bundlers that leave the worker's file out: the page's thread then does the work.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build as esbuild } from "esbuild";
import { rolldown } from "rolldown";
import { rollup } from "rollup";
import { launchChromium } from "../../scripts/chromium.mjs";
import { installedFile, project } from "./support.mjs";

let browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser?.close());

const line = (custom_id) => JSON.stringify({ custom_id, method: "POST", url: "/v1/embeddings", body: {} });
const script = `
  import { checkInput, fixInput } from ${JSON.stringify(installedFile("dist", "worker.js").replaceAll("\\", "/"))};
  const input = ${JSON.stringify([line("a"), line("a")].join("\n"))};
  const codes = (await checkInput(input)).issues.map(({ code }) => code);
  const fixed = await new Response(fixInput(input).stream).text();
  console.log("answer:" + JSON.stringify([codes.includes("duplicate_custom_id"), fixed.length > 0]));`;

/** The bundlers: each writes `out/input.js`, and what it makes of imports when they are called, into a folder. */
const bundlers = {
  "esbuild, as a module": (input, folder) =>
    esbuild({ entryPoints: [input], outdir: folder, bundle: true, format: "esm", logLevel: "error" }),
  "esbuild, as a script": (input, folder) =>
    esbuild({ entryPoints: [input], outdir: folder, bundle: true, format: "iife", logLevel: "silent" }),
  Rollup: async (input, folder) => {
    const bundle = await rollup({ input, external: ["batchlight"], onwarn: () => undefined });
    await bundle.write({ dir: folder, format: "es" });
    await bundle.close();
  },
  Rolldown: async (input, folder) => {
    const bundle = await rolldown({ input, logLevel: "silent" });
    await bundle.write({ dir: folder, format: "es" });
    await bundle.close();
  },
};

for (const [name, bundle] of Object.entries(bundlers)) {
  test(`${name}: the operations run without the worker's file`, async () => {
    const folder = mkdtempSync(join(project, "worker-bundled-"));
    const page = await browser.newPage();
    try {
      const input = join(folder, "input.js");
      const isScript = name.endsWith("script");
      writeFileSync(
        input,
        isScript
          ? `(async () => {${script.replace(/import (.*) from (.*);/, "const $1 = await import($2);")}})();`
          : script,
      );
      await bundle(input, join(folder, "out"));
      const files = readdirSync(join(folder, "out"), { recursive: true, encoding: "utf8" });
      assert.ok(!files.includes("files-worker.js"), String(files));
      const answer = new Promise((resolve, reject) => {
        page.on("console", (message) => {
          if (message.text().startsWith("answer:")) resolve(JSON.parse(message.text().slice("answer:".length)));
        });
        page.on("pageerror", reject);
        setTimeout(reject, 60_000, new Error("the page did not report within a minute")).unref();
      });
      await page.route("**", (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname === "/")
          return route.fulfill({
            contentType: "text/html",
            body: `<!doctype html><script ${isScript ? "" : 'type="module"'} src="/input.js"></script>`,
          });
        const known = files.includes(pathname.slice(1));
        if (!known) return route.fulfill({ status: 404, contentType: "text/html", body: "not found" });
        return route.fulfill({
          contentType: "text/javascript",
          body: readFileSync(join(folder, "out", pathname.slice(1))),
        });
      });
      await page.goto("http://example.test/");
      assert.deepEqual(await answer, [true, true]);
    } finally {
      await page.close();
      rmSync(folder, { recursive: true });
    }
  });
}

// Parcel 2 without configuration: it resolves every subpath, and the page works.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { launchChromium } from "../../../scripts/chromium.mjs";
import { run } from "../../../scripts/process.mjs";
import { scriptBytes, versionOf } from "../support.mjs";

const types = { ".html": "text/html", ".js": "text/javascript" };

/** Builds the page of this folder, copied to `folder`, and opens it. */
export async function check(folder) {
  const parcel = join(folder, "node_modules", "parcel", "lib", "bin.js");
  await run(process.execPath, [parcel, "build", "index.html", "--no-source-maps", "--no-cache"], {
    cwd: folder,
    env: { NODE_OPTIONS: "" },
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const problems = [];
    page.on("pageerror", (error) => problems.push(error.message));
    await page.route("**", (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === "/favicon.ico") return route.fulfill({ status: 204 });
      const path = join(folder, "dist", pathname === "/" ? "index.html" : pathname);
      return route.fulfill({ contentType: types[extname(path)], body: readFileSync(path) });
    });
    await page.goto("http://example.test/");
    await page.waitForFunction(() => document.querySelector("batch-card").view?.outcome === "cancelled");
    assert.deepEqual(await page.evaluate(() => globalThis.labels), ["Cancelled", "Abgebrochen"]);
    assert.deepEqual(problems, []);
  } finally {
    await browser.close();
  }
  const entry = "batchlight, batchlight/elements/define, batchlight/elements/de, batchlight/store";
  const bytes = scriptBytes(join(folder, "dist"));
  return [{ tool: "Parcel", version: versionOf(folder, "parcel"), entry, bytes }];
}

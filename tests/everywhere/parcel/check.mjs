// Parcel 2 without configuration: it resolves every subpath, and the page works.
import assert from "node:assert/strict";
import { join } from "node:path";
import { serveFolder } from "../../../scripts/local-server.mjs";
import { openPage, runTool, scriptBytes, versionOf, withBrowser } from "../support.mjs";

/** Builds the page of this folder, copied to `folder`, and opens it. */
export async function check(folder) {
  await runTool(folder, "parcel", "build", "index.html", "--no-source-maps", "--no-cache");
  const { origin, close } = await serveFolder(join(folder, "dist"));
  try {
    await withBrowser(async (browser) => {
      const { page, messages } = await openPage(browser, `${origin}/`);
      await page.waitForFunction(() => document.querySelector("batch-card").view?.outcome === "cancelled");
      assert.deepEqual(await page.evaluate(() => globalThis.labels), ["Cancelled", "Abgebrochen"]);
      assert.deepEqual(messages, [], "no message in the console");
    });
  } finally {
    close();
  }
  const entry = "batchlight, batchlight/elements/define, batchlight/elements/de, batchlight/store";
  const bytes = scriptBytes(join(folder, "dist"));
  return [{ tool: "Parcel", version: versionOf(folder, "parcel"), entry, bytes }];
}

// The built page: its policy, its types.
import assert from "node:assert/strict";
import { test } from "@playwright/test";
import { at, run } from "../../../scripts/say.mjs";
import { boardTest } from "./support.mjs";

boardTest.describe(() => {
  boardTest.use({ expected: /violates.*connect-src 'none'/ });
  boardTest("its policy lets nothing out", async ({ page, board }) => {
    const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
    for (const part of [
      "default-src 'none'",
      "connect-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
    ])
      assert.ok(policy.split("; ").includes(part), part);
    const policed = await page.evaluate((url) => {
      const refused = new Promise((tell) =>
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => tell(effectiveDirective)),
      );
      const request = new XMLHttpRequest();
      request.open("GET", url);
      try {
        request.send();
      } catch {
        // The event tells.
      }
      return refused;
    }, new URL("/anything", board).href);
    assert.equal(policed, "connect-src");
  });
});

boardTest("it loads its own scripts and style sheets, and nothing while it is used", async ({ page, board }) => {
  const loaded = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => name)
        .filter((name) => !name.startsWith("data:")),
    );
  const before = await loaded();
  const own = new RegExp(`^${new URL(board).origin}/assets/[\\w-]+\\.(js|css)$`);
  assert.deepEqual(
    before.filter((name) => !own.test(name)),
    [],
  );
  assert.ok(!before.some((name) => name.includes("simulated")), "what the examples do not need");
  await page.getByRole("button", { name: "a list", exact: true }).click();
  await page.locator(".result").waitFor();
  assert.deepEqual(await loaded(), before);
});

test("its types are sound", async () => {
  await run("node", [at("node_modules", "typescript", "bin", "tsc"), "--noEmit", "-p", at("www")]);
});

// The built page: its policy, its requests, its types.
import assert from "node:assert/strict";
import { test } from "@playwright/test";
import { at, run } from "../../../scripts/process.mjs";
import { boardTest } from "./support.mjs";

boardTest.describe(() => {
  boardTest.use({ expected: /violates.*connect-src 'none'/ });
  boardTest("its policy blocks all requests", async ({ page, board }) => {
    const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
    for (const part of [
      "default-src 'none'",
      "connect-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
    ])
      assert.ok(policy.split("; ").includes(part), part);
    const directive = await page.evaluate((url) => {
      const blocked = new Promise((resolve) =>
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective)),
      );
      const request = new XMLHttpRequest();
      request.open("GET", url);
      try {
        request.send();
      } catch {
        // The event reports the violation.
      }
      return blocked;
    }, new URL("/anything", board).href);
    assert.equal(directive, "connect-src");
  });
});

boardTest("it loads only its own scripts and style sheets, and nothing after that", async ({ page, board }) => {
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
  assert.ok(!before.some((name) => name.includes("simulated")), "the examples load the simulated API");
  await page.getByRole("button", { name: "a list", exact: true }).click();
  await page.locator(".result").waitFor();
  assert.deepEqual(await loaded(), before);
});

test("its TypeScript compiles", async () => {
  await run("node", [at("node_modules", "typescript", "bin", "tsc"), "--noEmit", "-p", at("www")]);
});

// What the suites of the board share: the server of the board, and pages that are watched while a test uses them.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { serveBoard } from "../../../scripts/bundle/board.mjs";
import { cache } from "../../../scripts/say.mjs";
import { collectProblems } from "../page-problems.mjs";

/** The fixtures the board shows, in the order of their file. */
export const fixtures = readFileSync(new URL("../../fixtures/batches.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line));

/**
 * A test of the board; `page` shows the examples. Whatever the test is about, it fails when the page complains in the
 * console, throws, or requests anything outside its own origin.
 *
 * - `board`: the address of the board; `address`: where a test opens it, the same unless it is told otherwise.
 * - `hash`, `ready`: which page of the board is shown, and the selector of what is there once it is ready.
 * - `expected`: a pattern of problems that must occur; any other fails the test.
 * - `prepare`, `settle`: called with the page before it goes anywhere, and when it is loaded.
 */
export const boardTest = base.extend({
  board: [
    async ({}, use) => {
      const { url, close } = await serveBoard(0);
      await use(url);
      await close();
    },
    { scope: "worker" },
  ],
  address: async ({ board }, use) => use(board),
  hash: ["#/examples", { option: true }],
  ready: [".batch", { option: true }],
  expected: [undefined, { option: true }],
  prepare: async ({}, use) => use(async () => {}),
  settle: async ({}, use) => use(async () => {}),
  page: async ({ page, address, hash, ready, expected, prepare, settle }, use) => {
    const problems = collectProblems(page);
    const { origin } = new URL(address);
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (!["data:", "blob:"].includes(url.protocol) && url.origin !== origin) problems.push(`requested ${url}`);
    });
    await prepare(page);
    await page.goto(`${address}${hash}`);
    await settle(page);
    await page.locator(ready).first().waitFor({ state: "attached" });
    await use(page);
    // Once from the policy in the page, once from the same one that it is served with.
    if (expected)
      assert.ok(
        problems.some((problem) => expected.test(problem)),
        `no problem matches ${expected}`,
      );
    assert.deepEqual(
      problems.filter((problem) => !expected?.test(problem)),
      [],
    );
    // A response on its way through a route has nowhere to go once the page is closed.
    await page.unrouteAll({ behavior: "ignoreErrors" });
  },
});

/** The text box. */
export const box = (page) => page.getByRole("textbox", { name: "Paste any JSON" });

/** Puts a text into the box and waits until all of it is read. */
export async function paste(page, text) {
  await box(page).fill(text);
  await page.locator(".verdict", { hasNotText: /^Reading: / }).waitFor();
}

/** Waits until the live region says a text: what somebody did is told once they pause. */
export const hears = (page, text) =>
  page.waitForFunction((text) => document.querySelector("[role=status]").textContent === text, text);

/** What was found in the pasted text, as rows. */
export const found = (page) => page.locator(".result .batch");

/** Keeps a picture of the page, to be looked at by people. */
export async function keepPicture(page, name) {
  const folder = join(cache, "board");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

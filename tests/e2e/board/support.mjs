// Shared by the suites of the board: the server, and a page whose problems fail the test.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { serveBoard } from "../../../scripts/bundle/board.mjs";
import { cache } from "../../../scripts/process.mjs";
import { collectProblems } from "../page-problems.mjs";

/** The fixtures that the board shows, in the order of their file. */
export const fixtures = readFileSync(new URL("../../fixtures/batches.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line));

/**
 * A test of the board. By default, `page` shows the examples. Every test fails when the page throws, writes an error or
 * a warning to the console, or sends a request outside its own origin.
 *
 * - `board`: the address of the board. `address`: the address that a test opens, by default the same.
 * - `hash`, `ready`: the fragment of the page to open, and a selector that matches once the page is ready.
 * - `expected`: a pattern of problems that must occur. Any other problem fails the test.
 * - `prepare`, `settle`: called with the page before it is opened, and after it has loaded.
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
    // A violation of the policy is reported twice: for the policy in the page, and for the one in the header.
    if (expected)
      assert.ok(
        problems.some((problem) => expected.test(problem)),
        `no problem matches ${expected}`,
      );
    assert.deepEqual(
      problems.filter((problem) => !expected?.test(problem)),
      [],
    );
    // A response that is still being routed when the page closes would raise an error.
    await page.unrouteAll({ behavior: "ignoreErrors" });
  },
});

/** The paste box. */
export const box = (page) => page.getByRole("textbox", { name: "Paste any JSON" });

/** Fills the box and waits until the text is analyzed. */
export async function paste(page, text) {
  await box(page).fill(text);
  await page.locator(".verdict", { hasNotText: /^Analyzing: / }).waitFor();
}

/** Waits until the live region contains a message. */
export const waitForAnnouncement = (page, text) =>
  page.waitForFunction((text) => document.querySelector("[role=status]").textContent === text, text);

/** The focused element: its id, label or text; its tag and role; and whether its focus is visible. */
export const focused = (page) =>
  page.evaluate(() => {
    let { activeElement: element } = document;
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const isRinged = (one) => one && getComputedStyle(one).outlineStyle !== "none";
    return {
      name: element.id || (element.labels?.[0] ?? element).textContent.trim().replace(/\s+/g, " "),
      tag: element.localName,
      role: element.role,
      hasRing: [element, element.nextElementSibling].some(isRinged),
    };
  });

/** Presses Tab until the focus is on a wanted element. The focus must be visible on every element on the way. */
export async function tabTo(page, wanted, most = 60) {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    assert.ok(at.hasRing, `no visible focus on ${at.tag} ${at.name}`);
    if (wanted(at)) return;
  }
  assert.fail(`${most} presses of Tab do not reach the wanted element`);
}

/** The entries of the pasted text. */
export const pastedBatches = (page) => page.locator(".result .batch");

/** Saves a screenshot of the page for people to look at. */
export async function saveScreenshot(page, name) {
  const folder = join(cache, "board");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

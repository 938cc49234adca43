// Shared by the suites of the Batches page: a clock that tests advance, and the content of the list and of the open
// batch.
import { boardTest } from "./support.mjs";

/** The time at which every test starts. */
export const start = new Date("2026-11-28T12:00:00Z");

/** A test of the simulated batches, on a clock that is stopped until a test advances it. */
export const batchesTest = boardTest.extend({
  hash: ["#/", { option: true }],
  ready: ["batch-list [part~=row]", { option: true }],
  prepare: async ({}, use) => use(stopClock),
  settle: async ({ ready }, use) => use((page) => settle(page, ready)),
});

/** The pending requests of each page. */
const pending = new WeakMap();

/** Stops the clock of a page. Network requests still complete. */
export async function stopClock(page) {
  const requested = new Set();
  pending.set(page, requested);
  page.on("request", (request) => requested.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => requested.delete(request));
  await page.clock.install({ time: start });
  await page.clock.pauseAt(new Date(start.getTime() + 1000));
}

/** Advances the clock until a selector matches. */
export const settle = (page, selector = "batch-list [part~=row]") =>
  advanceUntil(page, () => isThere(page, selector), { within: 20, step: 0.1 });

/** Whether a selector matches now. */
export const isThere = async (page, selector) => (await page.locator(selector).count()) > 0;

/**
 * Advances the clock by `seconds`, one `step` at a time. After each step it waits for the pending requests, which take
 * real time.
 */
export async function advance(page, seconds, step = 1) {
  for (let left = seconds; left > 0; left -= step) {
    await page.clock.runFor(Math.min(step, left) * 1000);
    // The page itself has to time out a request without a response.
    for (let tries = 0; tries < 50 && pending.get(page)?.size > 0; tries += 1)
      await new Promise((wake) => setTimeout(wake, 10));
    await page.evaluate(
      () =>
        new Promise((done) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = done;
          port2.postMessage(0);
        }),
    );
  }
}

/** Advances the clock until a condition holds; fails after `within` seconds. */
export async function advanceUntil(page, holds, { within = 600, step = 1 } = {}) {
  for (let passed = 0; passed <= within; passed += step) {
    if (await holds()) return;
    await advance(page, step, step);
  }
  if (await holds()) return;
  throw new Error(`the condition did not hold within ${within} seconds`);
}

/** The rows of the list, from the top: id, text, and which are focused and selected. */
export const rows = (page) =>
  page.locator("batch-list").evaluate((list) =>
    [...list.shadowRoot.querySelectorAll("[part~=row]")].map((row) => ({
      id: row.querySelector("[part~=row-button]").dataset.key,
      label: row.querySelector(".label").textContent,
      group: row.dataset.group,
      text: row.textContent,
      focused: list.shadowRoot.activeElement === row.querySelector("[part~=row-button]"),
      current: row.querySelector("[aria-current]") !== null,
    })),
  );

/** The first row whose text matches a pattern. */
export async function findRow(page, pattern) {
  const row = (await rows(page)).find(({ text }) => pattern.test(text));
  if (!row) throw new Error(`no row matches ${pattern}: ${(await rows(page)).map(({ text }) => text).join(" | ")}`);
  return row;
}

/** Opens a batch by clicking its row. */
export async function open(page, id) {
  await page.locator(`batch-list [data-key="${id}"]`).click();
  await page.locator("board-detail batch-card").waitFor();
}

/** The heading of the open batch. */
export const heading = (page) => page.locator("board-detail batch-card").getByRole("heading", { level: 3 }).innerText();

/** Records the announcements of the elements from now on: role of the region, text, and time. */
export const recordAnnouncements = (page) =>
  page.evaluate(() => {
    globalThis.recorded = [];
    // Real clocks count whole milliseconds, the test's clock fractions.
    const now = () => Math.round(Date.now());
    for (const region of document.querySelectorAll("[data-batchlight=announcer] > *"))
      new MutationObserver(
        () =>
          region.textContent &&
          globalThis.recorded.push({ role: region.getAttribute("role"), text: region.textContent, at: now() }),
      ).observe(region, { childList: true, characterData: true, subtree: true });
  });

/** Returns the recorded announcements. */
export const recordedAnnouncements = (page) => page.evaluate(() => globalThis.recorded);

/** Shows or hides the page, as a change of the tab does. */
export const setVisible = (page, visible) =>
  page.evaluate((visible) => {
    for (const [name, value] of [
      ["hidden", !visible],
      ["visibilityState", visible ? "visible" : "hidden"],
    ])
      Object.defineProperty(document, name, { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, visible);

// What the suites of the live board share: a clock that a test moves, and what the list and the batch beside it say.
import { boardTest } from "./support.mjs";

/** When every test begins. */
export const start = new Date("2026-11-28T12:00:00Z");

/** A test of the simulated batches, on a clock that stands still until it is moved. */
export const liveTest = boardTest.extend({
  hash: ["#/", { option: true }],
  ready: ["batch-list [part~=row]", { option: true }],
  prepare: async ({}, use) => use(holdTime),
  settle: async ({ ready }, use) => use((page) => settle(page, ready)),
});

/** What each page has requested and not been answered yet. */
const waiting = new WeakMap();

/** Makes time stand still, but for what is requested over the network. */
export async function holdTime(page) {
  const requested = new Set();
  waiting.set(page, requested);
  page.on("request", (request) => requested.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => requested.delete(request));
  await page.clock.install({ time: start });
  await page.clock.pauseAt(new Date(start.getTime() + 1000));
}

/** Lets just so much time pass that something is in the page. */
export const settle = (page, selector = "batch-list [part~=row]") =>
  passUntil(page, () => isThere(page, selector), { within: 20, step: 0.1 });

/** Whether something is in the page, without waiting for it. */
export const isThere = async (page, selector) => (await page.locator(selector).count()) > 0;

/**
 * Lets so many seconds pass, a little at a time: what is asked for in between has to come in between, also what takes
 * real time to come.
 */
export async function pass(page, seconds, step = 1) {
  for (let left = seconds; left > 0; left -= step) {
    await page.clock.runFor(Math.min(step, left) * 1000);
    // What is never answered is for the page to give up.
    for (let tries = 0; tries < 50 && waiting.get(page)?.size > 0; tries += 1)
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

/** Lets time pass until something holds; fails after so many seconds of it. */
export async function passUntil(page, holds, { within = 600, step = 1 } = {}) {
  for (let passed = 0; passed <= within; passed += step) {
    if (await holds()) return;
    await pass(page, step, step);
  }
  if (await holds()) return;
  throw new Error(`it did not come about within ${within} seconds`);
}

/** The rows of the list, from the top: ids, words, and which has the focus. */
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

/** The first row whose text has a pattern. */
export async function rowLike(page, pattern) {
  const row = (await rows(page)).find(({ text }) => pattern.test(text));
  if (!row) throw new Error(`no row is like ${pattern}: ${(await rows(page)).map(({ text }) => text).join(" | ")}`);
  return row;
}

/** Opens a batch by its row. */
export async function open(page, id) {
  await page.locator(`batch-list [data-key="${id}"]`).click();
  await page.locator("board-detail batch-card").waitFor();
}

/** The heading of the open batch. */
export const heading = (page) => page.locator("board-detail batch-card").getByRole("heading", { level: 3 }).innerText();

/** Remembers what the elements say to those who do not see it from now on: in which region, what, and when. */
export const listen = (page) =>
  page.evaluate(() => {
    globalThis.heard = [];
    for (const region of document.querySelectorAll("[data-batchlight=announcer] > *"))
      new MutationObserver(
        () =>
          region.textContent &&
          globalThis.heard.push({ role: region.getAttribute("role"), text: region.textContent, at: Date.now() }),
      ).observe(region, { childList: true, characterData: true, subtree: true });
  });

/** What they said. */
export const heard = (page) => page.evaluate(() => globalThis.heard);

/** Whether somebody looks at the page. */
export const look = (page, visible) =>
  page.evaluate((visible) => {
    for (const [name, value] of [
      ["hidden", !visible],
      ["visibilityState", visible ? "visible" : "hidden"],
    ])
      Object.defineProperty(document, name, { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, visible);

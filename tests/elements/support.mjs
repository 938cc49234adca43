// What the suites of the elements in Chromium share: the material, and pages of their own.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { switches } from "../../scripts/chromium.mjs";
import { cache } from "../../scripts/say.mjs";
import { answerTo, axe, checkByAxe as check, showInPage } from "./served.mjs";

export * from "./material.mjs";

const origin = "http://elements.test";

// Letters are drawn by their outlines alone, whatever the machine makes of fonts.
const args = [...switches, "--font-render-hinting=none", "--disable-lcd-text"];
let browser;
before(async () => void (browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args })));
after(() => browser?.close());

const usual = { locale: "en-GB", timezoneId: "UTC", viewport: { width: 1100, height: 900 }, reducedMotion: "reduce" };

/**
 * A test on a page of its own. It fails when the page complains in the console, throws, asks for anything but the
 * package's files, or lets hostile text act.
 *
 * @param {string} name
 * @param
 * {import("playwright-core").BrowserContextOptions & import("./served.mjs").PageOptions & { before?: (page: import("playwright-core").Page) => unknown }} options
 * @param {(page: import("playwright-core").Page) => Promise<void>} work
 */
export function elementTest(name, { body, define = true, lang, scheme, before: prepare, ...options }, work) {
  test(name, async () => {
    const context = await browser.newContext({ ...usual, ...options });
    const page = await context.newPage();
    const troubles = [];
    page.on("pageerror", (error) => troubles.push(`thrown: ${error.message}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) troubles.push(`${message.type()}: ${message.text()}`);
    });
    await page.route("**", (route) => {
      const { pathname, origin: asked } = new URL(route.request().url());
      const answer = asked === origin ? answerTo(pathname, { body, define, lang, scheme }) : undefined;
      if (answer) return route.fulfill(answer);
      if (pathname !== "/favicon.ico") troubles.push(`asked for ${route.request().url()}`);
      return route.fulfill({ status: 404 });
    });
    try {
      await prepare?.(page);
      await page.goto(`${origin}/`);
      if (define) await page.waitForFunction(() => globalThis.ready === true);
      await work(page);
      assert.equal(await page.evaluate(() => globalThis.harmed), undefined, "hostile text acted");
      assert.deepEqual(troubles, []);
    } finally {
      await context.close();
    }
  });
}

/** Puts elements into the page, each with properties, and waits until they are shown. */
export const show = (page, elements) => page.evaluate(showInPage, elements);

/** Asserts that axe has nothing to say of the page. */
export async function checkByAxe(page) {
  await page.evaluate(axe);
  await check(page);
}

/** Where a picture is kept. */
export function pathOf(name) {
  const folder = join(cache, "elements");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

// Pages in Firefox, driven over WebDriver BiDi, which needs no driver beside the browser.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import { answerTo } from "../elements/served.mjs";

/** What the next request for the page is answered by. */
let shown;
let browser;
const server = createServer(({ url }, response) => {
  const { pathname } = new URL(url, "http://localhost");
  const { headers = {}, body } = answerTo(pathname, shown) ?? {};
  response.writeHead(body === undefined ? 404 : 200, headers).end(body);
});

before(async () => {
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const extraPrefsFirefox = { "intl.accept_languages": "en-GB, en", "ui.prefersReducedMotion": 1 };
  browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX_PATH,
    headless: true,
    extraPrefsFirefox,
  });
});
after(async () => {
  await browser?.close();
  server.close();
});

/**
 * A test on a page of its own; fails when the page throws, complains in the console, or lets hostile text act.
 *
 * @param {string} name
 * @param {import("../elements/served.mjs").PageOptions} options
 * @param {(page: import("puppeteer-core").Page) => Promise<void>} work
 */
export function firefoxTest(name, options, work) {
  test(name, async () => {
    shown = options;
    const page = await browser.newPage();
    const troubles = [];
    // Firefox tells of its own wish for an icon, too.
    const note = (text) => /favicon\.ico/.test(text) || troubles.push(text);
    page.on("pageerror", ({ message }) => note(`thrown: ${message}`));
    page.on(
      "console",
      (message) => ["error", "warn"].includes(message.type()) && note(`${message.type()}: ${message.text()}`),
    );
    try {
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      if (options.define !== false) await page.waitForFunction(() => globalThis.ready === true);
      await work(page);
      assert.equal(await page.evaluate(() => globalThis.harmed ?? "nothing"), "nothing", "hostile text acted");
      assert.deepEqual(troubles, []);
    } finally {
      await page.close();
    }
  });
}

// Pages in Firefox, driven over WebDriver BiDi, which needs no driver beside the browser. Playwright cannot drive the
// Firefox that distributions ship.
import assert from "node:assert/strict";
import { test as base } from "@playwright/test";
import puppeteer from "puppeteer-core";
import { elementServer } from "../elements/element-page.mjs";

const { FIREFOX_PATH } = process.env;

/**
 * A test on a page of its own; fails when the page throws, complains in the console, or lets hostile text act. `page`
 * is Puppeteer's.
 *
 * - `body`, `define`, `lang`, `scheme`: the content of the page; see `PageOptions` of element-page.mjs.
 */
export const firefoxTest = base.extend({
  server: elementServer,
  firefox: [
    async ({}, use) => {
      assert.ok(FIREFOX_PATH, "FIREFOX_PATH names no Firefox");
      const firefox = await puppeteer.launch({
        browser: "firefox",
        executablePath: FIREFOX_PATH,
        headless: true,
        extraPrefsFirefox: { "intl.accept_languages": "en-GB, en", "ui.prefersReducedMotion": 1 },
      });
      await use(firefox);
      await firefox.close();
    },
    { scope: "worker" },
  ],
  body: ["", { option: true }],
  define: [true, { option: true }],
  lang: ["en", { option: true }],
  scheme: ["light dark", { option: true }],
  page: async ({ firefox, server, body, define, lang, scheme }, use, testInfo) => {
    server.show({ body, define, lang, scheme });
    const page = await firefox.newPage();
    const problems = [];
    // Firefox complains of the icon that it requests by itself, too.
    const note = (text) => /favicon\.ico/.test(text) || problems.push(text);
    page.on("pageerror", ({ message }) => note(`thrown: ${message}`));
    page.on(
      "console",
      (message) => ["error", "warn"].includes(message.type()) && note(`${message.type()}: ${message.text()}`),
    );
    await page.goto(server.url);
    if (define) await page.waitForFunction(() => globalThis.ready === true);
    await use(page);
    if (testInfo.status !== testInfo.expectedStatus)
      await testInfo.attach("screenshot", { body: Buffer.from(await page.screenshot()), contentType: "image/png" });
    const harmed = await page.evaluate(() => globalThis.harmed ?? "nothing");
    await page.close();
    assert.equal(harmed, "nothing", "hostile text acted");
    assert.deepEqual(problems, []);
  },
});

// Each page has all the styles that it needs: a page that is opened first looks the same after all others were visited.
import assert from "node:assert/strict";
import { pages } from "./pages.mjs";
import { boardTest } from "./support.mjs";

// These do not depend on the size of the content, which changes while batches run.
const properties = [
  "display",
  "position",
  "color",
  "background-color",
  "border-top-width",
  "border-top-style",
  "border-inline-start-width",
  "padding-top",
  "padding-left",
  "margin-top",
  "margin-left",
  "column-gap",
  "row-gap",
  "align-items",
  "flex-wrap",
  "grid-column-start",
  "font-family",
  "font-size",
  "font-weight",
  "line-height",
  "list-style-type",
  "overflow-wrap",
  "unicode-bidi",
  "white-space",
  "opacity",
];

/** Moves the pointer and the focus away, since both change styles. */
async function rest(page) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement?.blur());
}

/** Remembers the computed styles of a page and of the shell, by element. */
const recordStyles = (page, name) =>
  page.evaluate(
    ({ name, properties }) => {
      const roots = `.page[data-page=${name}] *, .masthead *, board-help *`;
      globalThis.recordedStyles = new Map(
        [...document.querySelectorAll(roots)].map((element) => {
          const style = getComputedStyle(element);
          return [element, properties.map((property) => style.getPropertyValue(property))];
        }),
      );
      return globalThis.recordedStyles.size;
    },
    { name, properties },
  );

/** Returns the styles that have changed since they were recorded, as text. */
const changedStyles = (page) =>
  page.evaluate((properties) => {
    const changes = new Set();
    let compared = 0;
    for (const [element, before] of globalThis.recordedStyles) {
      if (!element.isConnected) continue;
      compared += 1;
      const style = getComputedStyle(element);
      for (const [index, property] of properties.entries()) {
        const after = style.getPropertyValue(property);
        if (after !== before[index])
          changes.add(`${element.localName}.${element.className}: ${property} ${before[index]} -> ${after}`);
      }
    }
    return { changes: [...changes], compared };
  }, properties);

for (const [name, { hash, ready, fill }] of Object.entries(pages)) {
  boardTest.describe(() => {
    boardTest.use({ hash, ready, viewport: { width: 1280, height: 900 } });
    boardTest(`the page ${name} looks the same whether it is opened first or last`, async ({ page }) => {
      await fill(page);
      await rest(page);
      const recorded = await recordStyles(page, name);
      for (const [other, { hash, ready }] of Object.entries(pages)) {
        if (other === name) continue;
        await page.evaluate((hash) => (location.hash = hash), hash);
        await page.locator(ready).first().waitFor({ state: "attached" });
      }
      // The link leads to where the page was left.
      await page
        .getByRole("navigation", { name: "Pages" })
        .getByRole("link", { name: new RegExp(name, "i") })
        .click();
      await page.waitForFunction((name) => document.querySelector(`.page[data-page=${name}]`)?.hidden === false, name);
      await rest(page);
      const { changes, compared } = await changedStyles(page);
      assert.ok(compared > recorded / 2, `${compared} of ${recorded} elements are left`);
      assert.deepEqual(changes, []);
    });
  });
}

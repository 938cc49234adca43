// Every page, opened first, on a tablet and at a zoom of 200 %: the page does not scroll sideways, and nothing is cut.
import assert from "node:assert/strict";
import { pages } from "./pages.mjs";
import { boardTest, saveScreenshot } from "./support.mjs";

const screens = {
  "768 px": { viewport: { width: 768, height: 1024 } },
  // A window of 1280 x 800 px at 200 %.
  "200 %": { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
};

const fileName = (screen) => screen.replaceAll(/\W/g, "");

for (const [screen, use] of Object.entries(screens)) {
  for (const [name, { hash, ready, fill }] of Object.entries(pages)) {
    boardTest.describe(() => {
      boardTest.use({ hash, ready, ...use });
      boardTest(`the page ${name}, opened first, fits at ${screen}`, async ({ page }) => {
        assert.deepEqual(await page.evaluate(cutTexts), [], "before it has content");
        await saveScreenshot(page, `width-${name}-${fileName(screen)}-empty`);
        await fill(page);
        assert.deepEqual(await page.evaluate(cutTexts), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), use.viewport.width);
        await saveScreenshot(page, `width-${name}-${fileName(screen)}`);
      });
    });
  }
}

/** Runs in the page. Returns the visible texts that are cut at the side, or lie beside the window. */
function cutTexts() {
  const parentOf = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host;
  /** The ancestors from the element upward, with their styles. */
  const chain = (element) => {
    const styles = [];
    for (let each = element; each; each = parentOf(each)) styles.push([each, getComputedStyle(each)]);
    return styles;
  };
  const cut = [];
  const range = document.createRange();
  const visit = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        if (node.shadowRoot) visit(node.shadowRoot);
        continue;
      }
      const element = node.parentElement;
      if (!element || !node.data.trim() || element.closest("script, style, svg, option") || !element.checkVisibility())
        continue;
      range.selectNodeContents(node);
      const { left, right, width } = range.getBoundingClientRect();
      if (width === 0) continue;
      const styles = chain(element);
      // Texts for screen readers alone, and links that appear with the focus.
      if (styles.some(([each, { clipPath }]) => clipPath !== "none" || each.matches(".skip"))) continue;
      const scrolls = styles.some(([, { overflowX }]) => overflowX === "auto" || overflowX === "scroll");
      const hidden = styles.find(([each, { overflowX, textOverflow }]) => {
        if (overflowX === "visible" || textOverflow === "ellipsis" || each === document.body) return false;
        const box = each.getBoundingClientRect();
        return overflowX !== "auto" && overflowX !== "scroll" && (right > box.right + 1 || left < box.left - 1);
      });
      if (hidden || (!scrolls && (right > innerWidth + 1 || left < -1)))
        cut.push(`${element.localName}.${element.className}: ${node.data.trim().slice(0, 60)}`);
    }
  };
  visit(document.body);
  return cut;
}

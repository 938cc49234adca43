// For everybody: axe in both themes and widths over every state, contrast as measured, forced colours, motion, paper,
// right to left.
import assert from "node:assert/strict";
import { test } from "@playwright/test";
import { renderBatch } from "batchlight/elements";
import { checkWithAxe } from "../axe.mjs";
import { batches, elementTest, fixtures, hostile, now, oddities, oneElements, show } from "./support.mjs";

const all = [...batches, hostile, ...oddities];

for (const colorScheme of ["light", "dark"]) {
  for (const name of [...oneElements, "batch-list"]) {
    elementTest.describe(() => {
      elementTest.use({ colorScheme });
      elementTest(`axe finds nothing: ${name}, ${colorScheme}`, async ({ page }) => {
        await show(
          page,
          name === "batch-list"
            ? [[name, { batches: all.slice(0, 30), now, selected: all[3].id }]]
            : all.map((batch) => [name, { batch, now }]),
        );
        await checkWithAxe(page);
      });
    });
  }
}

for (const name of ["batch-card", "batch-list"]) {
  elementTest.describe(() => {
    elementTest.use({ viewport: { width: 320, height: 900 } });
    elementTest(`${name} fits into 320 pixels`, async ({ page }) => {
      await page.evaluate(() => (document.body.style.margin = "8px"));
      await show(
        page,
        name === "batch-list" ? [[name, { batches: all, now }]] : all.map((batch) => [name, { batch, now }]),
      );
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
      await checkWithAxe(page);
    });
  });
}

/** Relative luminance of `#rrggbb`, by WCAG 2. */
function luminance(colour) {
  const [red, green, blue] = colour.match(/[0-9a-f]{2}/g).map((part) => {
    const value = Number.parseInt(part, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test("text stands out by 4.5 to 1 and graphics by 3 to 1, in both themes", () => {
  const sheet = renderBatch({ status: "validating" }, { element: "batch-status" });
  const colours = Object.fromEntries(
    [...sheet.matchAll(/--batch-([\w-]+),light-dark\((#\w{6}),(#\w{6})\)/g)].map(([, name, ...pair]) => [name, pair]),
  );
  const names = Object.keys(colours);
  const texts = names.filter((name) => name.startsWith("tone-") || ["ink", "muted", "accent"].includes(name));
  const graphics = names.filter((name) => name.startsWith("fill-") || name === "edge");
  assert.deepEqual([texts.length, graphics.length], [11, 4]);
  for (const theme of [0, 1]) {
    const ground = colours.surface[theme];
    for (const name of texts)
      assert.ok(contrast(colours[name][theme], ground) >= 4.5, `${name}: ${contrast(colours[name][theme], ground)}`);
    for (const name of graphics)
      assert.ok(contrast(colours[name][theme], ground) >= 3, `${name}: ${contrast(colours[name][theme], ground)}`);
  }
  // White on a badge's tone.
  for (const name of names.filter((name) => name.startsWith("tone-")))
    assert.ok(contrast("#ffffff", colours[name][0]) >= 4.5, name);
});

const running = fixtures.find(
  ({ batch }) => batch.status === "in_progress" && batch.request_counts?.completed > 0,
).batch;

elementTest.describe(() => {
  elementTest.use({ colorScheme: "dark", scheme: "light" });
  elementTest("a page that is light only has light elements, whatever the system's theme is", async ({ page }) => {
    await show(page, [["batch-card", { batch: running, now }]]);
    assert.equal(
      await page.evaluate(
        () => getComputedStyle(document.querySelector("batch-card").shadowRoot.querySelector(".card")).backgroundColor,
      ),
      "rgb(255, 255, 255)",
    );
  });
});

elementTest.describe(() => {
  elementTest.use({ reducedMotion: "no-preference" });
  elementTest("nothing moves where motion is not wanted, and something does where it is", async ({ page }) => {
    await show(page, [["batch-status", { batch: { status: "validating" }, now }]]);
    const moving = () => page.evaluate(() => document.querySelector("batch-status").shadowRoot.getAnimations().length);
    assert.equal(await moving(), 1);
    await page.emulateMedia({ reducedMotion: "reduce" });
    assert.equal(await moving(), 0);
  });
});

elementTest.describe(() => {
  elementTest.use({ forcedColors: "active" });
  elementTest("bars and marks stay visible in forced colours", async ({ page }) => {
    await show(page, [
      ["batch-card", { batch: { ...running, request_counts: { total: 10, completed: 4, failed: 3 } }, now }],
    ]);
    const drawn = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector("batch-card");
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = "Canvas";
      const style = (selector, pseudo) => getComputedStyle(shadowRoot.querySelector(selector), pseudo);
      return {
        canvas: getComputedStyle(probe).color,
        colours: [
          style(".track").stroke,
          style(".running").stroke,
          style(".failed").stroke,
          style(".icon").stroke,
          style(".timeline li", "::before").backgroundColor,
        ],
      };
    });
    for (const colour of drawn.colours) assert.notEqual(colour, drawn.canvas);
  });
});

elementTest.describe(() => {
  elementTest.use({ colorScheme: "dark" });
  elementTest("on paper it is dark on light", async ({ page }) => {
    await show(page, [
      ["batch-card", { batch: running, now }],
      ["batch-list", { batches: [running], now }],
    ]);
    await page.emulateMedia({ media: "print" });
    const looks = await page.evaluate(() => [
      getComputedStyle(document.querySelector("batch-card").shadowRoot.querySelector(".card")).backgroundColor,
      getComputedStyle(document.querySelector("batch-list").shadowRoot.querySelector(".controls")).display,
    ]);
    assert.deepEqual(looks, ["rgb(255, 255, 255)", "none"]);
  });
});

elementTest("from right to left, bars fill from the right and marks stand on the right", async ({ page }) => {
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await show(page, [["batch-card", { batch: running, now }]]);
  const [bar, label, icon] = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector("batch-card");
    const left = (selector) => shadowRoot.querySelector(selector).getBoundingClientRect().left;
    return [
      getComputedStyle(shadowRoot.querySelector(".bar svg")).scale,
      left(".heading .label"),
      left(".heading .icon"),
    ];
  });
  assert.equal(bar, "-1 1");
  assert.ok(icon > label);
});

elementTest(
  "text of another direction than the page stays in order: each stands in a bdi, or begins and ends in letters",
  async ({ page }) => {
    await show(page, [
      ...oneElements.flatMap((name) => all.map((batch) => [name, { batch, now }])),
      ["batch-list", { batches: all, now }],
      ["batch-list", { batches: [] }],
    ]);
    const loose = await page.evaluate(() => {
      const found = new Set();
      for (const { shadowRoot } of document.querySelectorAll("main > :not(h1, h2)")) {
        const walker = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const { data, parentElement } = walker.currentNode;
          // Controls are laid out one by one, and what is hidden is only heard.
          if (/^\p{L}.*\p{L}$|^[\s,]*$/u.test(data.trim()) || parentElement.closest("bdi, .hidden, .controls, style"))
            continue;
          found.add(`${parentElement.className || parentElement.localName}: ${data}`);
        }
      }
      return [...found];
    });
    assert.deepEqual(loose, []);
  },
);

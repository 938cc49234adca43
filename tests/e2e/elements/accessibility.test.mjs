// Accessibility: axe over every state, contrast, forced colors, reduced motion, print and right-to-left text.
import assert from "node:assert/strict";
import { test } from "@playwright/test";
import { renderBatch } from "batchlight/elements";
import { checkWithAxe } from "../axe.mjs";
import { batches, elementTest, fixtures, hostile, now, invalidValues, show, singleBatchElements } from "./support.mjs";

const values = [...batches, hostile, ...invalidValues];

for (const colorScheme of ["light", "dark"]) {
  for (const name of [...singleBatchElements, "batch-list"]) {
    elementTest.describe(() => {
      elementTest.use({ colorScheme });
      elementTest(`${name} has no axe violations in the ${colorScheme} theme`, async ({ page }) => {
        await show(
          page,
          name === "batch-list"
            ? [[name, { batches: values.slice(0, 30), now, selected: values[3].id }]]
            : values.map((batch) => [name, { batch, now }]),
        );
        await checkWithAxe(page);
      });
    });
  }
}

for (const name of ["batch-card", "batch-list"]) {
  elementTest.describe(() => {
    elementTest.use({ viewport: { width: 320, height: 900 } });
    elementTest(`${name} fits into a width of 320 pixels`, async ({ page }) => {
      await page.evaluate(() => (document.body.style.margin = "8px"));
      await show(
        page,
        name === "batch-list" ? [[name, { batches: values, now }]] : values.map((batch) => [name, { batch, now }]),
      );
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
      await checkWithAxe(page);
    });
  });
}

/** The relative luminance of `#rrggbb`, as WCAG 2 defines it. */
function luminance(color) {
  const [red, green, blue] = color.match(/[0-9a-f]{2}/g).map((part) => {
    const value = Number.parseInt(part, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test("text has a contrast of at least 4.5:1 and graphics of at least 3:1, in both themes", () => {
  const html = renderBatch({ status: "validating" }, { element: "batch-status" });
  const colors = Object.fromEntries(
    [...html.matchAll(/--batch-([\w-]+),light-dark\((#\w{6}),(#\w{6})\)/g)].map(([, name, ...pair]) => [name, pair]),
  );
  const names = Object.keys(colors);
  const texts = names.filter((name) => name.startsWith("tone-") || ["ink", "muted", "accent"].includes(name));
  const graphics = names.filter((name) => name.startsWith("fill-") || name === "edge");
  assert.deepEqual([texts.length, graphics.length], [11, 4]);
  for (const theme of [0, 1]) {
    const background = colors.surface[theme];
    for (const name of texts)
      assert.ok(
        contrast(colors[name][theme], background) >= 4.5,
        `${name}: ${contrast(colors[name][theme], background)}`,
      );
    for (const name of graphics)
      assert.ok(
        contrast(colors[name][theme], background) >= 3,
        `${name}: ${contrast(colors[name][theme], background)}`,
      );
  }
  // White text on a badge.
  for (const name of names.filter((name) => name.startsWith("tone-")))
    assert.ok(contrast("#ffffff", colors[name][0]) >= 4.5, name);
});

const running = fixtures.find(
  ({ batch }) => batch.status === "in_progress" && batch.request_counts?.completed > 0,
).batch;

elementTest.describe(() => {
  elementTest.use({ colorScheme: "dark", scheme: "light" });
  elementTest("elements in a light-only page are light even in a dark system theme", async ({ page }) => {
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
  elementTest("icons move only without prefers-reduced-motion: reduce", async ({ page }) => {
    await show(page, [["batch-status", { batch: { status: "validating" }, now }]]);
    const animations = () =>
      page.evaluate(() => document.querySelector("batch-status").shadowRoot.getAnimations().length);
    assert.equal(await animations(), 1);
    await page.emulateMedia({ reducedMotion: "reduce" });
    assert.equal(await animations(), 0);
  });
});

elementTest.describe(() => {
  elementTest.use({ forcedColors: "active" });
  elementTest("bars and marks are visible in forced colors", async ({ page }) => {
    await show(page, [
      ["batch-card", { batch: { ...running, request_counts: { total: 10, completed: 4, failed: 3 } }, now }],
    ]);
    const seen = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector("batch-card");
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = "Canvas";
      const style = (selector, pseudo) => getComputedStyle(shadowRoot.querySelector(selector), pseudo);
      return {
        canvas: getComputedStyle(probe).color,
        colors: [
          style(".track").stroke,
          style(".running").stroke,
          style(".failed").stroke,
          style(".icon").stroke,
          style(".timeline .entry", "::before").backgroundColor,
        ],
      };
    });
    for (const color of seen.colors) assert.notEqual(color, seen.canvas);
  });
});

elementTest.describe(() => {
  elementTest.use({ colorScheme: "dark" });
  elementTest("print uses the light theme and hides the controls of the list", async ({ page }) => {
    await show(page, [
      ["batch-card", { batch: running, now }],
      ["batch-list", { batches: [running], now }],
    ]);
    await page.emulateMedia({ media: "print" });
    const styles = await page.evaluate(() => [
      getComputedStyle(document.querySelector("batch-card").shadowRoot.querySelector(".card")).backgroundColor,
      getComputedStyle(document.querySelector("batch-list").shadowRoot.querySelector(".controls")).display,
    ]);
    assert.deepEqual(styles, ["rgb(255, 255, 255)", "none"]);
  });
});

elementTest("in right-to-left pages, bars fill from the right and icons stand on the right", async ({ page }) => {
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
  "every text stands in a bdi, or begins and ends with letters, so that its direction cannot affect other text",
  async ({ page }) => {
    await show(page, [
      ...singleBatchElements.flatMap((name) => values.map((batch) => [name, { batch, now }])),
      ["batch-list", { batches: values, now }],
      ["batch-list", { batches: [] }],
    ]);
    const unisolated = await page.evaluate(() => {
      const found = new Set();
      for (const { shadowRoot } of document.querySelectorAll("main > :not(h1, h2)")) {
        const walker = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const { data, parentElement } = walker.currentNode;
          // Controls are separate boxes, and hidden text is only read by screen readers.
          if (/^\p{L}.*\p{L}$|^[\s,]*$/u.test(data.trim()) || parentElement.closest("bdi, .hidden, .controls, style"))
            continue;
          found.add(`${parentElement.className || parentElement.localName}: ${data}`);
        }
      }
      return [...found];
    });
    assert.deepEqual(unisolated, []);
  },
);

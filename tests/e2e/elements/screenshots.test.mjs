// Compares every element with its screenshot in tests/e2e/elements/screenshots. BATCHLIGHT_UPDATE=1 records new ones;
// a differing one is written to .cache/elements. The suite has its own font, so that screenshots are the same on every
// machine with the same kind of browser.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { describeBatch } from "batchlight";
import { badgeSvg } from "batchlight/elements";
import { batches, elementTest, now, pathOf, running, show } from "./support.mjs";

const folder = fileURLToPath(new URL("screenshots/", import.meta.url));

/** One batch for each label, an unknown status and an invalid value. */
const states = [
  ...new Map(batches.map((batch) => [describeBatch(batch, { now }).label, batch])).values(),
  { status: "paused", id: "batch_paused" },
  null,
];
const rejected = batches.find(({ status, errors }) => status === "failed" && errors);
const finalizing = batches.find(({ status }) => status === "finalizing");
const expiredPartial = batches.find(({ id, status }) => status === "expired" && id !== "batch_expired");

const each = (name, values) => values.map((batch) => [name, { batch, now, timeZone: "UTC" }]);
const scenes = {
  status: each("batch-status", [running, ...states]),
  progress: each("batch-progress", [running, batches.find(({ status }) => status === "validating"), expiredPartial]),
  timeline: each("batch-timeline", [running, finalizing, rejected]),
  card: each("batch-card", [running, rejected]),
  list: [
    [
      "batch-list",
      {
        batches: [running, rejected, finalizing, expiredPartial, ...states.slice(-2)],
        now,
        timeZone: "UTC",
        selected: running.id,
      },
    ],
  ],
};

const variants = {
  light: { colorScheme: "light", scenes: Object.keys(scenes) },
  dark: { colorScheme: "dark", scenes: Object.keys(scenes) },
  forced: { colorScheme: "dark", forcedColors: "active", scenes: Object.keys(scenes) },
  narrow: { colorScheme: "light", viewport: { width: 360, height: 900 }, scenes: ["card", "list"] },
  rtl: { colorScheme: "light", dir: "rtl", scenes: ["progress", "card", "list"] },
};

/** The fraction of pixels that may differ: the edges of letters depend on the version of the browser. */
const maxDifference = 0.0005;

/** Reduces each color channel to 5 bits: files are half as large, and comparisons have a larger tolerance. */
function quantize(png) {
  for (let index = 0; index < png.data.length; index++)
    png.data[index] = Math.round((Math.round((png.data[index] / 255) * 31) / 31) * 255);
  return png;
}

const encode = (png) =>
  PNG.sync.write(png, { colorType: 2, inputHasAlpha: true, deflateLevel: 9, deflateStrategy: 0, filterType: 0 });

/** Compares a screenshot with the recorded one, or records it. */
function compare(name, bytes, path = `${folder}${name}.png`, reduce = quantize) {
  if (process.env.BATCHLIGHT_UPDATE) {
    mkdirSync(folder, { recursive: true });
    return writeFileSync(path, encode(reduce(PNG.sync.read(bytes))));
  }
  writeFileSync(pathOf(name), bytes);
  assert.ok(
    existsSync(path),
    `there is no recorded screenshot ${name}: record it with BATCHLIGHT_UPDATE=1 npm test -- e2e`,
  );
  const [actual, expected] = [bytes, readFileSync(path)].map((png) => quantize(PNG.sync.read(png)));
  const { width, height } = expected;
  assert.deepEqual([actual.width, actual.height], [width, height], `${name} has another size: compare ${pathOf(name)}`);
  const difference = new PNG({ width, height });
  const differing = pixelmatch(actual.data, expected.data, difference.data, width, height, { threshold: 0.2 });
  if (differing <= width * height * maxDifference) return;
  writeFileSync(pathOf(`${name}-differing`), PNG.sync.write(difference));
  assert.fail(
    `${name} differs in ${differing} pixels: compare ${pathOf(name)} and ${pathOf(`${name}-differing`)}; ` +
      "record an intended change with BATCHLIGHT_UPDATE=1 npm test -- e2e",
  );
}

const preparePage = async (dir) => {
  document.documentElement.dir = dir;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    body { margin: 0; background: light-dark(#f4f4f1, #0f1011); --batch-font: Inter; --batch-font-mono: Inter }
    h1, h2 { display: none }
    main { box-sizing: border-box; inline-size: min(100vw, 52rem); padding: 16px }
    main { display: flex; flex-wrap: wrap; gap: 10px }
    main:has(batch-list) { inline-size: 100vw }
    main > :not(batch-status) { flex: 1 0 100% }
  `);
  document.adoptedStyleSheets = [sheet];
  await document.fonts.load("16px Inter");
};

for (const [variant, { scenes: shown, dir = "ltr", ...options }] of Object.entries(variants)) {
  elementTest.describe(() => {
    elementTest.use(options);
    elementTest(`the elements match their screenshots: ${variant}`, async ({ page }) => {
      await page.evaluate(preparePage, dir);
      for (const name of shown) {
        await show(page, scenes[name]);
        await page.waitForFunction(
          () => !document.querySelector("batch-list")?.shadowRoot.querySelector("[aria-busy]"),
        );
        compare(`${name}-${variant}`, await page.locator("main").screenshot({ animations: "disabled" }));
        await page.evaluate(() => document.querySelector("main").replaceChildren());
      }
    });
  });
}

elementTest("badges match their screenshot", async ({ page }) => {
  await page.evaluate(preparePage, "ltr");
  // A badge uses a font of the reader's machine; the test sets its own.
  const all = [running, ...states].map((batch) =>
    badgeSvg(batch, { now }).replace(/font-family="[^"]*"/, 'font-family="Inter"'),
  );
  await page.evaluate((all) => {
    const policy = trustedTypes.createPolicy("test", { createHTML: (text) => text });
    document
      .querySelector("main")
      .append(
        ...all.map((text) =>
          document.adoptNode(new DOMParser().parseFromString(policy.createHTML(text), "image/svg+xml").documentElement),
        ),
      );
    for (const svg of document.querySelectorAll("svg")) svg.style.flex = "none";
  }, all);
  compare("badges", await page.locator("main").screenshot());
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  elementTest.describe(() => {
    elementTest.use({ viewport: { width: 900, height: 900 }, deviceScaleFactor: 2, colorScheme });
    elementTest(`the ${colorScheme} image in the README matches the elements`, async ({ page }) => {
      await page.evaluate(preparePage, "ltr");
      await show(page, scenes.card);
      compare(
        `readme-${colorScheme}`,
        await page.locator("main").screenshot(),
        fileURLToPath(new URL(`../../../docs/card-${colorScheme}.png`, import.meta.url)),
        (png) => png,
      );
    });
  });
}

// Every element as it looks, held against the pictures in tests/e2e/elements/screenshots. BATCHLIGHT_UPDATE=1 renews
// these; what differs is written to .cache/elements. One font is brought along, so that a picture is the same on every
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

/** One batch for each label, and some that are odd. */
const states = [
  ...new Map(batches.map((batch) => [describeBatch(batch, { now }).label, batch])).values(),
  { status: "paused", id: "batch_paused" },
  null,
];
const rejected = batches.find(({ status, errors }) => status === "failed" && errors);
const finalizing = batches.find(({ status }) => status === "finalizing");
const lost = batches.find(({ id, status }) => status === "expired" && id !== "batch_expired");

const on = (name, all, more) => all.map((batch) => [name, { batch, now, timeZone: "UTC", ...more }]);
const scenes = {
  status: on("batch-status", [running, ...states]),
  progress: on("batch-progress", [running, batches.find(({ status }) => status === "validating"), lost]),
  timeline: on("batch-timeline", [running, finalizing, rejected]),
  card: on("batch-card", [running, rejected]),
  list: [
    [
      "batch-list",
      {
        batches: [running, rejected, finalizing, lost, ...states.slice(-2)],
        now,
        timeZone: "UTC",
        selected: running.id,
      },
    ],
  ],
};

const looks = {
  light: { colorScheme: "light", scenes: Object.keys(scenes) },
  dark: { colorScheme: "dark", scenes: Object.keys(scenes) },
  forced: { colorScheme: "dark", forcedColors: "active", scenes: Object.keys(scenes) },
  narrow: { colorScheme: "light", viewport: { width: 360, height: 900 }, scenes: ["card", "list"] },
  rtl: { colorScheme: "light", dir: "rtl", scenes: ["progress", "card", "list"] },
};

/** Fewer pixels than this share may differ: edges of letters do, from one version of a browser to the next. */
const tolerated = 0.0005;

/** Shades are kept by five bits of eight, which is finer than what is compared, and makes files half as large. */
function coarse(png) {
  for (let index = 0; index < png.data.length; index++)
    png.data[index] = Math.round((Math.round((png.data[index] / 255) * 31) / 31) * 255);
  return png;
}

const written = (png) =>
  PNG.sync.write(png, { colorType: 2, inputHasAlpha: true, deflateLevel: 9, deflateStrategy: 0, filterType: 0 });

/** Holds a picture against the one that is kept. */
function compare(name, bytes, path = `${folder}${name}.png`, kept = coarse) {
  if (process.env.BATCHLIGHT_UPDATE) {
    mkdirSync(folder, { recursive: true });
    return writeFileSync(path, written(kept(PNG.sync.read(bytes))));
  }
  writeFileSync(pathOf(name), bytes);
  assert.ok(existsSync(path), `there is no picture ${name} to compare with: BATCHLIGHT_UPDATE=1 npm test -- e2e`);
  const [seen, known] = [bytes, readFileSync(path)].map((png) => coarse(PNG.sync.read(png)));
  const { width, height } = known;
  assert.deepEqual([seen.width, seen.height], [width, height], `${name} has another size; it is at ${pathOf(name)}`);
  const difference = new PNG({ width, height });
  const differing = pixelmatch(seen.data, known.data, difference.data, width, height, { threshold: 0.2 });
  if (differing <= width * height * tolerated) return;
  writeFileSync(pathOf(`${name}-differing`), PNG.sync.write(difference));
  assert.fail(
    `${name} looks different in ${differing} pixels: ${pathOf(name)} and ${pathOf(`${name}-differing`)}; ` +
      "if it is meant to, BATCHLIGHT_UPDATE=1 npm test -- e2e",
  );
}

const dress = async (dir) => {
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

for (const [look, { scenes: shown, dir = "ltr", ...options }] of Object.entries(looks)) {
  elementTest.describe(() => {
    elementTest.use(options);
    elementTest(`the elements look as they did: ${look}`, async ({ page }) => {
      await page.evaluate(dress, dir);
      for (const name of shown) {
        await show(page, scenes[name]);
        await page.waitForFunction(
          () => !document.querySelector("batch-list")?.shadowRoot.querySelector("[aria-busy]"),
        );
        compare(`${name}-${look}`, await page.locator("main").screenshot({ animations: "disabled" }));
        await page.evaluate(() => document.querySelector("main").replaceChildren());
      }
    });
  });
}

elementTest("badges look as they did", async ({ page }) => {
  await page.evaluate(dress, "ltr");
  // As elsewhere, a badge is an image of its own; its font is the reader's, so here it is set.
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

elementTest.describe(() => {
  elementTest.use({ viewport: { width: 900, height: 900 } });
  elementTest("the picture in the README is of what there is", async ({ page }) => {
    await page.evaluate(dress, "ltr");
    await show(page, scenes.card);
    compare(
      "readme",
      await page.locator("main").screenshot(),
      fileURLToPath(new URL("../../../docs/elements.png", import.meta.url)),
      (png) => png,
    );
  });
});

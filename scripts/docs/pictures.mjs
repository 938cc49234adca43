// npm run docs:pictures: takes the pictures of the board for README.md and docs/board.md. The simulated batches and the
// stopped clock are the same each time. Look at the pictures before you commit them. The pictures of the cards are
// recorded by the suite tests/e2e/elements/screenshots.test.mjs.
import { buildPackage } from "../build.mjs";
import { buildBoard, serveBoard } from "../bundle/board.mjs";
import { launchChromium } from "../chromium.mjs";
import { at, main, print } from "../process.mjs";

const start = new Date("2026-11-28T12:00:00Z");

/** Each picture: the page, its size, and what is done before it is taken. */
const pictures = {
  board: {
    hash: "#/",
    size: { width: 1300, height: 800 },
    prepare: async (page) => {
      await page.clock.install({ time: start });
      await page.clock.pauseAt(new Date(start.getTime() + 1000));
    },
    act: async (page) => {
      const row = page.locator("batch-list [part~=row-button]", { hasText: "Completed with errors" }).first();
      await waitFor(page, row);
      await row.click();
      await waitFor(page, page.locator("board-causes .cause").first());
    },
  },
  files: {
    hash: "#/files",
    size: { width: 1300, height: 950 },
    prepare: async () => {},
    act: async (page) => {
      await page.getByRole("button", { name: "a broken input file" }).click();
      await page.locator("mark").first().waitFor();
    },
  },
};

/** Advances the stopped clock until an element is there. */
async function waitFor(page, locator) {
  for (let passed = 0; passed < 200; passed += 1) {
    if (await locator.count()) return;
    await page.clock.runFor(100);
    await new Promise((wake) => setTimeout(wake, 20));
  }
  throw new Error(`expected ${locator} within 20 seconds`);
}

await main(async () => {
  await buildPackage();
  await buildBoard();
  const { url, close } = await serveBoard(0);
  const browser = await launchChromium();
  try {
    for (const [name, { hash, size, prepare, act }] of Object.entries(pictures))
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        const page = await browser.newPage({
          ...{ colorScheme, viewport: size, deviceScaleFactor: 1.5, reducedMotion: "reduce" },
          ...{ locale: "en-GB", timezoneId: "UTC" },
        });
        await prepare(page);
        await page.goto(`${url}${hash}`);
        await act(page);
        await page.mouse.move(0, 0);
        const path = at("docs", `${name}-${colorScheme}.png`);
        await page.screenshot({ path });
        print(`  docs/${name}-${colorScheme}.png`);
        await page.close();
      }
  } finally {
    await browser.close();
    await close();
  }
});

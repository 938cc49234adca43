// Accessibility of the Files page: axe in every state, keyboard, forced colours, print.
import assert from "node:assert/strict";
import { checkWithAxe } from "../axe.mjs";
import { saveScreenshot, tabTo } from "./support.mjs";
import {
  broken,
  check,
  choose,
  dropLarge,
  filesTest,
  good,
  lines,
  match,
  completed,
  request,
  announced,
  openSplit,
} from "./files-support.mjs";

const line = `${JSON.stringify(request("x"))}\n`;
const states = {
  empty: async () => {},
  progress: async (page) => {
    await dropLarge(page, "large.jsonl", line, 20_000_000);
    await page.locator("[role=progressbar]").waitFor();
  },
  cancelled: async (page) => {
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Start again" }).waitFor();
  },
  good: (page) => check(page, good),
  broken: async (page) => {
    await check(page, broken);
    await page.locator("mark").first().waitFor();
  },
  fix: async (page) => {
    await check(page, `\ufeff${good}`);
    await page.getByRole("button", { name: "Fix…" }).click();
    await page.locator(".changes").waitFor();
  },
  split: async (page) => {
    await check(page, good);
    await openSplit(page);
    await page.getByRole("spinbutton", { name: "Requests" }).fill("1");
    await page.getByRole("button", { name: "Preview split" }).click();
    await page.locator(".panel table").waitFor();
  },
  outcome: async (page) => {
    await match(page);
    await page.getByText("Compare with the batch’s counts").click();
  },
  digest: async (page) => {
    await choose(page, { "output.jsonl": completed.output, "errors.jsonl": completed.error });
    await page.locator("files-digest .facts").waitFor();
  },
};

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1440]) {
    filesTest.describe(() => {
      filesTest.use({ colorScheme, viewport: { width, height: 900 } });
      filesTest(`axe finds no violations: Files, ${colorScheme}, ${width} px`, async ({ page }) => {
        for (const [name, reach] of Object.entries(states)) {
          // The state `cancelled` continues from `progress`.
          if (name !== "cancelled") await page.reload();
          await page.locator("#files-choose").waitFor({ state: "attached" });
          await reach(page);
          assert.equal(
            await page.evaluate(() => document.documentElement.scrollWidth),
            width,
            `${name}: the page is wider than the viewport`,
          );
          await checkWithAxe(page);
          await saveScreenshot(page, `files-${name}-${colorScheme}-${width}`);
        }
      });
    });
  }
}

filesTest("the page never scrolls horizontally from 320 px on, in both text directions", async ({ page }) => {
  await match(page);
  await openSplit(page);
  await page.getByRole("button", { name: "Preview split" }).click();
  await page.locator(".panel table").waitFor();
  for (const direction of ["ltr", "rtl"]) {
    await page.evaluate((direction) => (document.documentElement.dir = direction), direction);
    for (const width of [320, 360, 480, 672, 768, 1024, 1088, 1280, 1440, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, `${direction} ${width}`);
    }
  }
});

// A listener disables the browser's own file dialog. That takes effect only after a while, so it is added early.
const expectChooser = (page) => page.on("filechooser", () => {});

filesTest.describe(() => {
  filesTest.use({ prepare: async ({}, use) => use(expectChooser) });
  filesTest("a file can be checked and fixed with the keyboard alone", async ({ page }) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.localName), "main");
    await tabTo(page, ({ name }) => name === "files-choose", 1);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Space")]);
    await chooser.setFiles({
      name: "mine.jsonl",
      mimeType: "",
      buffer: Buffer.from(`\ufeff${lines(...Array.from({ length: 9 }, () => request("same")))}`),
    });
    await page.locator("files-report .facts").waitFor();
    await tabTo(page, ({ name }) => name === "Fix…");
    await page.keyboard.press("Enter");
    await page.locator(".changes").waitFor();
    await tabTo(page, ({ name }) => name === "Save fixed file");
    await tabTo(page, ({ name }) => /^Show \d+ more/.test(name));
    const before = await page.locator(".file-issue").count();
    await page.keyboard.press("Space");
    await page.waitForFunction((many) => document.querySelectorAll(".file-issue").length > many, before);
  });
});

filesTest("results can be read with the keyboard alone", async ({ page }) => {
  const ids = Array.from({ length: 120 }, (_, index) => `r${index}`);
  await match(page, { input: lines(...ids.map((id) => request(id))), error: completed.error });
  await page.locator("main").focus();
  await tabTo(page, ({ name }) => name.startsWith("Save ") && name.endsWith("to retry"));
  await tabTo(page, ({ tag }) => tag === "input");
  await page.keyboard.press("ArrowRight");
  await announced(page, "shown.");
  await tabTo(page, ({ role }) => role === "listbox");
  await page.keyboard.press("ArrowDown");
  await page.locator("#request-id", { hasText: /^\s*r1\s*$/ }).waitFor();
  await page.keyboard.press("End");
  await page.locator("#request-id", { hasText: /r119/ }).waitFor();
  assert.match(await page.locator('.verdict-row[aria-selected="true"]').innerText(), /r119/);
  await tabTo(page, ({ name }) => name === "Previous");
  await page.keyboard.press("Enter");
  await page.locator("#request-id", { hasText: /r118/ }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Previous");
  // Single keys move as well, wherever the focus is.
  await page.keyboard.press("k");
  await page.locator("#request-id", { hasText: /r117/ }).waitFor();
  await page.keyboard.press("j");
  await page.locator("#request-id", { hasText: /r118/ }).waitFor();
});

filesTest.describe(() => {
  filesTest.use({ reducedMotion: "no-preference" });
  filesTest("animations run only without reduced motion", async ({ page }) => {
    await states.progress(page);
    assert.ok((await page.evaluate(() => document.getAnimations().length)) > 0);
    await page.emulateMedia({ reducedMotion: "reduce" });
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  });
});

filesTest.describe(() => {
  filesTest.use({ forcedColors: "active" });
  filesTest("marks, icons and the drop area stay visible in forced colours", async ({ page }) => {
    await states.broken(page);
    const drawn = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement("i"));
      const system = (name) => {
        probe.style.color = name;
        return getComputedStyle(probe).color;
      };
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      return {
        canvas: system("Canvas"),
        colours: [
          style(".excerpt mark").borderBottomColor,
          style(".drop-area label").borderTopColor,
          style(".report h2 .icon").stroke,
        ],
      };
    });
    for (const colour of drawn.colours) assert.notEqual(colour, drawn.canvas);
    await saveScreenshot(page, "files-forced-colours");
  });
});

filesTest.describe(() => {
  filesTest.use({ colorScheme: "dark" });
  filesTest("print shows the report in light colours without controls", async ({ page }) => {
    await states.broken(page);
    await page.emulateMedia({ media: "print" });
    assert.equal(
      await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
      "rgb(255, 255, 255)",
    );
    assert.ok(await page.locator(".file-issue").first().isVisible());
    assert.equal(await page.locator("button:visible, select:visible, input:visible").count(), 0);
  });
});

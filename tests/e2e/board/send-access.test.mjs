// Accessibility of sending: axe in every state and theme, widths, announcements and the keyboard alone.
import assert from "node:assert/strict";
import { checkWithAxe } from "../axe.mjs";
import { recordAnnouncements } from "./batches-support.mjs";
import { choose, lines, request } from "./files-support.mjs";
import { askToSend, confirm, sendTest, waitForState } from "./send-support.mjs";
import { saveScreenshot } from "./support.mjs";

const many = lines(
  ...Array.from({ length: 4 }, (_, at) => request(`chat-${at}`)),
  ...Array.from({ length: 2 }, (_, at) =>
    request(`embedding-${at}`, { url: "/v1/embeddings", body: { model: "text-embedding-3-small", input: "x" } }),
  ),
);

// The colours depend on the theme alone, and the layout on the width alone.
for (const [colorScheme, width] of /** @type {["light" | "dark", number][]} */ ([
  ["light", 360],
  ["dark", 1440],
])) {
  sendTest.describe(() => {
    sendTest.use({ colorScheme, viewport: { width, height: 900 }, mock: { hold: "in_progress" } });
    sendTest(`axe finds no violations: sending, ${colorScheme}, ${width} px`, async ({ page }) => {
      const look = async (name) => {
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, name);
        await checkWithAxe(page);
        await saveScreenshot(page, `${name}-${colorScheme}-${width}`);
      };
      const dialog = await askToSend(page, many, "mixed.jsonl");
      await look("send-dialog");
      await dialog.getByRole("button", { name: "Don’t send" }).click();
      await look("send-plan");
      await page.getByRole("button", { name: "Send 6 requests…" }).click();
      await confirm(page, dialog);
      await page.locator("board-run td", { hasText: "Running" }).first().waitFor();
      await look("runs-running");
      await page.reload();
      await waitForState(page, "Paused");
      await look("runs-paused");
      await page.getByRole("button", { name: "Remove… mixed.jsonl" }).click();
      await look("runs-dialog");
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: "Files" }).click();
      await page.locator("board-run-offer a").waitFor();
      await look("runs-offer");
    });
  });
}

sendTest.describe(() => {
  sendTest.use({ forcedColors: "active" });
  sendTest(
    "a file is sent with the keyboard alone, plan and end are announced, in forced colours",
    async ({ page }) => {
      await choose(page, { "requests.jsonl": lines(request("a")) });
      await page.getByRole("button", { name: "Send…" }).waitFor();
      await recordAnnouncements(page);
      const announced = (pattern) =>
        page.waitForFunction((text) => globalThis.recorded.some((one) => new RegExp(text).test(one.text)), pattern);
      await page.getByRole("button", { name: "Send…" }).focus();
      await page.keyboard.press("Enter");
      // A message replaces one of less than half a second before: the next step waits until the plan is read.
      await announced("^1 request in 1 batch, about \\d+ input tokens\\.$");
      await page.getByRole("button", { name: "Send 1 request…", exact: true }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor();
      await saveScreenshot(page, "send-forced-colours");
      const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
      for (let step = 0; step < 4 && (await focused()) !== "Send 1 request"; step++) await page.keyboard.press("Tab");
      assert.equal(await focused(), "Send 1 request");
      await page.keyboard.press("Enter");
      await waitForState(page, "Complete");
      assert.equal(await focused(), "requests.jsonl", "the focus is on the run");
      await announced("^requests\\.jsonl: [Cc]omplete\\. ");
      await saveScreenshot(page, "runs-forced-colours");
    },
  );
});

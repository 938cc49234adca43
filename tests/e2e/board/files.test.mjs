// The Files page: navigation, ways to add files, and that nothing leaves it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boardTest } from "./support.mjs";
import {
  broken,
  check,
  choose,
  drop,
  filesTest,
  good,
  match,
  completed,
  waitForVerdict,
  announced,
  openSplit,
} from "./files-support.mjs";

const current = (page) => page.locator("nav [aria-current=page]").allInnerTexts();
const loadedFiles = (page) =>
  page
    .locator(".loaded-files li")
    .evaluateAll((items) =>
      items.map((item) => [item.querySelector(".name").textContent, item.querySelector("select").value]),
    );

boardTest("navigating to the page and back keeps both pages", async ({ page }) => {
  assert.deepEqual(await current(page), ["Examples"]);
  await page.getByRole("searchbox").fill("azure");
  await page.getByRole("link", { name: "Files" }).click();
  await page.locator("#files-choose").waitFor({ state: "attached" });
  assert.deepEqual(await current(page), ["Files"]);
  await page.waitForFunction(() => location.hash === "#/files");
  assert.equal(await page.title(), "Files · batchlight");
  assert.equal(await page.evaluate(() => document.activeElement.localName), "main");
  assert.equal(await page.locator(".batch:visible").count(), 0);
  await check(page, good);
  await page.goBack();
  assert.deepEqual(await current(page), ["Examples"]);
  assert.equal(await page.getByRole("searchbox").inputValue(), "azure");
  await page.goForward();
  assert.deepEqual(await loadedFiles(page), [["requests.jsonl", "input"]]);
});

filesTest("its address opens it directly", async ({ page }) => {
  assert.deepEqual(await current(page), ["Files"]);
  assert.equal(await page.locator("board-examples, board-batches").count(), 0);
  assert.equal(await page.locator("[role=status]").count(), 1);
  assert.equal(await page.locator("[role=status]").innerText(), "");
});

filesTest("it says that nothing leaves it, and sends no requests", async ({ page, board }) => {
  await page.getByText("Nothing leaves this page.").waitFor();
  const requested = [];
  page
    .context()
    .on("request", (request) =>
      requested.push({ url: request.url(), method: request.method(), body: request.postData() }),
    );
  await check(page, broken);
  await page.getByRole("button", { name: "Fix…" }).click();
  await page.locator(".changes").waitFor();
  await openSplit(page);
  await page.getByRole("button", { name: "Preview split" }).click();
  await page.locator(".panel table").waitFor();
  await match(page);
  // The script of the workers comes from the page's own origin, and its request carries no data.
  const own = new RegExp(`^${new URL(board).origin}/assets/[\\w-]+\\.js$`);
  assert.deepEqual(
    requested.filter(({ url, method, body }) => !(own.test(url) && method === "GET" && body === null)),
    [],
  );
});

filesTest("its workers cannot connect to anything either", async ({ page }) => {
  await check(page, good);
  const scripts = await page.evaluate(async () => {
    return performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .filter((name) => name.includes("worker"));
  });
  assert.ok(scripts.length > 0, "no worker was started");
  for (const url of scripts) {
    const { headers } = await fetch(url);
    assert.match(headers.get("content-security-policy") ?? "", /connect-src 'none'/);
  }
});

filesTest(
  "several files can be dropped anywhere, and their roles are detected from their content",
  async ({ page }) => {
    // Names that are misleading.
    await drop(page, { "input.txt": completed.error, "b.jsonl": completed.input, error: completed.output });
    await page.locator(".verdict-row").first().waitFor();
    assert.deepEqual(await loadedFiles(page), [
      ["input.txt", "error"],
      ["b.jsonl", "input"],
      ["error", "output"],
    ]);
  },
);

filesTest("dragging a file highlights the drop area", async ({ page }) => {
  const zone = page.locator(".drop-area");
  const drag = (type) =>
    page.evaluate((type) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["{}"], "a.jsonl"));
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, relatedTarget: null }),
      );
    }, type);
  await drag("dragover");
  await page.locator(".drop-area[data-dragging=true]").waitFor();
  await drag("dragleave");
  await page.locator(".drop-area[data-dragging=false]").waitFor();
  assert.ok(await zone.isVisible());
});

filesTest("dragged text is ignored", async ({ page }) => {
  const prevented = await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/plain", "words");
    const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    return event.defaultPrevented;
  });
  assert.equal(prevented, false);
  assert.equal(await page.locator(".loaded-files").count(), 0);
});

filesTest("the role of a file can be changed", async ({ page }) => {
  await match(page);
  await page.locator(".loaded-files li", { hasText: "errors.jsonl" }).locator("select").selectOption("output");
  await page.locator(".totals [data-verdict=failed] dd", { hasText: "2" }).waitFor();
  await page.locator(".loaded-files li", { hasText: "output.jsonl" }).locator("select").selectOption("input");
  await page.locator("files-report").nth(1).waitFor();
});

filesTest("removing a file moves the focus to the file input", async ({ page }) => {
  await check(page, good);
  await page.getByRole("button", { name: "Remove requests.jsonl" }).click();
  assert.equal(await page.locator("files-report, .loaded-files").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), "files-choose");
  await announced(page, "Removed requests.jsonl.");
  await page.getByRole("heading", { name: "Before you send" }).waitFor();
});

filesTest("the same file can be chosen again after it has changed", async ({ page }) => {
  await check(page, broken);
  await waitForVerdict(page, "Will be rejected");
  await page.getByRole("button", { name: "Remove requests.jsonl" }).click();
  await check(page, good);
  await waitForVerdict(page, "Ready to send");
});

filesTest("a deleted file is reported, and can be retried", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "batchlight-"));
  const path = join(folder, "gone.jsonl");
  try {
    writeFileSync(path, good);
    await page.locator("#files-choose").setInputFiles(path);
    await waitForVerdict(page, "Ready to send");
    rmSync(path);
    await page.locator("#files-profile").selectOption("azure");
    await page.getByText("Checking gone.jsonl: failed.").first().waitFor();
    await announced(page, /^Checking gone\.jsonl: failed\. /);
    writeFileSync(path, good);
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.ok(await page.getByRole("button", { name: "Retry" }).isVisible());
});

filesTest("an empty file and a binary file are reported as issues", async ({ page }) => {
  await check(page, "", "empty.jsonl");
  await waitForVerdict(page, "Will be rejected");
  assert.ok((await page.locator(".issue-group").count()) > 0);
  await page.getByRole("button", { name: "Remove empty.jsonl" }).click();
  await check(page, Buffer.from([0xff, 0xfe, 0x00, 0x50, 0x4b, 0x03, 0x04, 0x0a, 0x80]), "a.zip");
  await waitForVerdict(page, "Will be rejected");
});

filesTest("offers samples", async ({ page }) => {
  await page.getByRole("button", { name: "a broken input file" }).click();
  await waitForVerdict(page, "Will be rejected");
  assert.ok((await page.locator(".issue-group[data-level=error]").count()) >= 4);
  await page.getByRole("button", { name: "a batch with its results" }).click();
  await waitForVerdict(page, "Some failed");
  assert.deepEqual(
    (await loadedFiles(page)).map(([, role]) => role),
    ["input", "output", "error"],
  );
  await page.locator("files-report").getByText("Ready to send").waitFor();
});

filesTest("files that are replaced before their roles are known do not appear", async ({ page }) => {
  await page.evaluate(() => {
    for (const name of ["a broken input file", "a batch with its results"])
      [...document.querySelectorAll("board-files button")].find((button) => button.textContent === name).click();
  });
  await page.locator(".verdict-row").first().waitFor();
  assert.deepEqual(
    (await loadedFiles(page)).map(([, role]) => role),
    ["input", "output", "error"],
  );
});

filesTest("results are summarized without an input file", async ({ page }) => {
  await choose(page, { "output.jsonl": completed.output, "errors.jsonl": completed.error });
  await page.getByText("5 results: 3 succeeded, 2 failed.").first().waitFor();
  await page.getByText("Add the input file").waitFor();
  assert.equal(await page.locator(".cause").count(), 2);
});

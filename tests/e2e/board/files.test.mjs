// The page for files: the way to it, how files are given, and that nothing leaves it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boardTest } from "./support.mjs";
import { broken, check, choose, drop, filesTest, good, match, over, stands, told } from "./files-support.mjs";

const current = (page) => page.locator("nav [aria-current=page]").allInnerTexts();
const held = (page) =>
  page
    .locator(".held-files li")
    .evaluateAll((items) =>
      items.map((item) => [item.querySelector(".name").textContent, item.querySelector("select").value]),
    );

boardTest("a link leads to it, and back to what was there", async ({ page }) => {
  assert.deepEqual(await current(page), ["Examples"]);
  await page.getByRole("searchbox").fill("azure");
  await page.getByRole("link", { name: "Files" }).click();
  await page.locator("#files-choose").waitFor({ state: "attached" });
  assert.deepEqual(await current(page), ["Files"]);
  await page.waitForFunction(() => location.hash === "#/files");
  assert.equal(await page.title(), "batchlight: files");
  assert.equal(await page.evaluate(() => document.activeElement.localName), "main");
  assert.equal(await page.locator(".batch:visible").count(), 0);
  await check(page, good);
  await page.goBack();
  assert.deepEqual(await current(page), ["Examples"]);
  assert.equal(await page.getByRole("searchbox").inputValue(), "azure");
  await page.goForward();
  assert.deepEqual(await held(page), [["requests.jsonl", "input"]]);
});

filesTest("its address leads straight to it", async ({ page }) => {
  assert.deepEqual(await current(page), ["Files"]);
  assert.equal(await page.locator("board-examples, board-batches").count(), 0);
  assert.equal(await page.locator("[role=status]").count(), 1);
  assert.equal(await page.locator("[role=status]").innerText(), "");
});

filesTest("it says that nothing leaves it, and nothing does", async ({ page, board }) => {
  await page.getByText("Nothing leaves this page.").waitFor();
  const asked = [];
  page
    .context()
    .on("request", (request) => asked.push({ url: request.url(), method: request.method(), body: request.postData() }));
  await check(page, broken);
  await page.getByRole("button", { name: "Fix", exact: true }).click();
  await page.locator(".changes").waitFor();
  await page.getByRole("button", { name: "Split it" }).click();
  await page.getByRole("button", { name: "Plan the shards" }).click();
  await page.locator(".panel table").waitFor();
  await match(page);
  // The script that workers are started with is the page's own, and is asked for without a word of what it is for.
  const own = new RegExp(`^${new URL(board).origin}/assets/[\\w-]+\\.js$`);
  assert.deepEqual(
    asked.filter(({ url, method, body }) => !(own.test(url) && method === "GET" && body === null)),
    [],
  );
});

filesTest("its workers may connect to nothing either", async ({ page }) => {
  await check(page, good);
  const policies = await page.evaluate(async () => {
    const scripts = performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .filter((name) => name.includes("worker"));
    return scripts;
  });
  assert.ok(policies.length > 0, "no worker was started");
  for (const url of policies) {
    const { headers } = await fetch(url);
    assert.match(headers.get("content-security-policy") ?? "", /connect-src 'none'/);
  }
});

filesTest("files can be dropped anywhere, several at once, and are known by what is in them", async ({ page }) => {
  // Names that say nothing, or lie.
  await drop(page, { "input.txt": over.error, "b.jsonl": over.input, error: over.output });
  await page.locator("table.verdicts").waitFor();
  assert.deepEqual(await held(page), [
    ["input.txt", "error"],
    ["b.jsonl", "input"],
    ["error", "output"],
  ]);
});

filesTest("a file over the page is seen to be welcome", async ({ page }) => {
  const zone = page.locator(".zone");
  const drag = (type) =>
    page.evaluate((type) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["{}"], "a.jsonl"));
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, relatedTarget: null }),
      );
    }, type);
  await drag("dragover");
  await page.locator(".zone[data-over=true]").waitFor();
  await drag("dragleave");
  await page.locator(".zone[data-over=false]").waitFor();
  assert.ok(await zone.isVisible());
});

filesTest("text that is dragged is none of its business", async ({ page }) => {
  const prevented = await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/plain", "words");
    const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    return event.defaultPrevented;
  });
  assert.equal(prevented, false);
  assert.equal(await page.locator(".held-files").count(), 0);
});

filesTest("what a file is can be said by hand", async ({ page }) => {
  await match(page);
  await page.locator(".held-files li", { hasText: "errors.jsonl" }).locator("select").selectOption("output");
  await page.locator(".totals [data-verdict=failed] dd", { hasText: "2" }).waitFor();
  await page.locator(".held-files li", { hasText: "output.jsonl" }).locator("select").selectOption("input");
  await page.locator("files-report").nth(1).waitFor();
});

filesTest("files can be taken away, and the field is where one goes on", async ({ page }) => {
  await check(page, good);
  await page.getByRole("button", { name: "Remove requests.jsonl" }).click();
  assert.equal(await page.locator("files-report, .held-files").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), "files-choose");
  await told(page, "requests.jsonl removed.");
  await page.getByRole("heading", { name: "Before you send" }).waitFor();
});

filesTest("the same file can be chosen once more, after it was changed", async ({ page }) => {
  await check(page, broken);
  await stands(page, "Will be refused");
  await page.getByRole("button", { name: "Remove requests.jsonl" }).click();
  await check(page, good);
  await stands(page, "Ready to send");
});

filesTest("a file that is gone is reported as that, and can be tried again", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "batchlight-"));
  const path = join(folder, "gone.jsonl");
  try {
    writeFileSync(path, good);
    await page.locator("#files-choose").setInputFiles(path);
    await stands(page, "Ready to send");
    rmSync(path);
    await page.locator("#files-profile").selectOption("azure");
    await page.getByText("Checking gone.jsonl: failed.").first().waitFor();
    await told(page, /^Checking gone\.jsonl: failed\. /);
    writeFileSync(path, good);
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.ok(await page.getByRole("button", { name: "Try again" }).isVisible());
});

filesTest("an empty file, and one that is no text, are issues like any", async ({ page }) => {
  await check(page, "", "empty.jsonl");
  await stands(page, "Will be refused");
  assert.ok((await page.locator(".kind").count()) > 0);
  await page.getByRole("button", { name: "Remove empty.jsonl" }).click();
  await check(page, Buffer.from([0xff, 0xfe, 0x00, 0x50, 0x4b, 0x03, 0x04, 0x0a, 0x80]), "a.zip");
  await stands(page, "Will be refused");
});

filesTest("its samples work", async ({ page }) => {
  await page.getByRole("button", { name: "a broken input file" }).click();
  await stands(page, "Will be refused");
  assert.ok((await page.locator(".kind[data-level=error]").count()) >= 4);
  await page.getByRole("button", { name: "a batch with its results" }).click();
  await stands(page, "Some failed");
  assert.deepEqual(
    (await held(page)).map(([, role]) => role),
    ["input", "output", "error"],
  );
  await page.locator("files-report").getByText("Ready to send").waitFor();
});

filesTest("results alone are read as far as they go", async ({ page }) => {
  await choose(page, { "output.jsonl": over.output, "errors.jsonl": over.error });
  await page.getByText("5 results: 3 succeeded, 2 failed.").first().waitFor();
  await page.getByText("Add the input file").waitFor();
  assert.equal(await page.locator(".cause").count(), 2);
});

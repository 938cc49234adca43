// The paste box: any text is analyzed at once, split into its elements, and shown as text.
import assert from "node:assert/strict";
import { describeBatch } from "batchlight";
import { elementMessages } from "batchlight/elements";
import { boardTest, box, fixtures, pastedBatches, waitForAnnouncement, paste } from "./support.mjs";

const batch = fixtures[17].batch;
const heading = (page, index = 0) => pastedBatches(page).nth(index).getByRole("heading", { level: 3 }).innerText();
const groupTitle = (group) => elementMessages[`element.group.${group}`].toLowerCase();
const summary = (page) => page.locator(".verdict").innerText();

boardTest("announces nothing before something is pasted", async ({ page }) => {
  assert.equal(await page.locator("[role=status]").count(), 1);
  assert.equal(await page.locator("[role=status]").innerText(), "");
  assert.equal(await page.locator(".result").count(), 0);
});

boardTest("analyzes a batch while it is typed", async ({ page }) => {
  await paste(page, JSON.stringify(batch));
  assert.equal(await pastedBatches(page).count(), 1);
  assert.equal(await heading(page), "Completed with errors");
  assert.match(await summary(page), /^Valid batch: /);
  await waitForAnnouncement(page, await summary(page));
  await box(page).fill("");
  await page.locator(".result").waitFor({ state: "detached" });
});

boardTest("uses the selected profile", async ({ page }) => {
  await paste(page, JSON.stringify(fixtures[44].batch));
  assert.match(await summary(page), /^Invalid batch: /);
  await page.locator("#paste-profile").selectOption("azure");
  await page
    .getByText(/^Valid batch: /)
    .first()
    .waitFor();
});

for (const [name, text, first] of [
  [
    "a list response",
    JSON.stringify({ object: "list", data: fixtures.map(({ batch }) => batch), has_more: false }),
    "data[0]",
  ],
  ["a bare array", JSON.stringify(fixtures.map(({ batch }) => batch)), "[0]"],
  ["JSON Lines", fixtures.map(({ batch }) => JSON.stringify(batch)).join("\n"), "line 1"],
]) {
  boardTest(`analyzes each element of ${name}`, async ({ page }) => {
    await paste(page, text);
    const counts = ["attention", "active", "done"].map((group) => `${groupTitle(group)} \\d+`);
    assert.match(await summary(page), new RegExp(`, ${fixtures.length} elements: ${counts.join(", ")}`));
    assert.equal(await pastedBatches(page).first().locator(".place").innerText(), first);
    const shown = await pastedBatches(page).count();
    assert.ok(shown < fixtures.length);
    await page.getByRole("button", { name: `Show ${fixtures.length - shown} more` }).click();
    await page.waitForFunction((many) => document.querySelectorAll(".result .batch").length === many, fixtures.length);
    assert.equal(await page.locator(".more").count(), 0);
  });
}

boardTest("shows line and column of an invalid line in JSON Lines", async ({ page }) => {
  await paste(page, `${JSON.stringify(batch)}\n\n{"id": oops}\n`);
  assert.equal(await pastedBatches(page).count(), 2);
  assert.equal(await pastedBatches(page).nth(1).locator(".place").innerText(), "line 3");
  assert.match(await pastedBatches(page).nth(1).innerText(), /column 8/);
});

boardTest("recognizes an empty list", async ({ page }) => {
  for (const text of ['{"object":"list","data":[]}', '{"object":"list","data":null}', "[]"]) {
    await paste(page, text);
    assert.match(await summary(page), /^(A list response|An array) without elements\.$/);
  }
});

boardTest("shows line and column of invalid JSON", async ({ page }) => {
  await paste(page, '{\n  "id": "batch_1"\n  "object": "batch"\n}');
  assert.equal(await heading(page), "Not a batch");
  assert.match(await pastedBatches(page).innerText(), /at line 3, column 3/);
});

boardTest("accepts any input", async ({ page }) => {
  const inputs = [
    "null",
    "7",
    '"text"',
    "[[[[]]]]",
    "<html>502</html>",
    "{}",
    '{"error":{"message":"no such batch"}}',
    "[".repeat(200_000),
    "\u0000\ud800",
    '{"created_at":1e300,"expires_at":-1,"in_progress_at":"x"}',
    '{"status":7,"request_counts":[]}',
  ];
  for (const text of inputs) {
    await box(page).fill("");
    await page.locator(".result").waitFor({ state: "detached" });
    await paste(page, text);
    assert.ok((await pastedBatches(page).count()) === 1, text.slice(0, 40));
    assert.ok((await pastedBatches(page).locator(".issue[data-level=error]").count()) >= 1, text.slice(0, 40));
  }
});

boardTest("shows the help of similar issues once, and collapses long lists", async ({ page }) => {
  await paste(page, JSON.stringify({ object: "batch" }));
  const missing = pastedBatches(page).locator(".issue", { hasText: "missing_field" });
  assert.equal(await missing.count(), 1);
  assert.ok((await missing.locator(".message").count()) > 3);

  const reasons = Array.from({ length: 130 }, (_, index) => ({
    code: "mismatch",
    message: `reason ${index + 1}`,
    line: index + 1,
  }));
  await box(page).fill(JSON.stringify({ ...fixtures[28].batch, errors: { object: "list", data: reasons } }));
  await pastedBatches(page).locator(".extras .reasons", { hasText: "130 errors from the server" }).waitFor();
  const reason = (number) =>
    pastedBatches(page).locator(".extras .reasons li li", {
      hasText: new RegExp(`^Line ${number}: reason ${number}\\s*$`),
    });
  assert.ok(await reason(4).isVisible());
  assert.ok(!(await reason(5).isVisible()));
  await pastedBatches(page).getByText("96 more").click();
  assert.ok(await reason(100).isVisible());
  await pastedBatches(page).locator(".extras .reasons").getByText("Showing the first 100.").waitFor();
});

boardTest("shows markup as text", async ({ page }) => {
  const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  const errors = { object: "list", data: [{ code: markup, message: markup, param: markup, line: 1 }] };
  await paste(
    page,
    JSON.stringify({
      ...batch,
      id: markup,
      endpoint: markup,
      model: markup,
      status: markup,
      input_file_id: markup,
      errors,
      metadata: { [markup]: 7 },
    }),
  );
  assert.equal(await pastedBatches(page).locator("img, script").count(), 0);
  assert.ok((await heading(page)).includes(markup));
  assert.ok((await pastedBatches(page).locator("header .id").innerText()).includes(markup));
  assert.equal(await page.title(), "Examples · batchlight");
});

boardTest("isolates text with bidirectional overrides", async ({ page }) => {
  const turned = "\u202etxet\u2066\u202e";
  await paste(
    page,
    JSON.stringify({
      ...batch,
      id: turned,
      status: turned,
      errors: { object: "list", data: [{ message: turned, line: 3 }] },
    }),
  );
  const loose = await pastedBatches(page)
    .first()
    .evaluate((row) => {
      const outside = [];
      for (const root of [row, row.querySelector("batch-card").shadowRoot]) {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const { parentElement: parent, data } = walker.currentNode;
          if (data.includes("\u202e") && !parent.closest("bdi")) outside.push(data);
        }
      }
      return outside;
    });
  assert.deepEqual(loose, []);
  assert.equal(
    await pastedBatches(page)
      .locator("bdi")
      .first()
      .evaluate((bdi) => getComputedStyle(bdi).unicodeBidi),
    "isolate",
  );
});

boardTest.describe(() => {
  boardTest.use({ viewport: { width: 360, height: 800 }, permissions: ["clipboard-read", "clipboard-write"] });
  boardTest("truncates long names on the page but copies them in full", async ({ page }) => {
    const endless = `batch_${"x".repeat(10_000)}`;
    const value = {
      ...batch,
      id: endless,
      endpoint: endless,
      model: endless,
      status: endless,
      output_file_id: endless,
      errors: [endless],
    };
    await paste(page, JSON.stringify(value));
    const { width, height } = await pastedBatches(page).boundingBox();
    assert.ok(width <= 360 && height < 2500, `${width} x ${height}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    await pastedBatches(page).getByRole("button", { name: /^Copy/ }).click();
    await page.getByRole("status").filter({ hasText: "Copied id" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), describeBatch(value).id);
  });
});

boardTest("stays responsive with 10 MB, and counts all of it", async ({ page }) => {
  const line = JSON.stringify(batch);
  const many = Math.ceil(10_000_000 / line.length);
  await page.evaluate(() => {
    globalThis.turns = 0;
    const beat = () => {
      globalThis.turns += 1;
      setTimeout(beat);
    };
    beat();
  });
  await box(page).evaluate(
    (box, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    `[${Array(many).fill(line).join(",")}]`,
  );
  await page.locator(".verdict", { hasText: "An array," }).waitFor({ timeout: 60_000 });
  assert.ok(
    (await summary(page)).includes(
      `${many.toLocaleString("en")} elements: ${groupTitle("attention")} ${many.toLocaleString("en")}`,
    ),
    await summary(page),
  );
  assert.equal(await pastedBatches(page).count(), 50);
  assert.ok((await box(page).inputValue()).length <= 2_000);
  // Other tasks run many times during the analysis.
  assert.ok((await page.evaluate(() => globalThis.turns)) > 10, "the page analyzed all of it in one task");
  await page.getByRole("button", { name: "Clear" }).click();
  await page.locator(".result").waitFor({ state: "detached" });
  assert.ok(await box(page).evaluate((box) => box === document.activeElement && !box.readOnly));
});

boardTest("offers samples", async ({ page }) => {
  for (const [name, verdict] of [
    ["a batch", /^Valid batch/],
    ["a list", /^A list response, 12 elements: /],
    ["JSON Lines", /^JSON Lines, 8 elements: /],
    ["invalid JSON", /^Invalid batch: 1 error\.$/],
  ]) {
    await page.getByRole("button", { name, exact: true }).click();
    await page.locator(".verdict").filter({ hasText: verdict }).waitFor();
  }
});

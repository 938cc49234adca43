// The paste box: whatever is pasted is read at once, told apart, and shown as text.
import assert from "node:assert/strict";
import { describeBatch } from "batchlight";
import { boardTest, box, fixtures, found, hears, paste } from "./support.mjs";

const batch = fixtures[17].batch;
const heading = (page, index = 0) => found(page).nth(index).getByRole("heading", { level: 3 }).innerText();
const told = (page) => page.locator(".verdict").innerText();

boardTest("is silent until something is pasted", async ({ page }) => {
  assert.equal(await page.locator("[role=status]").count(), 1);
  assert.equal(await page.locator("[role=status]").innerText(), "");
  assert.equal(await page.locator(".result").count(), 0);
});

boardTest("reads a batch while it is typed", async ({ page }) => {
  await paste(page, JSON.stringify(batch));
  assert.equal(await found(page).count(), 1);
  assert.equal(await heading(page), "Completed with errors");
  assert.match(await told(page), /^A valid batch: /);
  await hears(page, await told(page));
  await box(page).fill("");
  await page.locator(".result").waitFor({ state: "detached" });
});

boardTest("reads it by the chosen profile", async ({ page }) => {
  await paste(page, JSON.stringify(fixtures[44].batch));
  assert.match(await told(page), /^Not a valid batch: /);
  await page.locator("#paste-profile").selectOption("azure");
  await page
    .getByText(/^A valid batch: /)
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
  ["JSON lines", fixtures.map(({ batch }) => JSON.stringify(batch)).join("\n"), "line 1"],
]) {
  boardTest(`reads ${name}, element by element`, async ({ page }) => {
    await paste(page, text);
    assert.match(
      await told(page),
      new RegExp(`, ${fixtures.length} elements: needs attention \\d+, under way \\d+, done \\d+`),
    );
    assert.equal(await found(page).first().locator(".place").innerText(), first);
    const shown = await found(page).count();
    assert.ok(shown < fixtures.length);
    await page.getByRole("button", { name: `Show ${fixtures.length - shown} more` }).click();
    await page.waitForFunction((many) => document.querySelectorAll(".result .batch").length === many, fixtures.length);
    assert.equal(await page.locator(".more").count(), 0);
  });
}

boardTest("names the line of JSON lines that is broken, with its column", async ({ page }) => {
  await paste(page, `${JSON.stringify(batch)}\n\n{"id": oops}\n`);
  assert.equal(await found(page).count(), 2);
  assert.equal(await found(page).nth(1).locator(".place").innerText(), "line 3");
  assert.match(await found(page).nth(1).innerText(), /column 8/);
});

boardTest("says of an empty list that it is one", async ({ page }) => {
  for (const text of ['{"object":"list","data":[]}', '{"object":"list","data":null}', "[]"]) {
    await paste(page, text);
    assert.match(await told(page), /^(A list response|An array), and it is empty\.$/);
  }
});

boardTest("names line and column of what is no JSON", async ({ page }) => {
  await paste(page, '{\n  "id": "batch_1"\n  "object": "batch"\n}');
  assert.equal(await heading(page), "Not a batch");
  assert.match(await found(page).innerText(), /at line 3, column 3/);
});

boardTest("takes any garbage", async ({ page }) => {
  const garbage = [
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
  for (const text of garbage) {
    await box(page).fill("");
    await page.locator(".result").waitFor({ state: "detached" });
    await paste(page, text);
    assert.ok((await found(page).count()) === 1, text.slice(0, 40));
    assert.ok((await found(page).locator(".issue[data-level=error]").count()) >= 1, text.slice(0, 40));
  }
});

boardTest("says the help of neighbouring issues once, and folds what is too much to read at once", async ({ page }) => {
  await paste(page, JSON.stringify({ object: "batch" }));
  const missing = found(page).locator(".issue", { hasText: "missing_field" });
  assert.equal(await missing.count(), 1);
  assert.ok((await missing.locator(".message").count()) > 3);

  const reasons = Array.from({ length: 130 }, (_, index) => ({
    code: "mismatch",
    message: `reason ${index + 1}`,
    line: index + 1,
  }));
  await box(page).fill(JSON.stringify({ ...fixtures[28].batch, errors: { object: "list", data: reasons } }));
  await found(page).locator(".extras .reasons", { hasText: "The server’s reasons, 130 in all" }).waitFor();
  const reason = (number) =>
    found(page).locator(".extras .reasons li li", { hasText: new RegExp(`^Line ${number}: reason ${number}\\s*$`) });
  assert.ok(await reason(4).isVisible());
  assert.ok(!(await reason(5).isVisible()));
  await found(page).getByText("96 more").click();
  assert.ok(await reason(100).isVisible());
  await found(page).locator(".extras .reasons").getByText("The first 100 are listed.").waitFor();
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
  assert.equal(await found(page).locator("img, script").count(), 0);
  assert.ok((await heading(page)).includes(markup));
  assert.ok((await found(page).locator("header .id").innerText()).includes(markup));
  assert.equal(await page.title(), "batchlight: the board");
});

boardTest("keeps text that turns the writing round to its own place", async ({ page }) => {
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
  const loose = await found(page)
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
    await found(page)
      .locator("bdi")
      .first()
      .evaluate((bdi) => getComputedStyle(bdi).unicodeBidi),
    "isolate",
  );
});

boardTest.describe(() => {
  boardTest.use({ viewport: { width: 360, height: 800 }, permissions: ["clipboard-read", "clipboard-write"] });
  boardTest("cuts endless names on the page, and copies them as the view has them", async ({ page }) => {
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
    const { width, height } = await found(page).boundingBox();
    assert.ok(width <= 360 && height < 2500, `${width} x ${height}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    await found(page).getByRole("button", { name: /^copy/ }).click();
    await page.getByText("copied").first().waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), describeBatch(value).id);
  });
});

boardTest("stays awake under 10 MB, and counts all of it", async ({ page }) => {
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
    (await told(page)).includes(`${many.toLocaleString("en")} elements: needs attention ${many.toLocaleString("en")}`),
    await told(page),
  );
  assert.equal(await found(page).count(), 50);
  assert.ok((await box(page).inputValue()).length <= 2_000);
  // Others get their turn again and again while it reads.
  assert.ok((await page.evaluate(() => globalThis.turns)) > 10, "the page read all of it in one go");
  await page.getByRole("button", { name: "Clear" }).click();
  await page.locator(".result").waitFor({ state: "detached" });
  assert.ok(await box(page).evaluate((box) => box === document.activeElement && !box.readOnly));
});

boardTest("tries its own samples", async ({ page }) => {
  for (const [name, verdict] of [
    ["a batch", /^A valid batch/],
    ["a list", /^A list response, 12 elements: /],
    ["JSON lines", /^JSON lines, 8 elements: /],
    ["broken JSON", /^Not a valid batch: 1 error\.$/],
  ]) {
    await page.getByRole("button", { name, exact: true }).click();
    await page.locator(".verdict").filter({ hasText: verdict }).waitFor();
  }
});

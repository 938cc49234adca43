// What people come for, each done in under five actions: clicks, keys, and fields that are filled.
import assert from "node:assert/strict";
import { advance, batchesTest, findRow, rows, settle } from "./batches-support.mjs";
import { downloaded, lines, request, withoutPickers } from "./files-support.mjs";

const row = (page, id) => page.locator(`batch-list [data-key="${id}"]`);
const filter = (page, name) => page.locator(`[data-filter=${name}]`);
const button = (page, name) => page.getByRole("button", { name });

/** What a person does in a task. Every call is one action. */
function actionsOn(count) {
  const one =
    (act) =>
    (...args) => {
      count.actions += 1;
      return act(...args);
    };
  return {
    click: one((target) => target.click()),
    fill: one((target, text) => target.fill(text)),
    select: one((target, value) => target.selectOption(value)),
    file: one((target, files) => target.setInputFiles(files)),
    download: one((page, target) => downloaded(page, target)),
  };
}

/** Each task gets the page of batches and the actions. */
const tasks = {
  "find yesterday's batch called support tickets": async (page, { fill, select, click }) => {
    await fill(page.getByRole("searchbox", { name: "Find" }), "support tickets");
    await select(filter(page, "date"), "yesterday");
    const [{ id }, ...others] = await rows(page);
    assert.deepEqual(others, []);
    await click(row(page, id));
    await page.getByRole("heading", { name: "support tickets" }).waitFor();
  },
  "see why a request failed, and what was asked": async (page, { click }) => {
    await click(row(page, (await findRow(page, /Completed with errors/)).id));
    await click(button(page, /^Show request/).first());
    await page.locator(".request-cause").waitFor();
    await page.locator(".request-sides .words").first().waitFor();
  },
  "find a request by its custom_id": async (page, { click, fill }) => {
    await click(row(page, (await findRow(page, /Completed with errors/)).id));
    await click(button(page, "View requests and responses"));
    await page.locator(".verdict-row").first().waitFor();
    await fill(page.locator("files-requests").getByRole("searchbox", { name: "Find" }), "request-83");
    await advance(page, 1);
    await page.locator("#request-id", { hasText: "request-83" }).waitFor();
  },
  "export what failed": async (page, { click, download }) => {
    await withoutPickers(page);
    await click(row(page, (await findRow(page, /Completed with errors/)).id));
    await click(button(page, "View requests and responses"));
    await click(page.getByRole("radio", { name: /^failed/ }));
    const { text } = await download(page, button(page, "Export as JSONL"));
    const verdicts = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).verdict);
    assert.deepEqual([...new Set(verdicts)], ["failed"]);
  },
  "see whether a file is ready to send": async (page, { click, file }) => {
    await click(page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Files" }));
    const buffer = Buffer.from(lines(request("a"), request("b")));
    await file(page.locator("#files-choose"), [{ name: "input.jsonl", mimeType: "application/jsonl", buffer }]);
    await page.locator("files-report", { hasText: "no problems found" }).waitFor();
  },
  "see how long a batch has left": async (page, { click }) => {
    await click(row(page, (await findRow(page, /Running/)).id));
    // A batch that has just started has no estimate yet.
    const timing = await page.locator("board-detail batch-card [part~=timing]").innerText();
    assert.match(timing, /left|until the deadline/);
  },
  "see which batches need attention": async (page, { click }) => {
    await click(page.getByRole("radio", { name: /^Needs attention/ }));
    assert.ok((await rows(page)).every(({ group }) => group === "attention"));
  },
  "mark a batch as handled, and undo it": async (page, { click }) => {
    const { id } = await findRow(page, /Rejected/);
    const groupOf = async () => (await rows(page)).find((each) => each.id === id).group;
    await click(row(page, id));
    await click(button(page, "Mark as handled"));
    assert.equal(await groupOf(), "done");
    await click(page.locator(".undo").getByRole("button", { name: "Undo" }));
    assert.equal(await groupOf(), "attention");
  },
  "save a view, and find it again": async (page, { click, select }) => {
    await select(filter(page, "status"), "in_progress");
    await click(button(page, "Save this view…"));
    await click(page.getByRole("button", { name: "Save", exact: true }));
    await page.reload();
    await showList(page);
    await click(page.getByRole("link", { name: "Running" }));
    assert.match(page.url(), /status=in_progress$/);
  },
  "be told when a batch ends": async (page, { click }) => {
    await page.context().grantPermissions(["notifications"]);
    const check = page.getByRole("checkbox", { name: "Notify me when a batch ends" });
    await click(check);
    assert.ok(await check.isChecked());
  },
  "show only what expired of a model": async (page, { select }) => {
    await select(filter(page, "status"), "expired");
    await select(filter(page, "model"), { index: 1 });
    const shown = await rows(page);
    assert.ok(shown.length > 0 && shown.every(({ label }) => label.startsWith("Expired")));
  },
};

/** Shows the list without a filter. The page for files is emptied, so that the next task does not see earlier files. */
async function showList(page) {
  await page.evaluate(() => (location.hash = "#/"));
  if (await page.locator("files-requests, files-report").count()) await page.reload();
  await settle(page);
  await page.locator("board-detail").waitFor({ state: "detached" });
}

batchesTest("what people come for takes under five actions", async ({ page }) => {
  for (const [name, task] of Object.entries(tasks))
    await batchesTest.step(name, async () => {
      const count = { actions: 0 };
      await task(page, actionsOn(count));
      assert.ok(count.actions > 0 && count.actions < 5, `${count.actions} actions`);
      await showList(page);
    });
});

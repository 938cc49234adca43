// The simulated batches: they run, are updated, can be cancelled, and send no network requests.
import assert from "node:assert/strict";
import {
  heading,
  recordedAnnouncements,
  recordAnnouncements,
  batchesTest,
  setVisible,
  open,
  advance,
  advanceUntil,
  findRow,
  rows,
  settle,
} from "./batches-support.mjs";

batchesTest("says that the batches are not real, and sends no requests", async ({ page }) => {
  const text = await page.locator(".live-head").innerText();
  assert.match(text, /Simulated batches/);
  assert.match(text, /These batches are not real\. This page makes them up, without an API key and without a network/);
  await advance(page, 30);
  const requested = await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name, initiatorType }) => ({ name, initiatorType })),
  );
  assert.deepEqual(
    requested.filter(({ initiatorType }) => ["fetch", "xmlhttprequest", "beacon"].includes(initiatorType)),
    [],
  );
  const groups = new Set((await rows(page)).map(({ group }) => group));
  assert.deepEqual([...groups].sort(), ["active", "attention", "done"]);
});

batchesTest("an open batch is updated until it ends", async ({ page }) => {
  const { id } = await findRow(page, /text-embedding-3-small.*minutes? ago/);
  await open(page, id);
  await recordAnnouncements(page);
  const seen = new Set();
  let last = 0;
  await advanceUntil(page, async () => {
    const label = await heading(page);
    seen.add(label);
    const now = Number(
      await page
        .locator("board-detail batch-card [role=progressbar]")
        .getAttribute("aria-valuenow")
        .catch(() => last),
    );
    assert.ok(now >= last, `progress went back from ${last} to ${now}`);
    last = now;
    return label === "Completed";
  });
  assert.ok(seen.has("Running"));
  assert.equal(last, 100);
  // The list shows it as done as well.
  assert.equal((await findRow(page, new RegExp(id.slice(0, 20)))).group, "done");
  const log = await page.locator(".activity").innerText();
  assert.match(log, /→ Completed$/m);
  assert.match(log, /\d+ of 160 succeeded/);
  assert.match(log, /Output file ready: file-/);
  assert.match(await page.locator(".batch-files").innerText(), /Output file/);
  assert.equal(await page.locator("board-detail button.cancel").count(), 0);
  await advance(page, 31);
  // Announcements of changes name only some batches, and are at least 30 seconds apart.
  const messages = (await recordedAnnouncements(page)).filter(
    ({ role, text }) => role === "status" && text.startsWith("Batch "),
  );
  assert.ok(
    messages.some(({ text }) => text.includes(id)),
    JSON.stringify(messages),
  );
  for (const [index, { at }] of messages.entries())
    assert.ok(index === 0 || at - messages[index - 1].at >= 30_000, JSON.stringify(messages));
});

batchesTest("new batches appear automatically, and the focus stays on its row", async ({ page }) => {
  const before = await rows(page);
  const { id } = before[3];
  await page.locator(`batch-list [data-key="${id}"]`).focus();
  await advanceUntil(page, async () => (await rows(page)).length > before.length, { within: 120 });
  assert.equal((await rows(page)).find(({ focused }) => focused)?.id, id);
});

batchesTest("cancelling asks for confirmation", async ({ page }) => {
  const { id } = await findRow(page, /Running/);
  await open(page, id);
  const dialog = page.getByRole("dialog", { name: "Cancel this batch?" });
  await page.locator("board-detail button.cancel").click();
  assert.match(
    await dialog.innerText(),
    /requests finished.*Unfinished requests won’t run\. Finished results stay downloadable\./s,
  );
  await dialog.getByRole("button", { name: "Keep running" }).click();
  assert.ok(!(await dialog.isVisible()));
  assert.equal(await heading(page), "Running");
  await page.locator("board-detail button.cancel").click();
  await dialog.getByRole("button", { name: "Cancel batch" }).click();
  await page.locator("board-detail batch-card").getByRole("heading", { name: "Cancelling" }).waitFor();
  assert.equal(await page.locator("board-detail button.cancel").count(), 0);
  assert.equal((await rows(page)).find((row) => row.id === id).label, "Cancelling");
  await advanceUntil(page, async () => /^Cancelled/.test(await heading(page)));
  assert.match(await page.locator(".activity").innerText(), /Running → Cancelling/);
});

batchesTest("a hidden page sends no requests, and refreshes as soon as it is visible", async ({ page }) => {
  const checked = () => page.locator(".checked").innerText();
  await advance(page, 3);
  await setVisible(page, false);
  const before = await rows(page);
  await advance(page, 120, 30);
  assert.deepEqual(
    (await rows(page)).map(({ text }) => text),
    before.map(({ text }) => text),
  );
  await setVisible(page, true);
  await advanceUntil(page, async () => /just now|[1-5] seconds? ago/.test(await checked()), { within: 10 });
  await advanceUntil(page, async () => (await rows(page)).some(({ text }, index) => text !== before[index]?.text), {
    within: 10,
  });
});

batchesTest.describe(() => {
  batchesTest.use({ hash: "#/?group=active&find=embedding&order=oldest" });
  batchesTest("the address contains the batch, the group and the search", async ({ page }) => {
    const shown = await rows(page);
    assert.ok(shown.length > 0 && shown.every(({ group, text }) => group === "active" && text.includes("embedding")));
    const find = page.getByRole("searchbox", { name: "Find" });
    assert.equal(await find.inputValue(), "embedding");
    await find.fill("");
    await page.getByRole("radio", { name: /^Done/ }).check({ force: true });
    await advance(page, 1);
    assert.equal(await page.evaluate(() => location.hash), "#/?group=done&order=oldest");
    const [{ id }] = await rows(page);
    await open(page, id);
    assert.equal(await page.evaluate(() => location.hash), `#/batches/${id}?group=done&order=oldest`);
    await page.reload();
    await settle(page, "board-detail batch-card .id");
    assert.equal(await page.locator("board-detail batch-card header .id").innerText(), id);
    assert.ok((await rows(page)).every(({ group }) => group === "done"));
    assert.equal((await rows(page)).find(({ current }) => current)?.id, id);
    await page.goBack();
    await page.locator("board-detail").waitFor({ state: "detached" });
  });
});

batchesTest.describe(() => {
  batchesTest.use({ hash: "#/batches/batch_never_made", ready: ".detail .banner" });
  batchesTest("the address of an unknown batch shows the API's message", async ({ page }) => {
    await page.getByText("Couldn’t load this batch.").waitFor();
    assert.match(await page.locator(".detail .banner").innerText(), /batch_never_made/);
    await page.getByRole("button", { name: "All batches" }).click();
    await page.locator("board-detail").waitFor({ state: "detached" });
  });
});

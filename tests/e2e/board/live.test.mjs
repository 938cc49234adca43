// The simulated batches in the page: they live, are followed, can be cancelled, and nothing is asked of a network.
import assert from "node:assert/strict";
import {
  heading,
  heard,
  listen,
  liveTest,
  look,
  open,
  pass,
  passUntil,
  rowLike,
  rows,
  settle,
} from "./live-support.mjs";

liveTest("says plainly that nothing is real, and asks nobody", async ({ page }) => {
  const text = await page.locator(".live-head").innerText();
  assert.match(text, /Simulated batches/);
  assert.match(text, /None of these is real\. They are made up in this page, without a key and without a network/);
  await pass(page, 30);
  const asked = await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name, initiatorType }) => ({ name, initiatorType })),
  );
  assert.deepEqual(
    asked.filter(({ initiatorType }) => ["fetch", "xmlhttprequest", "beacon"].includes(initiatorType)),
    [],
  );
  const groups = new Set((await rows(page)).map(({ group }) => group));
  assert.deepEqual([...groups].sort(), ["active", "attention", "done"]);
});

liveTest("a batch lives from its beginning to its end while somebody watches", async ({ page }) => {
  const { id } = await rowLike(page, /text-embedding-3-small.*minutes? ago/);
  await open(page, id);
  await listen(page);
  const seen = new Set();
  let last = 0;
  await passUntil(page, async () => {
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
  // In the list, too, which is done with it.
  assert.equal((await rowLike(page, new RegExp(id.slice(0, 20)))).group, "done");
  const log = await page.locator(".change-log").innerText();
  assert.match(log, /became Completed\./);
  assert.match(log, /\d+ succeeded, of 160 requests\./);
  assert.match(log, /Output file ready: file-/);
  assert.match(await page.locator(".batch-files").innerText(), /Output file/);
  assert.equal(await page.locator("board-detail button.cancel").count(), 0);
  await pass(page, 31);
  // Of many that change at once only some are named, and all of it is said seldom.
  const said = (await heard(page)).filter(({ role, text }) => role === "status" && text.startsWith("Batch "));
  assert.ok(
    said.some(({ text }) => text.includes(id)),
    JSON.stringify(said),
  );
  for (const [index, { at }] of said.entries())
    assert.ok(index === 0 || at - said[index - 1].at >= 30_000, JSON.stringify(said));
});

liveTest("new batches come by themselves, and the focus stays where it was", async ({ page }) => {
  const before = await rows(page);
  const { id } = before[3];
  await page.locator(`batch-list [data-key="${id}"]`).focus();
  await passUntil(page, async () => (await rows(page)).length > before.length, { within: 120 });
  assert.equal((await rows(page)).find(({ focused }) => focused)?.id, id);
});

liveTest("a batch is cancelled only after a question", async ({ page }) => {
  const { id } = await rowLike(page, /Running/);
  await open(page, id);
  const dialog = page.getByRole("dialog", { name: "Cancel this batch?" });
  await page.locator("board-detail button.cancel").click();
  assert.match(await dialog.innerText(), /requests finished.*What is not done by then is never done/s);
  await dialog.getByRole("button", { name: "Keep it running" }).click();
  assert.ok(!(await dialog.isVisible()));
  assert.equal(await heading(page), "Running");
  await page.locator("board-detail button.cancel").click();
  await dialog.getByRole("button", { name: "Cancel the batch" }).click();
  await page.locator("board-detail batch-card").getByRole("heading", { name: "Cancelling" }).waitFor();
  assert.equal(await page.locator("board-detail button.cancel").count(), 0);
  assert.equal((await rows(page)).find((row) => row.id === id).label, "Cancelling");
  await passUntil(page, async () => /^Cancelled/.test(await heading(page)));
  assert.match(await page.locator(".change-log").innerText(), /Running became Cancelling\./);
});

liveTest("nothing is asked while nobody looks, and at once when somebody does", async ({ page }) => {
  const checked = () => page.locator(".checked").innerText();
  await pass(page, 3);
  await look(page, false);
  const before = await rows(page);
  await pass(page, 120, 30);
  assert.deepEqual(
    (await rows(page)).map(({ text }) => text),
    before.map(({ text }) => text),
  );
  await look(page, true);
  await passUntil(page, async () => /just now|[1-5] seconds? ago/.test(await checked()), { within: 10 });
  await passUntil(page, async () => (await rows(page)).some(({ text }, index) => text !== before[index]?.text), {
    within: 10,
  });
});

liveTest.describe(() => {
  liveTest.use({ hash: "#/?group=active&find=embedding&order=oldest" });
  liveTest("an address leads to a batch, to a group and to what is searched for", async ({ page }) => {
    const shown = await rows(page);
    assert.ok(shown.length > 0 && shown.every(({ group, text }) => group === "active" && text.includes("embedding")));
    const find = page.getByRole("searchbox", { name: "Find" });
    assert.equal(await find.inputValue(), "embedding");
    await find.fill("");
    await page.getByRole("radio", { name: /^Done/ }).check({ force: true });
    await pass(page, 1);
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

liveTest.describe(() => {
  liveTest.use({ hash: "#/batches/batch_never_made", ready: ".detail .banner" });
  liveTest("an address of a batch that is not there says what the API says", async ({ page }) => {
    await page.getByText("This batch could not be had.").waitFor();
    assert.match(await page.locator(".detail .banner").innerText(), /batch_never_made/);
    await page.getByRole("button", { name: "All batches" }).click();
    await page.locator("board-detail").waitFor({ state: "detached" });
  });
});

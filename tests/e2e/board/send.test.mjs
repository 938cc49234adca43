// Sending from the board: nothing without a confirmation, nothing twice, and nothing lost when the page is closed.
import assert from "node:assert/strict";
import { batchesOf } from "../../cli/run-server.mjs";
import { check, choose, downloaded, filesTest, lines, match, request, withoutPickers } from "./files-support.mjs";
import {
  advanceAll,
  askToSend,
  confirm,
  createBatch,
  runsOf,
  send,
  sendTest,
  three,
  waitForState,
} from "./send-support.mjs";

sendTest("a checked file is sent once, after a confirmation with numbers", async ({ page, server }) => {
  const dialog = await askToSend(page);
  const text = await dialog.innerText();
  assert.match(text, /Send 3 requests\?/);
  assert.match(text, /To 127\.0\.0\.1:\d+\. The account of the board’s API key pays for them\./);
  assert.match(text, /gpt-5\.4-mini\s*\/v1\/chat\/completions\s*3 requests in 1 batch, about \d+ input tokens\./);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Don’t send");
  await page.keyboard.press("Enter");
  assert.ok(!(await dialog.isVisible()));
  assert.deepEqual(server.posts, [], "nothing is sent before the confirmation");
  await page.getByRole("button", { name: "Send 3 requests…" }).click();
  await confirm(page, dialog);
  await waitForState(page, "Complete");
  assert.match(await page.locator("board-run").innerText(), /3 of 3 requests succeeded\./);
  assert.deepEqual(server.posts, ["upload", "create"]);
  const [batch, ...others] = await batchesOf(server.api);
  assert.deepEqual([batch.metadata.name, others], ["requests.jsonl", []]);
  await withoutPickers(page);
  const results = await downloaded(page, page.getByRole("button", { name: "Save results in input order" }));
  assert.equal(results.name, "requests.results.jsonl");
  assert.deepEqual(
    results.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).custom_id),
    ["a", "b", "c"],
  );
  await page.locator("board-run").getByRole("link").first().click();
  await page.locator("board-detail h2", { hasText: "requests.jsonl" }).waitFor();
  // The same requests again: the board says that they were sent.
  await page.goto(`${page.url().split("#")[0]}#/files`);
  await page.reload();
  const again = await askToSend(page);
  assert.match(await again.innerText(), /These requests were sent before\./);
  assert.deepEqual(server.posts, ["upload", "create"]);
});

sendTest.describe(() => {
  sendTest.use({ mock: { responder: ({ custom_id: id }) => (id === "b" ? { status: 500 } : undefined) } });
  sendTest("a run lists its shards, attempts and batches", async ({ page, server }) => {
    await send(page, lines(request("a"), request("b")));
    await waitForState(page, "Complete");
    assert.match(await page.locator("board-run .state").innerText(), /1 of 2 requests succeeded\./);
    const cells = await page
      .locator("board-run tbody tr")
      .evaluateAll((rows) => rows.map((row) => [...row.cells].map(({ innerText }) => innerText.trim())));
    const ids = (await batchesOf(server.api)).map(({ id }) => id).reverse();
    assert.equal(ids.length, 3);
    assert.deepEqual(cells, [["1", "finished", "1 succeeded, 1 failed", "3", "2", "gpt-5.4-mini", ids.join(" ")]]);
    assert.deepEqual(await runsOf(server), ["a 1", "b 3"]);
  });
});

sendTest(
  "a page that closes while a batch is created: the run continues, and creates none again",
  async ({ page, server }) => {
    // The API creates the batch, but its response does not reach the page.
    let isLost = true;
    const created = new Promise((resolve) =>
      page.route(/\/v1\/batches$/, async (route) => {
        if (!isLost || route.request().method() !== "POST") return route.continue();
        isLost = false;
        await route.fetch();
        resolve(undefined);
      }),
    );
    await send(page);
    await created;
    await page.reload();
    await waitForState(page, "Paused");
    await page.getByRole("link", { name: "Batches", exact: true }).click();
    await page.locator("board-run-offer", { hasText: "1 run is not complete, and paused." }).waitFor();
    assert.deepEqual(server.posts, ["upload", "create"], "nothing continues by itself");
    await page.getByRole("link", { name: "Continue…" }).click();
    await page.getByRole("button", { name: "Continue requests.jsonl" }).click();
    await waitForState(page, "Complete");
    assert.deepEqual(server.posts, ["upload", "create"]);
    assert.deepEqual(await runsOf(server), ["a 1", "b 1", "c 1"]);
    assert.equal(await page.locator("board-run-offer a").count(), 0);
  },
);

sendTest.describe(() => {
  let failures = 1;
  sendTest.use({
    hash: "#/",
    ready: ".connection",
    mock: { responder: ({ custom_id: id }) => (id === "b" && failures-- > 0 ? { status: 500 } : undefined) },
  });
  sendTest("what failed in a batch is sent again as a file of its own", async ({ page, server }) => {
    failures = 1;
    const { id } = await createBatch(server, three);
    for (let step = 0; step < 3; step++) await advanceAll(server);
    server.posts.length = 0;
    await page.goto(`${page.url().split("#")[0]}#/batches/${id}`);
    await page.getByRole("button", { name: "Retry failed requests…" }).click();
    await page.getByRole("button", { name: "Plan to send 1 request…" }).click();
    await page.getByRole("button", { name: "Send 1 request…", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Send 1 request?" });
    assert.match(
      await dialog.innerText(),
      /gpt-5\.4-mini\s*\/v1\/chat\/completions\s*1 request in 1 batch, about \d+ input tokens\./,
    );
    assert.deepEqual(server.posts, []);
    await confirm(page, dialog);
    await waitForState(page, "Complete");
    assert.match(await page.locator("board-run").innerText(), /input\.retry\.jsonl.*1 of 1 request succeeded\./s);
    assert.deepEqual(await runsOf(server), ["a 1", "b 2", "c 1"]);
  });
});

sendTest("a plan of an earlier selection does not appear", async ({ page }) => {
  await match(page);
  // The selection changes while the file of the earlier one is being made.
  await page.evaluate(async () => {
    const panel = document.querySelector("files-retry");
    [...panel.querySelectorAll("button")].find(({ textContent }) => textContent.includes("Plan to send 2")).click();
    await panel.updateComplete;
    panel.querySelector("input[type=checkbox]").click();
  });
  // This file is made after the other one.
  await withoutPickers(page);
  const { text } = await downloaded(page, page.getByRole("button", { name: "Save 1 request to retry" }));
  assert.equal(JSON.parse(text).custom_id, "d");
  assert.equal(await page.locator("files-retry files-send").count(), 0);
  assert.ok(await page.getByRole("button", { name: "Plan to send 1 request…" }).isEnabled());
});

filesTest("beside simulated batches, the page says how to send, and offers nothing", async ({ page }) => {
  await check(page, three);
  await page.getByText("To send files from here, set OPENAI_API_KEY and run npx batchlight board.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Send…" }).count(), 0);
  assert.equal(await page.getByRole("link", { name: "Runs" }).count(), 0);
  await page.evaluate(() => (location.hash = "#/runs"));
  await page.locator("board-runs", { hasText: "To send files from here" }).waitFor();
  assert.equal(await page.locator("board-run").count(), 0);
});

sendTest.describe(() => {
  sendTest.use({ options: ["--read-only"], mock: { hold: "in_progress" } });
  sendTest("with --read-only, the page offers neither to send nor to cancel", async ({ page, server }) => {
    await choose(page, { "requests.jsonl": three });
    await page.getByText("Sending is off, because the board was started with --read-only.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Send…" }).count(), 0);
    assert.equal(await page.getByRole("link", { name: "Runs" }).count(), 0);
    const { id } = await createBatch(server, three);
    server.posts.length = 0;
    await page.goto(`${page.url().split("#")[0]}#/batches/${id}`);
    await page.locator("board-detail batch-card").waitFor();
    assert.equal(await page.locator("button.cancel").count(), 0);
    await page.keyboard.press("x");
    assert.equal(await page.locator("dialog[open]").count(), 0);
    assert.deepEqual(server.posts, []);
  });
});

sendTest.describe(() => {
  sendTest.use({ hash: "#/", ready: ".connection", expected: /404/ });
  sendTest("an output file that is gone is not offered, and named in words", async ({ page, server }) => {
    const { id } = await createBatch(server, three);
    for (let step = 0; step < 3; step++) await advanceAll(server);
    const batch = (await batchesOf(server.api)).find((each) => each.id === id);
    await page.goto(`${page.url().split("#")[0]}#/batches/${id}`);
    const button = page.getByRole("button", { name: "Download the output file" }).first();
    await button.waitFor();
    // The file disappears after its metadata was read.
    await page
      .locator(".batch-files .size", { hasText: "KiB" })
      .or(page.locator(".batch-files .size", { hasText: "bytes" }))
      .first()
      .waitFor();
    await server.api.fetch(`http://mock/v1/files/${batch.output_file_id}`, {
      method: "DELETE",
      headers: { authorization: "Bearer any" },
    });
    await withoutPickers(page);
    await button.click();
    await page.locator("batch-card", { hasText: "The API no longer has the output file." }).waitFor();
    await page.locator(".batch-files .gone", { hasText: "Gone: the API no longer has it" }).waitFor();
    assert.equal(await page.locator(".main-action", { hasText: "Download the output file" }).count(), 0);
    await page.reload();
    await page.locator("batch-card", { hasText: "The API no longer has the output file." }).waitFor();
  });
});

// The Runs page: several tabs, another key, damaged journals, and how a run is cancelled and removed.
import assert from "node:assert/strict";
import { once } from "node:events";
import { startCommand } from "./command-support.mjs";
import { lines, request } from "./files-support.mjs";
import { advanceAll, recordStates, runsOf, send, sendTest, waitForState } from "./send-support.mjs";

const runsTest = sendTest.extend({
  hash: ["#/runs", { option: true }],
  ready: ["board-runs .none", { option: true }],
  mock: [{ hold: "in_progress" }, { option: true }],
});

runsTest(
  "one tab works on a run, the others say so and offer to continue once it is closed",
  async ({ page, server }) => {
    const other = await page.context().newPage();
    await other.goto(`${page.url().split("#")[0]}#/files`);
    await send(other);
    await waitForState(other, "Running in this tab");
    await waitForState(page, "Running in another tab");
    assert.equal(await page.getByRole("button", { name: "Continue" }).count(), 0);
    await other.locator("board-run td", { hasText: "Running" }).waitFor();
    await other.close();
    await waitForState(page, "Paused");
    await page.getByRole("button", { name: "Continue requests.jsonl" }).click();
    await waitForState(page, "Running in this tab");
    await page.locator("board-run td", { hasText: "Running" }).waitFor();
    await advanceAll(server);
    await advanceAll(server);
    await waitForState(page, "Complete");
    assert.deepEqual(await runsOf(server), ["a 1", "b 1", "c 1"]);
  },
);

runsTest("a run that began with another key asks before it continues", async ({ page, server, command }) => {
  await page.getByRole("link", { name: "Check a file" }).click();
  await page.locator("#files-choose").waitFor({ state: "attached" });
  await send(page);
  await page.locator("board-run td", { hasText: "Running" }).waitFor();
  const { port } = new URL(page.url());
  await page.goto("about:blank");
  command.child.kill();
  await once(command.child, "close");
  const other = await startCommand(server.url, ["--port", port], "sk-9876543210");
  try {
    await page.goto(`${await other.nextLink()}#/runs`);
    await waitForState(page, "Paused");
    await page.getByRole("button", { name: "Continue requests.jsonl" }).click();
    const dialog = page.getByRole("dialog", { name: "Continue with another key?" });
    assert.match(await dialog.innerText(), /requests may be sent and paid for twice/);
    await page.keyboard.press("Enter");
    await waitForState(page, "Paused");
    await page.getByRole("button", { name: "Continue requests.jsonl" }).click();
    await dialog.getByRole("button", { name: "Continue run" }).click();
    await page.locator("board-run td", { hasText: "Running" }).waitFor();
    await advanceAll(server);
    await advanceAll(server);
    await waitForState(page, "Complete");
    assert.deepEqual(server.posts, ["upload", "create"]);
  } finally {
    other.child.kill();
  }
});

runsTest("a run whose journal cannot be read is shown as what it is", async ({ page }) => {
  const other = await page.context().newPage();
  await other.goto(`${page.url().split("#")[0]}#/files`);
  const embedding = { url: "/v1/embeddings", body: { model: "text-embedding-3-small", input: "x" } };
  await send(other, lines(request("a", embedding)));
  await other.locator("board-run td", { hasText: "Running" }).waitFor();
  assert.match(await other.locator("board-run").innerText(), /1 request in 1 batch, about 1 input token\. 0 settled,/);
  await page.evaluate(async () => {
    const { name } = (await indexedDB.databases()).find((each) => each.name.startsWith("batchlight run "));
    const database = await new Promise((resolve) => {
      indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result);
    });
    const transaction = database.transaction("journal", "readwrite");
    transaction.objectStore("journal").add("damaged\n");
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  });
  await page.reload();
  await waitForState(page, "Running in another tab");
  await other.close();
  await waitForState(page, "Couldn’t read the journal");
  assert.match(await page.locator("board-run .state").innerText(), /line \d+ of the journal: /);
});

runsTest.describe(() => {
  runsTest.use({ expected: /403/ });
  runsTest("a run is cancelled after a question, and removed after another", async ({ page, server }) => {
    await page.getByRole("link", { name: "Check a file" }).click();
    await page.locator("#files-choose").waitFor({ state: "attached" });
    await send(page);
    await page.locator("board-run td", { hasText: "Running" }).waitFor();
    await page.getByRole("button", { name: "Cancel run… requests.jsonl" }).click();
    const dialog = page.getByRole("dialog", { name: "Cancel this run?" });
    await page.keyboard.press("Enter");
    assert.ok(!(await dialog.isVisible()), "the first answer keeps it running");
    assert.ok(!server.posts.includes("cancel"));
    const states = await recordStates(page);
    let isRefused = true;
    // The response comes only once the page has shown that the run is being cancelled.
    await page.route(/\/cancel$/, async (route) => {
      await waitForState(page, "Cancelling");
      if (isRefused) await route.fulfill({ status: 403, json: { error: { message: "Not now." } } });
      else await route.continue();
    });
    await page.getByRole("button", { name: "Cancel run… requests.jsonl" }).click();
    await dialog.getByRole("button", { name: "Cancel run" }).click();
    await waitForState(page, "Paused");
    await page.locator("board-run .banner", { hasText: "1 batch was not cancelled: " }).waitFor();
    assert.deepEqual(await states(), ["Running in this tab.", "Cancelling.", "Paused."]);
    isRefused = false;
    await page.getByRole("button", { name: "Cancel run… requests.jsonl" }).click();
    await dialog.getByRole("button", { name: "Cancel run" }).click();
    await waitForState(page, "Cancelled");
    assert.deepEqual((await states()).slice(3), ["Cancelling.", "Cancelled."]);
    assert.deepEqual(server.posts, ["upload", "create", "cancel"]);
    await page.getByRole("button", { name: "Remove… requests.jsonl" }).click();
    await page.getByRole("dialog", { name: "Remove this run?" }).getByRole("button", { name: "Remove run" }).click();
    await page.locator("board-run").waitFor({ state: "detached" });
    await page.reload();
    await page.getByText("No runs yet.").waitFor();
    const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    assert.deepEqual(databases, ["batchlight runs"], "the files of the run are deleted");
  });
});

// Saved files: fixed, split, merged and to retry. They are compared with the package's byte for byte, for both ways of
// saving.
import assert from "node:assert/strict";
import { fixInput, reconcile, splitInput } from "batchlight/files";
import {
  broken,
  check,
  choose,
  downloaded,
  failure,
  filesTest,
  late,
  lines,
  match,
  completed,
  request,
  waitForVerdict,
  success,
  announced,
  withPickers,
  withoutPickers,
  written,
  openSplit,
} from "./files-support.mjs";

const textOf = (stream) => new Response(stream).text();
const fix = `\ufeff${[request("a"), request("b")].map((line) => JSON.stringify(line)).join("\r\n\r\n")}`;

filesTest("a fixed copy is previewed and downloaded", async ({ page }) => {
  await withoutPickers(page);
  await check(page, fix);
  await page.getByRole("button", { name: "Fix…" }).click();
  const { stream, report } = fixInput(fix);
  const fixed = await textOf(stream);
  const { counts, changes } = await report;
  await page.locator(".changes").waitFor();
  const shown = await page.locator(".changes").innerText();
  for (const { code } of counts) assert.ok(shown.includes(code), code);
  for (const { message } of changes) assert.ok(shown.includes(message), message);
  const { name, text } = await downloaded(page, page.getByRole("button", { name: "Save fixed file" }));
  assert.equal(name, "requests.fixed.jsonl");
  assert.equal(text, fixed);
  assert.notEqual(text, fix);
});

filesTest("a fixed copy is streamed to a chosen file", async ({ page }) => {
  await withPickers(page);
  await check(page, fix);
  await page.getByRole("button", { name: "Fix…" }).click();
  await page.getByRole("button", { name: "Save fixed file" }).click();
  await announced(page, "2 requests written.");
  assert.equal(await written(page, "requests.fixed.jsonl"), await textOf(fixInput(fix).stream));
});

filesTest("closing the picker saves nothing", async ({ page }) => {
  await page.evaluate(
    () => (globalThis.showSaveFilePicker = () => Promise.reject(new DOMException("closed", "AbortError"))),
  );
  await check(page, fix);
  await page.getByRole("button", { name: "Fix…" }).click();
  await page.getByRole("button", { name: "Save fixed file" }).click();
  await openSplit(page);
  assert.equal(await page.locator(".task").count(), 0);
});

filesTest("missing ids are added only on request", async ({ page }) => {
  await withoutPickers(page);
  const without = lines({ ...request("a"), custom_id: undefined }, request("b"));
  await check(page, without);
  await page.getByRole("button", { name: "Fix…" }).click();
  await page.locator(".state-line", { hasText: "Nothing can be fixed automatically." }).waitFor();
  await page.getByLabel("Add missing custom_ids").check();
  await page.locator(".changes").waitFor();
  const { text } = await downloaded(page, page.getByRole("button", { name: "Save fixed file" }));
  assert.equal(text, await textOf(fixInput(without, { assignIds: true }).stream));
  assert.ok(
    text
      .split("\n")
      .filter(Boolean)
      .every((line) => JSON.parse(line).custom_id),
  );
});

filesTest("the fixed file replaces the original and is checked", async ({ page }) => {
  await check(page, fix);
  assert.ok((await page.locator(".issue-group").count()) > 0);
  await page.getByRole("button", { name: "Fix…" }).click();
  await page.getByRole("button", { name: "Use fixed file" }).click();
  await page.locator("files-report .name", { hasText: "requests.fixed.jsonl" }).waitFor();
  await waitForVerdict(page, "Ready to send");
  assert.deepEqual(await page.locator(".loaded-files .name").allInnerTexts(), ["requests.fixed.jsonl"]);
});

const several = lines(
  ...Array.from({ length: 10 }, (_, index) =>
    request(`r${index}`, {
      body: { model: index % 2 ? "gpt-5.4" : "gpt-5.4-mini", messages: [{ role: "user", content: "x" }] },
    }),
  ),
  "{broken",
);

async function split(page) {
  await check(page, several, "many.jsonl");
  await openSplit(page);
  await page.getByRole("spinbutton", { name: "Requests" }).fill("2");
  await page.getByRole("button", { name: "Preview split" }).click();
  await page.locator(".panel tbody tr").first().waitFor();
  return splitInput(several, { limits: { requests: 2 }, name: "many" });
}

filesTest("a file is split as the package splits it, with the skipped lines", async ({ page }) => {
  await withoutPickers(page);
  const { shards, manifest } = await split(page);
  assert.ok(shards.length > 5);
  assert.deepEqual(
    await page.locator(".panel tbody th").allInnerTexts(),
    shards.map(({ name }) => name),
  );
  for (const [index, { model, requests, bytes }] of shards.entries()) {
    const row = await page.locator(".panel tbody tr").nth(index).innerText();
    for (const part of [model, String(requests), bytes < 1024 ? `${bytes} bytes` : "KiB"])
      assert.ok(row.includes(part), `${row}: ${part}`);
  }
  for (const { line, reason } of manifest.skipped) {
    const reasons = await page.locator(".skipped").innerText();
    assert.ok(reasons.includes(`Line ${line}`) && reasons.includes(reason), reasons);
  }
  for (const shard of [shards[0], shards.at(-1)]) {
    const { name, text } = await downloaded(page, page.getByRole("button", { name: `Save ${shard.name}` }));
    assert.equal(name, shard.name);
    assert.equal(text, await textOf(shard.stream()));
    for (const line of text.split("\n").filter(Boolean))
      assert.ok(several.includes(`${line}\n`), "not the original bytes");
  }
  const { name, text } = await downloaded(page, page.getByRole("button", { name: "Save manifest" }));
  assert.equal(name, "many.manifest.json");
  assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(manifest)));
});

filesTest("all shards are saved to a folder", async ({ page }) => {
  await withPickers(page);
  const { shards } = await split(page);
  await page.getByRole("button", { name: "Save all to a folder" }).click();
  await announced(page, `Saved ${shards.length} shards.`);
  for (const shard of shards) assert.equal(await written(page, shard.name), await textOf(shard.stream()), shard.name);
});

filesTest("invalid limits are rejected", async ({ page }) => {
  await check(page, several);
  await openSplit(page);
  for (const wrong of ["0", "-1", "1.5"]) {
    await page.getByRole("spinbutton", { name: "Requests" }).fill(wrong);
    await page.getByRole("button", { name: "Preview split" }).click();
    assert.equal(await page.locator(".panel table").count(), 0, wrong);
  }
});

const rowsOf = (...ids) =>
  completed.input
    .split("\n")
    .filter((line) => line && ids.includes(JSON.parse(line).custom_id))
    .map((line) => `${line}\n`)
    .join("");

filesTest("a retry file contains the exact lines of the selected requests", async ({ page }) => {
  await withoutPickers(page);
  await match(page);
  const save = page.getByRole("button", { name: /^Save .* to retry$/ });
  const saved = async () => (await downloaded(page, save)).text;
  // Retryable: expired (d), without a result (e).
  assert.equal(await saved(), rowsOf("d", "e"));
  await announced(page, "Saved the retry file.");
  await page.getByRole("button", { name: "All failed" }).click();
  assert.equal(await saved(), rowsOf("b", "d", "e"));
  await page.getByRole("button", { name: "None" }).click();
  assert.ok(await save.isDisabled());
  await page.getByRole("checkbox", { name: /too long/ }).check();
  const { name, text } = await downloaded(page, save);
  assert.equal(name, "requests.retry.jsonl");
  assert.equal(text, rowsOf("b"));
  await page.getByRole("checkbox", { name: /^No result/ }).check();
  assert.equal(await saved(), rowsOf("b", "e"));
});

filesTest("results are saved in the order of the input", async ({ page }) => {
  await withPickers(page);
  await match(page);
  await page.getByRole("button", { name: "Save results in input order" }).click();
  await announced(page, "Saved the results.");
  const merged = await textOf((await reconcile(completed)).merge());
  assert.equal(await written(page, "results.jsonl"), merged);
  assert.deepEqual(
    merged
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line).custom_id),
    ["a", "b", "c", "d", "f"],
  );
});

filesTest("several shards and attempts make one retry file", async ({ page }) => {
  await withoutPickers(page);
  const first = lines(request("a"), request("b"));
  const second = lines(request("c"), request("d"));
  await choose(page, {
    "one.jsonl": first,
    "two.jsonl": second,
    "out.jsonl": lines(success("a"), success("d")),
    "err-1.jsonl": lines(late("b"), failure("c", 500, "server_error", "Try again.")),
    "out-2.jsonl": lines(success("b")),
  });
  await page.locator(".verdict-row").first().waitFor();
  const { text } = await downloaded(page, page.getByRole("button", { name: /^Save .* to retry$/ }));
  assert.equal(text, lines(request("c")));
});

filesTest("a write error is reported", async ({ page }) => {
  await page.evaluate(() => {
    globalThis.showSaveFilePicker = async () => ({
      createWritable: async () => new WritableStream({ write: () => Promise.reject(new Error("the disk is full")) }),
    });
  });
  await check(page, broken);
  await page.getByRole("button", { name: "Fix…" }).click();
  await page.getByRole("button", { name: "Save fixed file" }).click();
  await page.getByText("the disk is full").first().waitFor();
  await announced(page, /failed\. .*the disk is full/);
});

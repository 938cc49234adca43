// What is made of files: mended, split, merged, to send again. Compared byte for byte, by both ways of saving.
import assert from "node:assert/strict";
import { fixInput, mergeResults, reconcile, splitInput } from "batchlight/files";
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
  over,
  request,
  stands,
  success,
  told,
  withPickers,
  withoutPickers,
  written,
} from "./files-support.mjs";

const textOf = (stream) => new Response(stream).text();
const mend = `\ufeff${[request("a"), request("b")].map((line) => JSON.stringify(line)).join("\r\n\r\n")}`;

filesTest("a mended copy is shown before it is made, and handed over", async ({ page }) => {
  await withoutPickers(page);
  await check(page, mend);
  await page.getByRole("button", { name: "Mend it" }).click();
  const { stream, report } = fixInput(mend);
  const mended = await textOf(stream);
  const { counts, changes } = await report;
  await page.locator(".changes").waitFor();
  const shown = await page.locator(".changes").innerText();
  for (const { code } of counts) assert.ok(shown.includes(code), code);
  for (const { message } of changes) assert.ok(shown.includes(message), message);
  const { name, text } = await downloaded(page, page.getByRole("button", { name: "Save the mended file" }));
  assert.equal(name, "requests.mended.jsonl");
  assert.equal(text, mended);
  assert.notEqual(text, mend);
});

filesTest("a mended copy is written where somebody chose, piece by piece", async ({ page }) => {
  await withPickers(page);
  await check(page, mend);
  await page.getByRole("button", { name: "Mend it" }).click();
  await page.getByRole("button", { name: "Save the mended file" }).click();
  await told(page, "2 requests written.");
  assert.equal(await written(page, "requests.mended.jsonl"), await textOf(fixInput(mend).stream));
});

filesTest("nothing is made when somebody closes the picker", async ({ page }) => {
  await page.evaluate(
    () => (globalThis.showSaveFilePicker = () => Promise.reject(new DOMException("closed", "AbortError"))),
  );
  await check(page, mend);
  await page.getByRole("button", { name: "Mend it" }).click();
  await page.getByRole("button", { name: "Save the mended file" }).click();
  await page.getByRole("button", { name: "Split it" }).click();
  assert.equal(await page.locator(".task").count(), 0);
});

filesTest("ids are given only when they are wished", async ({ page }) => {
  await withoutPickers(page);
  const without = lines({ ...request("a"), custom_id: undefined }, request("b"));
  await check(page, without);
  await page.getByRole("button", { name: "Mend it" }).click();
  await page.locator(".state-line", { hasText: "nothing that could be mended" }).waitFor();
  await page.getByLabel("Give requests without custom_id one").check();
  await page.locator(".changes").waitFor();
  const { text } = await downloaded(page, page.getByRole("button", { name: "Save the mended file" }));
  assert.equal(text, await textOf(fixInput(without, { assignIds: true }).stream));
  assert.ok(
    text
      .split("\n")
      .filter(Boolean)
      .every((line) => JSON.parse(line).custom_id),
  );
});

filesTest("one goes on with the mended file, and it is checked", async ({ page }) => {
  await check(page, mend);
  assert.ok((await page.locator(".kind").count()) > 0);
  await page.getByRole("button", { name: "Mend it" }).click();
  await page.getByRole("button", { name: "Go on with the mended file" }).click();
  await stands(page, "Ready to send");
  assert.deepEqual(await page.locator(".held-files .name").allInnerTexts(), ["requests.mended.jsonl"]);
});

const several = lines(
  ...Array.from({ length: 10 }, (_, index) =>
    request(`r${index}`, {
      body: { model: index % 2 ? "gpt-4o" : "gpt-4o-mini", messages: [{ role: "user", content: "x" }] },
    }),
  ),
  "{broken",
);

async function split(page) {
  await check(page, several, "many.jsonl");
  await page.getByRole("button", { name: "Split it" }).click();
  await page.getByRole("spinbutton", { name: "Requests" }).fill("2");
  await page.getByRole("button", { name: "Plan the shards" }).click();
  await page.locator(".panel tbody tr").first().waitFor();
  return splitInput(several, { requests: 2, name: "many" });
}

filesTest("a file is split as the package splits it, with the lines left out", async ({ page }) => {
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
  for (const { line, reason } of manifest.leftOut) {
    const reasons = await page.locator(".left-out").innerText();
    assert.ok(reasons.includes(`Line ${line}`) && reasons.includes(reason), reasons);
  }
  for (const shard of [shards[0], shards.at(-1)]) {
    const { name, text } = await downloaded(page, page.getByRole("button", { name: `Save ${shard.name}` }));
    assert.equal(name, shard.name);
    assert.equal(text, await textOf(shard.stream()));
    for (const line of text.split("\n").filter(Boolean))
      assert.ok(several.includes(`${line}\n`), "not the original bytes");
  }
  const { name, text } = await downloaded(page, page.getByRole("button", { name: "Save the manifest" }));
  assert.equal(name, "many.manifest.json");
  assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(manifest)));
});

filesTest("all shards go to a folder at once", async ({ page }) => {
  await withPickers(page);
  const { shards } = await split(page);
  await page.getByRole("button", { name: "Save all into a folder" }).click();
  await told(page, `${shards.length} shards saved.`);
  for (const shard of shards) assert.equal(await written(page, shard.name), await textOf(shard.stream()), shard.name);
});

filesTest("limits that are none are not taken", async ({ page }) => {
  await check(page, several);
  await page.getByRole("button", { name: "Split it" }).click();
  for (const wrong of ["0", "-1", "1.5"]) {
    await page.getByRole("spinbutton", { name: "Requests" }).fill(wrong);
    await page.getByRole("button", { name: "Plan the shards" }).click();
    assert.equal(await page.locator(".panel table").count(), 0, wrong);
  }
});

const rowsOf = (...ids) =>
  over.input
    .split("\n")
    .filter((line) => line && ids.includes(JSON.parse(line).custom_id))
    .map((line) => `${line}\n`)
    .join("");

filesTest("a file to send again holds the exact lines that were chosen", async ({ page }) => {
  await withoutPickers(page);
  await match(page);
  const save = page.getByRole("button", { name: /^Save .* to send again$/ });
  const saved = async () => (await downloaded(page, save)).text;
  // What may pass as it is: too late (d), without a result (e).
  assert.equal(await saved(), rowsOf("d", "e"));
  await told(page, "The retry file is saved.");
  await page.getByRole("button", { name: "all that failed" }).click();
  assert.equal(await saved(), rowsOf("b", "d", "e"));
  await page.getByRole("button", { name: "nothing" }).click();
  assert.ok(await save.isDisabled());
  await page.getByRole("checkbox", { name: /too long/ }).check();
  const { name, text } = await downloaded(page, save);
  assert.equal(name, "requests.retry.jsonl");
  assert.equal(text, rowsOf("b"));
  await page.getByRole("checkbox", { name: /^no result/ }).check();
  assert.equal(await saved(), rowsOf("b", "e"));
});

filesTest("the results are saved in the order of the input", async ({ page }) => {
  await withPickers(page);
  await match(page);
  await page.getByRole("button", { name: "Save the results in input order" }).click();
  await told(page, "The results are saved.");
  const merged = await textOf(mergeResults(await reconcile(over)));
  assert.equal(await written(page, "results.jsonl"), merged);
  assert.deepEqual(
    merged
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line).custom_id),
    ["a", "b", "c", "d", "f"],
  );
});

filesTest("several shards and attempts make one file to send again", async ({ page }) => {
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
  await page.locator("table.verdicts").waitFor();
  const { text } = await downloaded(page, page.getByRole("button", { name: /^Save .* to send again$/ }));
  assert.equal(text, lines(request("c")));
});

filesTest("a place that cannot be written to is reported, not swallowed", async ({ page }) => {
  await page.evaluate(() => {
    globalThis.showSaveFilePicker = async () => ({
      createWritable: async () => new WritableStream({ write: () => Promise.reject(new Error("the disk is full")) }),
    });
  });
  await check(page, broken);
  await page.getByRole("button", { name: "Mend it" }).click();
  await page.getByRole("button", { name: "Save the mended file" }).click();
  await page.getByText("the disk is full").first().waitFor();
  await told(page, /failed\. .*the disk is full/);
});

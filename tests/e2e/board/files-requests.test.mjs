// Requests beside their responses: from a batch, from a cause, by keys; and the export of what is shown.
import assert from "node:assert/strict";
import { batchesTest, findRow, open, settle } from "./batches-support.mjs";
import {
  announced,
  completed,
  downloaded,
  failure,
  filesTest,
  lines,
  match,
  request,
  success,
  withoutPickers,
} from "./files-support.mjs";

const shownId = async (page) => (await page.locator("#request-id").innerText()).trim();
const sides = (page) =>
  page
    .locator(".request-sides section")
    .evaluateAll((all) =>
      all.map((side) => [...side.querySelectorAll(".role, .words")].map(({ textContent }) => textContent.trim())),
    );

filesTest("shows what was asked, what came, why it failed, and the tokens", async ({ page }) => {
  await match(page);
  await page.locator("files-request .said").first().waitFor();
  assert.equal(await shownId(page), "a");
  assert.deepEqual(await sides(page), [
    ["user", "What of a?"],
    ["assistant", "Two."],
  ]);
  assert.match(await page.locator(".request .tokens").innerText(), /gpt-5\.4-mini · 10 input and 5 output tokens/);
  await page.getByRole("button", { name: "Next" }).click();
  await page.locator("#request-id", { hasText: "b" }).waitFor();
  await page.locator(".request-sides", { hasText: "This is too long." }).waitFor();
  assert.deepEqual(await sides(page), [
    ["user", "What of b?"],
    ["context_length_exceeded", "This is too long."],
  ]);
  assert.match(await page.locator(".request-cause").innerText(), /This is too long\.[\s\S]*Needs a change/);
  // A request without a result.
  await page.getByRole("radio", { name: /^missing/ }).check();
  await page.getByText("No result.", { exact: true }).waitFor();
  assert.equal(await shownId(page), "e");
});

filesTest("an example of a cause leads to its request, whatever the filter shows", async ({ page }) => {
  await match(page);
  await page.getByRole("radio", { name: /^succeeded/ }).check();
  await announced(page, "3 requests shown.");
  await page.getByRole("button", { name: "Show request b" }).click();
  await page.locator("#request-id", { hasText: "b" }).waitFor();
  assert.ok(await page.getByRole("radio", { name: /^all/ }).isChecked());
  assert.equal(await page.evaluate(() => document.activeElement.role), "listbox");
});

const formula = '=HYPERLINK("http://example.invalid")';
const exported = {
  input: lines(request("a"), request(formula), request("c")),
  output: lines(success("a")),
  error: lines(
    failure(formula, 400, "bad", 'No "quotes",\nplease.'),
    failure("c", 429, "rate_limit_exceeded", "Slow."),
  ),
};

filesTest("exports what is shown as JSONL and as CSV", async ({ page }) => {
  await withoutPickers(page);
  await match(page, exported);
  await page.getByRole("radio", { name: /^failed/ }).check();
  await announced(page, "2 requests shown.");
  const jsonl = await downloaded(page, page.getByRole("button", { name: "Export as JSONL" }));
  assert.equal(jsonl.name, "requests.failed.jsonl");
  const values = jsonl.text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    values.map(({ custom_id, verdict, status_code, cause }) => [custom_id, verdict, status_code, cause.message]),
    [
      [formula, "failed", 400, 'No "quotes",\nplease.'],
      ["c", "failed", 429, "Slow."],
    ],
  );
  assert.deepEqual(values[1].request, request("c"));
  assert.deepEqual(values[1].result, failure("c", 429, "rate_limit_exceeded", "Slow."));

  const csv = await downloaded(page, page.getByRole("button", { name: "Export as CSV" }));
  assert.equal(csv.name, "requests.failed.csv");
  const [header, ...rows] = csv.text
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split("\r\n");
  assert.equal(header.split(",").slice(0, 5).join(), "custom_id,verdict,status_code,error_code,error_message");
  // A cell that starts like a formula is text, and quotes are doubled.
  assert.ok(rows[0].startsWith('"\'=HYPERLINK(""http://example.invalid"")",failed,400,bad,"No ""quotes"",\nplease."'));
  assert.ok(rows[1].startsWith("c,failed,429,rate_limit_exceeded,Slow.,gpt-5.4-mini,,,What of c?,"));
});

filesTest("reads lines after a byte order mark, blank lines and lines with multi-byte characters", async ({ page }) => {
  const accented = request("ü", { body: { model: "m", input: "Größe 👍" } });
  const input = `\ufeff${lines(request("a"), "", accented, request("c"))}`;
  await match(page, { input, output: completed.output });
  await page.locator(".verdict-row", { hasText: "ü" }).click();
  await page.locator(".request-sides", { hasText: "Größe 👍" }).waitFor();
  await page.locator(".verdict-row").last().click();
  await page.locator(".request-sides", { hasText: "What of c?" }).waitFor();
});

batchesTest("a cause of a batch leads to the request and its response", async ({ page }) => {
  await open(page, (await findRow(page, /Completed with errors/)).id);
  const example = page.locator("board-causes .example").first();
  await settle(page, "board-causes .example");
  const id = (await example.locator("code").innerText()).trim();
  await example.click();
  await page.locator("#request-id", { hasText: id }).waitFor();
  await page.locator(".request-cause").waitFor();
  assert.match((await sides(page))[0].join(" "), new RegExp(`Summarize text ${id.slice("request-".length)}\\.`));
});

batchesTest("the advice is a button: it leads to the requests to retry, or downloads the results", async ({ page }) => {
  await open(page, (await findRow(page, /Completed with errors/)).id);
  await settle(page, "board-downloads .batch-files button:enabled");
  await page.getByRole("button", { name: "Retry failed requests…" }).click();
  await page.getByRole("button", { name: /^Save \d+ requests to retry$/ }).waitFor();
  await page.goBack();
  await open(page, (await findRow(page, /Completed.*320 of 320/s)).id);
  await settle(page, "board-downloads .batch-files button:enabled");
  await withoutPickers(page);
  const { text } = await downloaded(page, page.locator("board-detail .next button"));
  assert.equal(text.trimEnd().split("\n").length, 320);
});

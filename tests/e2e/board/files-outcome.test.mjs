// Results matched with their input: totals, causes, each request, and the batch object.
import assert from "node:assert/strict";
import { reconcile } from "batchlight/files";
import {
  choose,
  failure,
  filesTest,
  late,
  lines,
  match,
  completed,
  request,
  announcements,
  success,
  announced,
} from "./files-support.mjs";

// Written out here and not taken from the board.
const retryLabels = { transient: "Retryable", permanent: "Needs a change", unknown: "Unknown" };

const rows = (page) =>
  page
    .locator(".verdict-row")
    .evaluateAll((all) =>
      all.map((row) => [...row.children].map((cell) => cell.textContent.trim().replace(/\s+/g, " "))),
    );

filesTest("shows the totals", async ({ page }) => {
  await match(page);
  assert.equal(await page.locator("files-outcome h2").innerText(), "Some failed");
  assert.equal(
    await page.locator("files-outcome .summary").innerText(),
    "6 requests: 3 succeeded, 2 failed, 1 has no result.",
  );
  const totals = await page
    .locator(".totals > div")
    .evaluateAll((all) =>
      Object.fromEntries(all.map((one) => [one.dataset.verdict, Number(one.querySelector("dd").textContent)])),
    );
  const { succeeded, failed, missing } = await reconcile(completed);
  assert.deepEqual(totals, { succeeded, failed, missing });
  await announced(page, "Some failed. 6 requests: 3 succeeded, 2 failed, 1 has no result.");
});

filesTest("says that all succeeded only when every request did", async ({ page }) => {
  const title = page.locator("files-outcome h2");
  const input = lines(request("a"), request("b"));
  for (const [files, expected] of [
    [{ input, output: lines(success("b"), success("a")) }, "All succeeded"],
    [{ input, error: lines(late("b"), late("a")) }, "All failed"],
    [{ input, output: lines(success("b")) }, "Some have no result"],
    [{ input, output: lines(success("b")), error: lines(late("a")) }, "Some failed"],
  ]) {
    await match(page, files);
    assert.equal(await title.innerText(), expected);
    const buttons = page.getByRole("button", { name: /^Remove/ });
    for (let left = await buttons.count(); left > 0; left--) await buttons.first().click();
  }
});

filesTest("shows the causes with the package's advice", async ({ page }) => {
  await match(page);
  const { causes } = await reconcile(completed);
  assert.equal(await page.locator(".cause").count(), causes.length);
  for (const [index, { message, advice, retry, count, code, examples }] of causes.entries()) {
    const text = await page.locator(".cause").nth(index).innerText();
    for (const part of [message, advice, retryLabels[retry], `${count} request`, code, examples[0]])
      assert.ok(text.includes(part), `${part} in ${text}`);
  }
});

filesTest("lists every request in the order of the input", async ({ page }) => {
  await match(page);
  const { causes, ...reconciliation } = await reconcile(completed);
  const expected = [...reconciliation.verdicts()].map(({ line, custom_id, statusCode, verdict, cause }) => [
    String(line),
    custom_id,
    String(statusCode ?? ""),
    [verdict, causes.find(({ id }) => id === cause)?.message].filter(Boolean).join(" "),
  ]);
  assert.deepEqual(await rows(page), expected);
});

filesTest("filters 50,000 requests by verdict, id and reason, and has only the visible rows", async ({ page }) => {
  const ids = Array.from({ length: 50_000 }, (_, index) => `request-${String(index).padStart(5, "0")}`);
  const output = ids.filter((_, index) => index % 10 !== 3);
  await match(page, {
    input: lines(...ids.map((id) => request(id))),
    output: lines(...output.reverse().map(success)),
    error: lines(
      ...ids.filter((_, index) => index % 100 === 3).map((id) => failure(id, 429, "rate_limit_exceeded", "Slow down.")),
    ),
  });
  const list = page.getByRole("listbox", { name: "Requests" });
  const shown = () => page.locator(".request-pages span").innerText();
  assert.ok((await page.locator(".verdict-row").count()) < 100);
  assert.equal(await shown(), "1 of 50,000");
  const previous = page.getByRole("button", { name: "Previous" });
  assert.equal(await previous.getAttribute("aria-disabled"), "true");
  // The button does nothing but keeps the focus.
  await previous.focus();
  await page.keyboard.press("Enter");
  assert.ok(await previous.evaluate((button) => button === document.activeElement));
  await page.getByRole("button", { name: "Next" }).click();
  await announced(page, "Request request-00001.");
  // The middle and the end of the list can be scrolled to.
  await list.evaluate((box) => (box.scrollTop = box.scrollHeight / 2));
  await page.locator(".verdict-row", { hasText: "request-25000" }).waitFor();
  assert.ok((await page.locator(".verdict-row").count()) < 100);
  await list.focus();
  await page.keyboard.press("End");
  await page.locator("#request-id", { hasText: "request-49999" }).waitFor();
  assert.equal(await page.locator('[aria-selected="true"]').getAttribute("aria-posinset"), "50000");
  assert.equal(await shown(), "50,000 of 50,000");

  await page.getByRole("radio", { name: /^failed/ }).check();
  await announced(page, "500 requests shown.");
  assert.deepEqual(new Set((await rows(page)).map(([, , status]) => status)), new Set(["429"]));
  await page.getByRole("radio", { name: /^missing/ }).check();
  await announced(page, "4,500 requests shown.");
  await page.getByRole("radio", { name: /^all/ }).check();

  await page.getByRole("searchbox", { name: "Find" }).last().fill("request-0420");
  await announced(page, "10 requests shown.");
  assert.deepEqual(
    (await rows(page)).map(([, id]) => id),
    ids.slice(4200, 4210),
  );
  await page.getByRole("searchbox", { name: "Find" }).last().fill("slow down");
  await announced(page, "500 requests shown.");
  await page.getByRole("searchbox", { name: "Find" }).last().fill("no such id");
  await page.getByText("No matching requests").waitFor();
});

filesTest("compares the totals with the batch's counts", async ({ page }) => {
  await match(page);
  await page.getByText("Compare with the batch’s counts").click();
  const box = page.getByLabel("Batch object, as JSON");
  const batch = {
    id: "batch_1",
    object: "batch",
    status: "completed",
    request_counts: { total: 6, completed: 5, failed: 1 },
  };
  await box.fill(JSON.stringify(batch));
  await box.blur();
  const { countIssues: issues } = await reconcile(completed, { batch });
  assert.ok(issues.length > 0);
  await page.locator(".batch-object .issue").first().waitFor();
  assert.deepEqual(
    await page.locator(".batch-object .issue .message").evaluateAll((all) => all.map((one) => one.textContent)),
    issues.map(({ message }) => message),
  );
});

filesTest("lists malformed result lines", async ({ page }) => {
  await match(page, { ...completed, output: `${completed.output}{"custom_id": oops}\n` });
  const { malformed } = await reconcile({ ...completed, output: `${completed.output}{"custom_id": oops}\n` });
  assert.equal(malformed.count, 1);
  const text = await page.locator(".result-lines").innerText();
  assert.ok(text.includes(malformed.lines[0].message) && text.includes(`Line ${malformed.lines[0].line}`), text);
});

filesTest("shows text from results as text", async ({ page }) => {
  const markup = "<img src=x onerror=alert(1)>";
  await match(page, {
    input: lines(request(markup), request("\u202e")),
    error: lines(failure(markup, 400, markup, `${markup}\u202e`)),
  });
  assert.equal(await page.locator("main img").count(), 0);
  assert.ok((await page.locator(".cause").first().innerText()).includes(markup));
  assert.ok(!(await page.locator("board-files").evaluate((page) => page.textContent)).includes("\u202e"));
  assert.ok(!(await announcements(page)).some((text) => text.includes("\u202e")));
});

filesTest("adding one more file updates the results", async ({ page }) => {
  await match(page, { input: completed.input, output: completed.output });
  await page.locator("files-outcome h2", { hasText: "Some have no result" }).waitFor();
  await choose(page, { "errors.jsonl": completed.error });
  await page.locator("files-outcome h2", { hasText: "Some failed" }).waitFor();
});

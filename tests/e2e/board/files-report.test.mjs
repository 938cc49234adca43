// The report on an input file: the package's issues, their lines, and text from the file as text.
import assert from "node:assert/strict";
import { checkInput } from "batchlight/files";
import { broken, check, choose, filesTest, good, lines, request, announcements, announced } from "./files-support.mjs";

const issueGroups = (page) =>
  page.locator(".issue-group").evaluateAll((groups) =>
    groups.map((group) => ({
      level: group.dataset.level,
      code: group.querySelector("h3 code").textContent,
      times: group.querySelector(".many").textContent,
    })),
  );
const excerpts = (page) =>
  page.locator(".file-issue > files-excerpt:first-of-type").evaluateAll((all) =>
    all.map((one) => {
      const [before, , after] = [...one.querySelectorAll("code > bdi, code > mark")].map((part) => part.textContent);
      return {
        line: one.querySelector(".number").lastChild.previousSibling.textContent,
        before,
        marked: one.querySelector("mark").textContent,
        after,
      };
    }),
  );
const loadExcerpts = async (page) => {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("files-excerpt")].every((one) => one.querySelector("bdi")),
  );
};

filesTest("shows the verdict first", async ({ page }) => {
  await check(page, good);
  assert.equal(await page.locator("files-report h2").innerText(), "Ready to send");
  assert.equal(await page.locator("files-report .summary").innerText(), "3 requests, no problems found.");
  await announced(page, "requests.jsonl: Ready to send. 3 requests, no problems found.");
  await page.getByRole("button", { name: "Remove" }).click();
  await check(page, broken);
  assert.equal(await page.locator("files-report h2").innerText(), "Will be rejected");
  const { counts, requests } = await checkInput(broken);
  const errors = counts.filter(({ level }) => level === "error").reduce((sum, { count }) => sum + count, 0);
  assert.ok(
    (await page.locator("files-report .summary").innerText()).startsWith(`${requests} requests, ${errors} errors`),
  );
});

filesTest("shows the facts of the file as the package counts them", async ({ page }) => {
  await check(page, broken);
  const report = await checkInput(broken);
  const facts = Object.fromEntries(
    await page
      .locator(".facts > div")
      .evaluateAll((all) => all.map((one) => [one.querySelector("dt").textContent, one.querySelector("dd").innerText])),
  );
  assert.equal(facts.Requests, String(report.requests));
  assert.equal(facts.Lines, String(report.lines));
  assert.equal(facts.Size, report.bytes < 1024 ? `${report.bytes} bytes` : `${(report.bytes / 1024).toFixed(1)} KiB`);
  assert.match(facts["Estimated input tokens"], /^[\d,]+ [\d,]+ to [\d,]+$/);
  for (const { endpoint } of report.endpoints) assert.ok((facts.Endpoints ?? facts.Endpoint).includes(endpoint));
  for (const { model } of report.models) assert.ok((facts.Models ?? facts.Model).includes(model));
});

filesTest("groups the issues by code and shows the package's messages", async ({ page }) => {
  await check(page, broken);
  const { issues, counts } = await checkInput(broken);
  const sorted = ["error", "warning", "note"].flatMap((wanted) => counts.filter(({ level }) => level === wanted));
  assert.deepEqual(
    await issueGroups(page),
    sorted.map(({ level, code, count }) => ({ level, code, times: count === 1 ? "1 time" : `${count} times` })),
  );
  for (const { code, level, line, column, message, help } of issues) {
    const group = page.locator(`.issue-group[data-level=${level}]`, {
      has: page.locator("h3 code", { hasText: new RegExp(`^${code}$`) }),
    });
    const text = await group.innerText();
    assert.ok(text.includes(`Line ${line}, column ${column}`), `${code}: place`);
    assert.ok(text.includes(message), `${code}: ${message}`);
    assert.ok(text.includes(help), `${code}: ${help}`);
  }
});

filesTest("shows an excerpt of the line of each issue", async ({ page }) => {
  await check(page, broken);
  await loadExcerpts(page);
  const rows = broken.split("\n");
  const { issues } = await checkInput(broken);
  const inOrder = [];
  const { counts } = await checkInput(broken);
  const sorted = ["error", "warning", "note"].flatMap((wanted) => counts.filter(({ level }) => level === wanted));
  for (const { code, level } of sorted)
    inOrder.push(...issues.filter((issue) => issue.code === code && issue.level === level));
  const shown = await excerpts(page);
  assert.equal(shown.length, inOrder.length);
  for (const [index, { line, column, length, code }] of inOrder.entries()) {
    const { before, marked } = shown[index];
    const row = rows[line - 1];
    assert.equal(shown[index].line, String(line), code);
    assert.ok(row.slice(0, column - 1).endsWith(before), `${code}: ${before}`);
    assert.ok(row.slice(column - 1).startsWith(marked.replace(/…$/, "")), `${code}: ${marked}`);
    if (length !== undefined && length < 90) assert.equal(marked, row.slice(column - 1, column - 1 + length), code);
  }
});

filesTest("shows the first line of a duplicate id", async ({ page }) => {
  await check(page, lines(request("zebra"), request("b"), request("zebra")));
  await loadExcerpts(page);
  assert.deepEqual(
    await page
      .locator(".file-issue code")
      .evaluateAll((all) => all.map((one) => one.textContent.includes('"custom_id":"zebra"'))),
    [true, true],
  );
  assert.deepEqual(
    await page
      .locator(".file-issue .number")
      .evaluateAll((all) => all.map((one) => one.textContent.replace(/\D/g, ""))),
    ["3", "1"],
  );
});

filesTest("truncates long lines around the mark, also with multi-byte characters", async ({ page }) => {
  const long = "日本語🙂".repeat(20_000);
  const line = JSON.stringify(
    request("a", {
      body: { model: "m", before: long, stream: true, after: long, messages: [{ role: "user", content: "x" }] },
    }),
  );
  await check(page, `${line}\n`);
  const excerpt = page.locator(".issue-group", { hasText: "stream" }).locator("files-excerpt").first();
  await excerpt.scrollIntoViewIfNeeded();
  await excerpt.locator("mark").waitFor();
  const text = await excerpt.locator("code").innerText();
  assert.ok(text.length < 400, `${text.length} characters`);
  assert.match(text, /^…/);
  assert.match(text, /…$/);
  assert.ok(!text.includes("\ufffd"), "a character was split");
  assert.ok(line.includes(text.slice(1, -1)));
});

filesTest("counts unlisted issues, and shows more on request", async ({ page }) => {
  const many = 640;
  await check(page, lines(...Array.from({ length: many }, () => request("same"))));
  const group = page.locator(".issue-group", { hasText: "duplicate_custom_id" });
  assert.equal(await group.locator(".many").innerText(), `${many - 1} times`);
  assert.equal(await group.locator(".file-issue").count(), 3);
  assert.equal(await group.locator(".unlisted").innerText(), `and ${many - 1 - 100} more`);
  for (let shown = 3; shown < 100; ) {
    await group.getByRole("button", { name: /^Show \d+ more/ }).click();
    shown = Math.min(100, shown + 25);
    await page.waitForFunction((many) => document.querySelectorAll(".file-issue").length === many, shown);
  }
  assert.equal(await group.getByRole("button", { name: /^Show/ }).count(), 0);
});

filesTest("checks by the rules of the selected provider", async ({ page }) => {
  const azure = lines(request("a", { url: "/chat/completions" }));
  await check(page, azure);
  const before = await issueGroups(page);
  await page.locator("#files-profile").selectOption("azure");
  const { counts } = await checkInput(azure, { profile: "azure" });
  assert.notEqual(before.length, counts.length);
  await page.waitForFunction((many) => document.querySelectorAll(".issue-group").length === many, counts.length);
});

filesTest("shows text from files as text", async ({ page }) => {
  const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  const name = '<b onclick="alert(1)">.jsonl';
  await choose(page, {
    [name]: lines(request(markup, { url: markup }), request(markup, { body: { model: markup } }), markup),
  });
  await page.locator("files-report .facts").waitFor();
  await loadExcerpts(page);
  assert.equal(await page.locator("main img, main script, main b[onclick]").count(), 0);
  assert.ok((await page.locator("files-report .name").innerText()).includes(name));
  assert.ok((await page.locator("files-report").innerText()).includes("<img src=x"));
  assert.equal(await page.title(), "Files · batchlight");
});

filesTest("shows the names of invisible and bidirectional characters", async ({ page }) => {
  const turned = "id\u202etxet\u2066\u200b\ufeff";
  await choose(page, { "a\u202elnosj.exe": lines(request(turned), request(turned)) });
  await page.locator("files-report .facts").waitFor();
  await loadExcerpts(page);
  const text = await page.locator("board-files").evaluate((page) => page.textContent);
  assert.ok(!/[\u202e\u2066\u200b\ufeff]/.test(text), "the page contains a hidden character");
  for (const name of ["U+202E", "U+2066", "U+200B", "U+FEFF"])
    assert.ok((await page.locator(".file-issue mark .hidden-character", { hasText: name }).count()) > 0, name);
  assert.ok(!(await announcements(page)).some((text) => text.includes("\u202e")));
  assert.ok((await page.locator(".loaded-files .name").innerText()).includes("U+202E"));
});

filesTest.describe(() => {
  filesTest.use({ viewport: { width: 360, height: 800 } });
  filesTest("long names do not break the layout", async ({ page }) => {
    const endless = "x".repeat(10_000);
    await choose(page, {
      [`${"n".repeat(200)}.jsonl`]: lines(
        request(endless, { url: endless }),
        request(endless, { body: { model: endless } }),
        request("b"),
      ),
    });
    await page.locator("files-report .facts").waitFor();
    await loadExcerpts(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    const tallest = await page
      .locator(".file-issue")
      .evaluateAll((all) => Math.max(...all.map((one) => one.getBoundingClientRect().height)));
    assert.ok(tallest < 900, `${tallest} px`);
  });
});

// The examples: every fixture is shown with the package's view of it.
import assert from "node:assert/strict";
import { describeBatch, profiles } from "batchlight";
import { elementMessages } from "batchlight/elements";
import { boardTest, fixtures, waitForAnnouncement } from "./support.mjs";

// Written out here and not taken from the board: the profile of each provider.
const profileOf = { openai: "openai", azure: "azure", "dashscope(alibaba)": "dashscope" };
const views = fixtures.map(({ batch, provider }) =>
  describeBatch(batch, { profile: profileOf[provider] ?? "compatible" }),
);

/** The issues that are listed: the note about nulls, which every server causes, is not. */
const listed = (issues) => issues.filter(({ code }) => code !== "null_field");

const evaluateAll = (page, selector, read) => page.locator(selector).evaluateAll(read);

boardTest("shows every fixture once, with its label", async ({ page }) => {
  const shown = await evaluateAll(page, ".examples .batch", (rows) =>
    rows.map((row) => [
      row.dataset.key,
      row.querySelector("batch-card").shadowRoot.querySelector("[role=heading][aria-level='3']").textContent.trim(),
    ]),
  );
  const expected = views.map(({ label }, index) => [`example-${index}`, label]);
  assert.deepEqual(new Map(shown), new Map(expected));
  assert.equal(shown.length, fixtures.length);
});

boardTest("shows the summary, advice, tone, outcome and source of each", async ({ page }) => {
  const rows = await evaluateAll(page, ".examples .batch", (rows) =>
    rows.map((row) => ({
      key: row.dataset.key,
      tone: row.querySelector("batch-card").shadowRoot.querySelector("article").dataset.tone,
      text: `${row.querySelector("batch-card").shadowRoot.textContent}\n${row.textContent}`,
    })),
  );
  for (const { key, tone, text } of rows) {
    const index = Number(key.split("-")[1]);
    const view = views[index];
    assert.equal(tone, view.tone, key);
    for (const part of [view.summary, view.advice, view.id, view.outcome, fixtures[index].source])
      assert.ok(text.includes(part ?? ""), `${key}: ${part}`);
  }
});

boardTest("reads each fixture with its provider's profile", async ({ page }) => {
  const shown = await evaluateAll(page, ".examples .batch", (rows) =>
    rows.map((row) => [
      row.dataset.key,
      [...row.querySelectorAll(".issue .message")].map((message) => message.textContent).sort(),
    ]),
  );
  const expected = views.map(({ issues }, index) => [
    `example-${index}`,
    listed(issues)
      .map(({ message }) => message)
      .sort(),
  ]);
  assert.deepEqual(new Map(shown), new Map(expected));
});

boardTest("says that no example is live, and how each was obtained", async ({ page }) => {
  await page.getByText(`${fixtures.length} batches from real servers`).waitFor();
  const kinds = new Set(
    await evaluateAll(page, ".origin .kind", (kinds) => kinds.map(({ textContent }) => textContent)),
  );
  for (const kind of ["recorded", "documented", "reported, partial", "test", "synthetic"])
    assert.ok(kinds.has(kind), kind);
});

boardTest("groups the examples by urgency", async ({ page }) => {
  for (const group of ["attention", "active", "done"]) {
    const many = views.filter((view) => view.group === group).length;
    assert.ok(many > 0);
    assert.equal(await page.locator(`.group[data-group=${group}] .batch`).count(), many);
    assert.match(await page.locator(`.group[data-group=${group}] > h2`).innerText(), new RegExp(`\\b${many}$`));
  }
  assert.deepEqual(await evaluateAll(page, ".group", (groups) => groups.map((group) => group.dataset.group)), [
    "attention",
    "active",
    "done",
  ]);
});

boardTest("filters by group and by text", async ({ page }) => {
  await page.getByRole("radio", { name: elementMessages["element.group.attention"] }).check();
  assert.deepEqual(await evaluateAll(page, ".group", (groups) => groups.map((group) => group.dataset.group)), [
    "attention",
  ]);
  await page.getByRole("radio", { name: elementMessages["element.group.all"] }).check();

  const { id } = fixtures[26].batch;
  await page.getByRole("searchbox").fill(id);
  const snapshots = fixtures.filter(({ batch }) => batch.id === id).length;
  assert.ok(snapshots > 1);
  assert.equal(await page.locator(".examples .batch").count(), snapshots);
  await waitForAnnouncement(page, `${snapshots} examples shown.`);

  await page.getByRole("searchbox").fill("/v1/embeddings openai");
  assert.ok((await page.locator(".examples .batch").count()) > 0);
  await page.getByRole("searchbox").fill("no such thing anywhere");
  await page.getByText("No matching examples.").waitFor();
});

boardTest("the address contains the filter and restores it", async ({ page }) => {
  await page.getByRole("radio", { name: elementMessages["element.group.done"] }).check();
  await page.getByRole("searchbox").fill("openai");
  await page.waitForFunction(() => location.hash === "#/examples?group=done&find=openai");
  const shown = await evaluateAll(page, ".examples .batch", (rows) => rows.map(({ dataset }) => dataset.key));
  assert.ok(shown.length > 0);
  await page.reload();
  await page.locator(".batch").first().waitFor();
  assert.deepEqual(
    await evaluateAll(page, ".examples .batch", (rows) => rows.map(({ dataset }) => dataset.key)),
    shown,
  );
  await page.getByRole("link", { name: "Files" }).click();
  await page.locator("#files-choose").waitFor({ state: "attached" });
  await page.getByRole("link", { name: "Examples" }).click();
  await page.waitForFunction(() => location.hash === "#/examples?group=done&find=openai");
  assert.equal(await page.getByRole("searchbox").inputValue(), "openai");
});

boardTest("shows progress as one bar with text, and without a value where none is known", async ({ page }) => {
  const bars = await evaluateAll(page, ".examples .batch", (rows) =>
    rows.flatMap((row) =>
      [...row.querySelector("batch-card").shadowRoot.querySelectorAll("[role=progressbar]")].map((bar) => ({
        key: row.dataset.key,
        now: bar.getAttribute("aria-valuenow"),
        text: bar.getAttribute("aria-valuetext"),
        name: bar.getAttribute("aria-label"),
        drawn: [...bar.children].every((child) => child.getAttribute("aria-hidden") === "true"),
      })),
    ),
  );
  const barOf = new Map(bars.map((bar) => [bar.key, bar]));
  assert.equal(barOf.size, bars.length, "two bars in one entry");
  for (const [index, { terminal, knownStatus, progress }] of views.entries()) {
    const bar = barOf.get(`example-${index}`);
    const wanted = progress.fraction !== undefined || (knownStatus !== undefined && !terminal);
    assert.equal(bar !== undefined, wanted, `example-${index}`);
    if (!bar) continue;
    assert.equal(bar.text, progress.text);
    assert.equal(bar.now, progress.fraction === undefined ? null : String(Math.floor(progress.fraction * 100)));
    assert.equal(bar.name, "Progress");
    assert.ok(bar.drawn);
  }
  assert.ok(bars.some(({ now }) => now === null) && bars.some(({ now }) => now === "100"));
});

boardTest("shows the timeline with machine-readable timestamps", async ({ page }) => {
  for (const [index, { timeline }] of views.entries()) {
    const steps = await page.locator(`[data-key=example-${index}] .timeline li`).evaluateAll((items) =>
      items.map((item) => ({
        label: item.querySelector(".step bdi").textContent,
        at: item.querySelector("time")?.getAttribute("datetime"),
        gap: item.querySelector(".gap")?.textContent,
      })),
    );
    const expected = timeline.map(({ label, at, duration }) => ({
      label,
      at: at === undefined ? undefined : new Date(at * 1000).toISOString(),
      gap: duration,
    }));
    assert.deepEqual(steps, expected, `example-${index}`);
  }
  assert.match(await page.locator("time").first().getAttribute("title"), /UTC/);
});

boardTest("collapses notes and expands errors and warnings", async ({ page }) => {
  const seen = await evaluateAll(page, ".examples .batch", (rows) =>
    rows.map((row) => {
      const open = [...row.querySelectorAll(".issue .message")].filter((message) => message.checkVisibility());
      const folds = [...row.querySelectorAll(".issues > details > summary")].map((summary) => summary.textContent);
      return { key: row.dataset.key, open: open.map(({ textContent }) => textContent), folds };
    }),
  );
  for (const { key, open, folds } of seen) {
    const issues = listed(views[Number(key.split("-")[1])].issues);
    const grave = issues.filter(({ level }) => level !== "note").map(({ message }) => message);
    const notes = issues.length - grave.length;
    assert.deepEqual(open, grave, key);
    assert.equal(
      folds.some((fold) => fold === `${notes} ${notes === 1 ? "note" : "notes"}`),
      notes > 0,
      key,
    );
  }
});

boardTest("shows the raw JSON on request", async ({ page }) => {
  const row = page.locator("[data-key=example-4]");
  await row.getByText("Raw JSON").click();
  assert.deepEqual(JSON.parse(await row.locator("pre").innerText()), fixtures[4].batch);
});

boardTest("offers every profile of the package", async ({ page }) => {
  const options = await evaluateAll(page, "#paste-profile option", (options) => options.map(({ value }) => value));
  assert.deepEqual(
    options,
    profiles.map(({ name }) => name),
  );
  for (const { name, summary } of profiles) {
    await page.locator("#paste-profile").selectOption(name);
    await page.getByText(summary).waitFor();
  }
});

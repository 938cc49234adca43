// Every status and every outcome, as recorded from servers, in every element; and all that is no batch.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { describeBatch, lifecycle, words } from "batchlight";
import { batches, elementTest, now, oddities, oneElements, show, toldBy } from "./support.mjs";

const views = batches.map((batch) => describeBatch(batch, { now }));

test("the batches shown are of every status and every outcome", () => {
  const statuses = [...new Set(lifecycle.flatMap(({ from, to }) => [from, to]))];
  assert.deepEqual(statuses.filter((status) => !views.some(({ knownStatus }) => knownStatus === status)), []);
  const outcomes = Object.keys(words).flatMap((id) => (/^advice\.(?!unknown|no_batch)(.*)$/.exec(id) ?? []).slice(1));
  assert.deepEqual(outcomes.filter((outcome) => !views.some((view) => view.outcome === outcome)), []);
});

/** What a person can read in an element, hidden words included. */
const textOf = (page, name) => page.evaluate((name) => [...document.querySelectorAll(name)].map((element) => element.shadowRoot.textContent.replaceAll(/\s+/g, " ")), name);

describe("each recorded batch is told by what describeBatch says", () => {
  for (const name of oneElements) {
    elementTest(name, {}, async (page) => {
      await show(page, batches.map((batch) => [name, { batch, now, timeZone: "UTC" }]));
      const texts = await textOf(page, name);
      for (const [index, view] of views.entries()) {
        for (const text of toldBy(name, view)) assert.ok(texts[index].includes(text), `${text} in ${texts[index]}`);
      }
    });
  }

  elementTest("batch-list", {}, async (page) => {
    await show(page, [["batch-list", { batches, now }]]);
    await page.waitForFunction((count) => document.querySelector("batch-list").shadowRoot.querySelectorAll("li.row").length === count, batches.length);
    const [text] = await textOf(page, "batch-list");
    for (const view of views) assert.ok(text.includes(view.label) && text.includes(view.summary.slice(0, 150).replaceAll(/\s+/g, " ")));
  });
});

elementTest("progress is one bar with its value in words, and without a number where none is known", {}, async (page) => {
  await show(page, batches.map((batch) => ["batch-progress", { batch, now }]));
  const bars = await page.evaluate(() =>
    [...document.querySelectorAll("batch-progress")].map(({ shadowRoot }) => [...shadowRoot.querySelectorAll("[role=progressbar]")].map((bar) => [bar.ariaLabel, bar.ariaValueNow, bar.ariaValueText])),
  );
  for (const [index, { progress, terminal, knownStatus }] of views.entries()) {
    const none = progress.fraction === undefined && (terminal || knownStatus === undefined);
    const valueNow = progress.fraction === undefined ? null : String(Math.floor(progress.fraction * 100));
    assert.deepEqual(bars[index], none ? [] : [["Requests", valueNow, progress.text]]);
  }
  assert.ok(bars.flat().some(([, value]) => value === null) && bars.flat().some(([, value]) => value !== null));
});

elementTest("whatever is no batch is shown as such, by property and by attribute", {}, async (page) => {
  for (const name of oneElements) await show(page, oddities.map((batch) => [name, { batch, now }]));
  const labels = await page.evaluate(() => [...document.querySelectorAll("batch-status")].map(({ shadowRoot }) => shadowRoot.textContent));
  assert.deepEqual(labels, oddities.map((batch) => describeBatch(batch, { now }).label));
  const written = await page.evaluate(async () => {
    const template = document.createElement("batch-status");
    template.setAttribute("batch", '{"status":"validating"}');
    document.body.append(template);
    await template.updateComplete;
    return template.shadowRoot.textContent;
  });
  assert.equal(written, "Checking file");
});

elementTest("what throws when it is read is shown, too", {}, async (page) => {
  const label = await page.evaluate(async () => {
    const thrower = new Proxy({}, { get() { throw new Error("never"); }, ownKeys() { throw new Error("never"); } });
    const element = Object.assign(document.createElement("batch-status"), { batch: thrower });
    const list = Object.assign(document.createElement("batch-list"), { batches: [thrower, thrower] });
    document.body.append(element, list);
    await Promise.all([element.updateComplete, list.updateComplete]);
    return [element.view.label, list.shadowRoot.querySelectorAll("li.row").length];
  });
  assert.deepEqual(label, ["Not a batch", 2]);
});

elementTest("an element without a batch shows nothing", {}, async (page) => {
  await show(page, [...oneElements, "batch-list"].map((name) => [name, {}]));
  for (const name of [...oneElements, "batch-list"]) assert.deepEqual(await textOf(page, name), [""]);
});

elementTest("registering twice is harmless, and so is another name", {}, async (page) => {
  const names = await page.evaluate(async () => {
    const { BatchStatusElement, BatchCardElement } = await import("batchlight/elements");
    BatchStatusElement.define();
    BatchStatusElement.define("my-status");
    BatchStatusElement.define("my-status");
    BatchCardElement.define("batch-status");
    const mine = Object.assign(document.createElement("my-status"), { batch: { status: "validating" } });
    document.body.append(mine);
    await mine.updateComplete;
    return [mine instanceof BatchStatusElement, mine.shadowRoot.textContent, customElements.get("batch-status") === BatchStatusElement];
  });
  assert.deepEqual(names, [true, "Checking file", true]);
});

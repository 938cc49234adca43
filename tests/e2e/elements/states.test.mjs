// Every status and outcome in every element, invalid values, attributes, slots and parts.
import assert from "node:assert/strict";
import { test } from "@playwright/test";
import { describeBatch, lifecycle, messages } from "batchlight";
import {
  batches,
  elementTest,
  now,
  invalidValues,
  running,
  show,
  singleBatchElements,
  textsShownBy,
} from "./support.mjs";

const views = batches.map((batch) => describeBatch(batch, { now }));

test("the fixtures have every status and every outcome", () => {
  const statuses = [...new Set(lifecycle.flatMap(({ from, to }) => [from, to]))];
  assert.deepEqual(
    statuses.filter((status) => !views.some(({ knownStatus }) => knownStatus === status)),
    [],
  );
  const outcomes = Object.keys(messages).flatMap((id) =>
    (/^advice\.(?!unknown|no_batch)(.*)$/.exec(id) ?? []).slice(1),
  );
  assert.deepEqual(
    outcomes.filter((outcome) => !views.some((view) => view.outcome === outcome)),
    [],
  );
});

/** The text of each element, hidden text included. */
const textOf = (page, name) =>
  page.evaluate(
    (name) =>
      [...document.querySelectorAll(name)].map((element) => element.shadowRoot.textContent.replaceAll(/\s+/g, " ")),
    name,
  );

test.describe("shows the texts of describeBatch", () => {
  for (const name of singleBatchElements) {
    elementTest(name, async ({ page }) => {
      await show(
        page,
        batches.map((batch) => [name, { batch, now, timeZone: "UTC" }]),
      );
      const texts = await textOf(page, name);
      for (const [index, view] of views.entries()) {
        for (const text of textsShownBy(name, view))
          assert.ok(texts[index].includes(text), `${text} in ${texts[index]}`);
      }
    });
  }

  elementTest("batch-list", async ({ page }) => {
    await show(page, [["batch-list", { batches, now }]]);
    await page.waitForFunction(
      (count) => document.querySelector("batch-list").shadowRoot.querySelectorAll("li.row").length === count,
      batches.length,
    );
    const [text] = await textOf(page, "batch-list");
    for (const view of views)
      for (const part of [view.label, view.progress.fraction === undefined ? view.summary : view.progress.text])
        assert.ok(text.includes(part.slice(0, 150).replaceAll(/\s+/g, " ")), part);
  });
});

elementTest(
  "progress is one progressbar with its value as text, and without a number if it is unknown",
  async ({ page }) => {
    await show(
      page,
      batches.map((batch) => ["batch-progress", { batch, now }]),
    );
    const bars = await page.evaluate(() =>
      [...document.querySelectorAll("batch-progress")].map(({ shadowRoot }) =>
        [...shadowRoot.querySelectorAll("[role=progressbar]")].map((bar) => [
          bar.ariaLabel,
          bar.ariaValueNow,
          bar.ariaValueText,
        ]),
      ),
    );
    for (const [index, { progress, terminal, knownStatus }] of views.entries()) {
      const none = progress.fraction === undefined && (terminal || knownStatus === undefined);
      const valueNow = progress.fraction === undefined ? null : String(Math.floor(progress.fraction * 100));
      assert.deepEqual(bars[index], none ? [] : [["Progress", valueNow, progress.text]]);
    }
    assert.ok(bars.flat().some(([, value]) => value === null) && bars.flat().some(([, value]) => value !== null));
  },
);

elementTest("an invalid value is shown as invalid, whether by property or by attribute", async ({ page }) => {
  for (const name of singleBatchElements)
    await show(
      page,
      invalidValues.map((batch) => [name, { batch, now }]),
    );
  const labels = await page.evaluate(() =>
    [...document.querySelectorAll("batch-status")].map(({ shadowRoot }) => shadowRoot.textContent),
  );
  assert.deepEqual(
    labels,
    invalidValues.map((batch) => describeBatch(batch, { now }).label),
  );
  const fromAttribute = await page.evaluate(async () => {
    const element = document.createElement("batch-status");
    element.setAttribute("batch", '{"status":"validating"}');
    document.body.append(element);
    await element.updateComplete;
    return element.shadowRoot.textContent;
  });
  assert.equal(fromAttribute, "Checking file");
});

elementTest("shows an object whose properties throw", async ({ page }) => {
  const label = await page.evaluate(async () => {
    const thrower = new Proxy(
      {},
      {
        get() {
          throw new Error("never");
        },
        ownKeys() {
          throw new Error("never");
        },
      },
    );
    const element = Object.assign(document.createElement("batch-status"), { batch: thrower });
    const list = Object.assign(document.createElement("batch-list"), { batches: [thrower, thrower] });
    document.body.append(element, list);
    await Promise.all([element.updateComplete, list.updateComplete]);
    return [element.view.label, list.shadowRoot.querySelectorAll("li.row").length];
  });
  assert.deepEqual(label, ["Not a batch", 2]);
});

elementTest("an element without a batch shows nothing", async ({ page }) => {
  await show(
    page,
    [...singleBatchElements, "batch-list"].map((name) => [name, {}]),
  );
  for (const name of [...singleBatchElements, "batch-list"]) assert.deepEqual(await textOf(page, name), [""]);
});

elementTest("registering twice and under another name works", async ({ page }) => {
  const names = await page.evaluate(async () => {
    const { BatchStatusElement, BatchCardElement } = await import("batchlight/elements");
    BatchStatusElement.define();
    BatchStatusElement.define("my-status");
    BatchStatusElement.define("my-status");
    BatchCardElement.define("batch-status");
    const mine = Object.assign(document.createElement("my-status"), { batch: { status: "validating" } });
    document.body.append(mine);
    await mine.updateComplete;
    return [
      mine instanceof BatchStatusElement,
      mine.shadowRoot.textContent,
      customElements.get("batch-status") === BatchStatusElement,
    ];
  });
  assert.deepEqual(names, [true, "Checking file", true]);
});

elementTest(
  "a removed attribute restores the default, and so does an empty string from a framework",
  async ({ page }) => {
    const shown = await page.evaluate(
      async (batch) => {
        const card = document.createElement("batch-card");
        document.body.append(card);
        const after = async (change) => {
          change();
          await card.updateComplete;
          return [
            card.view?.label,
            card.shadowRoot.querySelector("[role=heading]")?.ariaLevel,
            card.shadowRoot.querySelector("[part=timing]")?.textContent,
          ];
        };
        const set = (values) => () => {
          for (const [name, value] of Object.entries(values))
            value === null ? card.removeAttribute(name) : card.setAttribute(name, value);
        };
        const states = [
          await after(
            set({
              batch: JSON.stringify(batch),
              now: String(batch.created_at + 60),
              "heading-level": "2",
              profile: "azure",
              "time-zone": "Europe/Berlin",
            }),
          ),
        ];
        states.push(await after(set({ "heading-level": null, profile: null, "time-zone": null })));
        states.push(await after(() => Object.assign(card, { profile: "", locale: "", timeZone: "", headingLevel: 0 })));
        states.push(await after(set({ now: null })));
        states.push(await after(set({ batch: null })));
        return states;
      },
      { id: "b", status: "validating", created_at: now },
    );
    const [first, without, empty, present, nothing] = shown;
    assert.deepEqual(first, ["Checking file", "2", "1 minute so far"]);
    assert.deepEqual(without, ["Checking file", "3", "1 minute so far"]);
    assert.deepEqual(empty, without);
    assert.match(present[2], /day|hour/);
    assert.deepEqual(nothing, [undefined, undefined, undefined]);
  },
);

elementTest.describe(() => {
  elementTest.use({
    body: [
      '<batch-card><b slot="label">Mine</b><b slot="actions">Act</b><b>More</b></batch-card>',
      '<batch-list><b slot="empty">Empty</b></batch-list>',
    ].join(""),
  });
  elementTest("slots and parts can be filled and styled", async ({ page }) => {
    const seen = await page.evaluate(async (now) => {
      const [card, list] = document.querySelectorAll("batch-card, batch-list");
      Object.assign(card, { batch: { id: "b", status: "validating", created_at: now }, now });
      list.batches = [];
      await Promise.all([card.updateComplete, list.updateComplete]);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        "batch-card::part(heading) { color: rgb(1, 2, 3) } batch-card { --batch-surface: rgb(4, 5, 6) }",
      );
      document.adoptedStyleSheets = [sheet];
      const style = (part) => getComputedStyle(card.shadowRoot.querySelector(`[part=${part}]`));
      return {
        slotted: [...document.querySelectorAll("b")].map(
          (slotted) => slotted.checkVisibility() && slotted.getBoundingClientRect().width > 0,
        ),
        heading: style("heading").color,
        surface: style("card").backgroundColor,
      };
    }, now);
    assert.deepEqual(seen, { slotted: [true, true, true, true], heading: "rgb(1, 2, 3)", surface: "rgb(4, 5, 6)" });
  });
});

elementTest("shows 5 of many errors, and up to 100 on request", async ({ page }) => {
  const data = Array.from({ length: 250 }, (_, index) => ({
    code: "invalid_json_line",
    line: index + 1,
    message: `invalid JSON in ${index + 1}`,
    param: null,
  }));
  await show(page, [
    [
      "batch-card",
      {
        batch: { id: "b", status: "failed", created_at: now - 9, failed_at: now - 5, errors: { object: "list", data } },
        now,
      },
    ],
  ]);
  const card = page.locator("batch-card");
  assert.equal(await card.locator("[part=error]:visible").count(), 5);
  await card.getByText("245 more").click();
  assert.equal(await card.locator("[part=error]:visible").count(), 100);
  assert.equal(await card.getByText("Showing the first 100.").count(), 1);
});

elementTest("shows notes about warnings, but not about what every server sends", async ({ page }) => {
  const ordinary = { ...running, output_file_id: null, error_file_id: null, metadata: null, extra: 1 };
  const contradictory = { ...running, request_counts: { total: 1, completed: 2, failed: 0 } };
  const levels = (batch) => new Set(describeBatch(batch, { now }).issues.map(({ level }) => level));
  assert.deepEqual([...levels(ordinary)], ["note"]);
  await show(
    page,
    [ordinary, contradictory].map((batch) => ["batch-card", { batch, now }]),
  );
  const cards = page.locator("batch-card");
  assert.equal(await cards.nth(0).locator("[part=issues]").count(), 0);
  assert.match(await cards.nth(1).locator("[part=issues] summary").textContent(), /note.* about this response/);
});

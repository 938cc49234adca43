// Every status and every outcome, as recorded from servers, in every element; and all that is no batch.
import assert from "node:assert/strict";
import { test } from "@playwright/test";
import { describeBatch, lifecycle, words } from "batchlight";
import { batches, elementTest, now, oddities, oneElements, show, toldBy } from "./support.mjs";

const views = batches.map((batch) => describeBatch(batch, { now }));

test("the batches shown are of every status and every outcome", () => {
  const statuses = [...new Set(lifecycle.flatMap(({ from, to }) => [from, to]))];
  assert.deepEqual(
    statuses.filter((status) => !views.some(({ knownStatus }) => knownStatus === status)),
    [],
  );
  const outcomes = Object.keys(words).flatMap((id) => (/^advice\.(?!unknown|no_batch)(.*)$/.exec(id) ?? []).slice(1));
  assert.deepEqual(
    outcomes.filter((outcome) => !views.some((view) => view.outcome === outcome)),
    [],
  );
});

/** What a person can read in an element, hidden words included. */
const textOf = (page, name) =>
  page.evaluate(
    (name) =>
      [...document.querySelectorAll(name)].map((element) => element.shadowRoot.textContent.replaceAll(/\s+/g, " ")),
    name,
  );

test.describe("each recorded batch is told by what describeBatch says", () => {
  for (const name of oneElements) {
    elementTest(name, async ({ page }) => {
      await show(
        page,
        batches.map((batch) => [name, { batch, now, timeZone: "UTC" }]),
      );
      const texts = await textOf(page, name);
      for (const [index, view] of views.entries()) {
        for (const text of toldBy(name, view)) assert.ok(texts[index].includes(text), `${text} in ${texts[index]}`);
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
      assert.ok(text.includes(view.label) && text.includes(view.summary.slice(0, 150).replaceAll(/\s+/g, " ")));
  });
});

elementTest(
  "progress is one bar with its value in words, and without a number where none is known",
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
      assert.deepEqual(bars[index], none ? [] : [["Requests", valueNow, progress.text]]);
    }
    assert.ok(bars.flat().some(([, value]) => value === null) && bars.flat().some(([, value]) => value !== null));
  },
);

elementTest("whatever is no batch is shown as such, by property and by attribute", async ({ page }) => {
  for (const name of oneElements)
    await show(
      page,
      oddities.map((batch) => [name, { batch, now }]),
    );
  const labels = await page.evaluate(() =>
    [...document.querySelectorAll("batch-status")].map(({ shadowRoot }) => shadowRoot.textContent),
  );
  assert.deepEqual(
    labels,
    oddities.map((batch) => describeBatch(batch, { now }).label),
  );
  const written = await page.evaluate(async () => {
    const template = document.createElement("batch-status");
    template.setAttribute("batch", '{"status":"validating"}');
    document.body.append(template);
    await template.updateComplete;
    return template.shadowRoot.textContent;
  });
  assert.equal(written, "Checking file");
});

elementTest("what throws when it is read is shown, too", async ({ page }) => {
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
    [...oneElements, "batch-list"].map((name) => [name, {}]),
  );
  for (const name of [...oneElements, "batch-list"]) assert.deepEqual(await textOf(page, name), [""]);
});

elementTest("registering twice is harmless, and so is another name", async ({ page }) => {
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
  "an attribute that is taken away leaves what there was without it, and empty text from a framework is nothing",
  async ({ page }) => {
    const shown = await page.evaluate(
      async (batch) => {
        const card = document.createElement("batch-card");
        document.body.append(card);
        const look = async (change) => {
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
        const looks = [
          await look(
            set({
              batch: JSON.stringify(batch),
              now: String(batch.created_at + 60),
              "heading-level": "2",
              profile: "azure",
              "time-zone": "Europe/Berlin",
            }),
          ),
        ];
        looks.push(await look(set({ "heading-level": null, profile: null, "time-zone": null })));
        looks.push(await look(() => Object.assign(card, { profile: "", locale: "", timeZone: "", headingLevel: 0 })));
        looks.push(await look(set({ now: null })));
        looks.push(await look(set({ batch: null })));
        return looks;
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
  elementTest("what a page writes into slots and onto parts is shown", async ({ page }) => {
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

elementTest("of many reasons the first stand open, the others are there", async ({ page }) => {
  const data = Array.from({ length: 250 }, (_, index) => ({
    code: "invalid_json_line",
    line: index + 1,
    message: `no JSON in ${index + 1}`,
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
  await card.getByText("95 more").click();
  assert.equal(await card.locator("[part=error]:visible").count(), 100);
  assert.equal(await card.getByText("The first 100 are listed.").count(), 1);
});

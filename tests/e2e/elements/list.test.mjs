// The list: keyboard, order, groups, inputs, 1,000 rows, and long lists, of which only some rows are in the page.
import assert from "node:assert/strict";
import { describeBatch } from "batchlight";
import { framesOf, traced } from "../../../scripts/frames.mjs";
import { elementTest, fixtures, hostile, now } from "./support.mjs";

const start = 1_800_000_000;
const batches = fixtures.slice(0, 40).map(({ batch }, index) => ({ ...batch, id: `batch_${index}` }));

const open = async (page, value) => {
  await page.evaluate(
    ({ value, now }) => {
      const list = document.querySelector("batch-list");
      Object.assign(list, { now, batches: value });
      globalThis.selected = [];
      list.addEventListener("batch-select", ({ detail }) => globalThis.selected.push(detail.view.id));
    },
    { value, now },
  );
  await described(page);
};
/** Waits until all batches are described: on a slow machine it takes several frames, also of few batches. */
const described = (page) =>
  page.evaluate(async () => {
    const list = document.querySelector("batch-list");
    await list.updateComplete;
    while (list.shadowRoot.querySelector("[aria-busy]") || !list.shadowRoot.querySelector("ul"))
      await new Promise(requestAnimationFrame);
  });
const keys = (page) =>
  page.evaluate(() =>
    [...document.querySelector("batch-list").shadowRoot.querySelectorAll("button[data-key]")].map(
      ({ dataset }) => dataset.key,
    ),
  );
const focused = (page) => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.dataset.key);

elementTest.use({ body: "<batch-list></batch-list>" });

elementTest("batches that need attention come first, the newest of them at the top", async ({ page }) => {
  await open(page, batches);
  const views = batches.map((batch) => describeBatch(batch, { now }));
  const rank = { attention: 0, active: 1, done: 2 };
  const sorted = views.toSorted((a, b) => rank[a.group] - rank[b.group] || (b.createdAt ?? 0) - (a.createdAt ?? 0));
  assert.deepEqual(
    await keys(page),
    sorted.map(({ id }) => id),
  );
});

elementTest("a row is called by its metadata or its input file, and a search finds both", async ({ page }) => {
  const input_file_id = "file-1";
  const others = { metadata: null, input_file_id: "file-2" };
  await open(page, [
    { ...batches[0], id: "batch_name", input_file_id, metadata: { project: "blue", name: "Nightly run" } },
    { ...batches[0], id: "batch_description", metadata: { name: " ", description: "Second run" } },
    { ...batches[0], id: "batch_file", ...others },
    { ...batches[0], id: "batch_none", ...others, input_file_id: "file-3" },
  ]);
  await page.evaluate(() => {
    const names = [
      ["file-1", "nightly.jsonl"],
      ["file-2", "requests.jsonl"],
    ];
    document.querySelector("batch-list").fileNames = new Map(names);
  });
  await described(page);
  const names = await page.evaluate(() =>
    [...document.querySelector("batch-list").shadowRoot.querySelectorAll(".row")].map((row) => [
      row.querySelector("button").dataset.key,
      row.querySelector(".name")?.textContent,
    ]),
  );
  assert.deepEqual(Object.fromEntries(names), {
    batch_name: "Nightly run",
    batch_description: "Second run",
    batch_file: "requests.jsonl",
    batch_none: undefined,
  });
  for (const [find, key] of [
    ["blue", "batch_name"],
    ["NIGHTLY.jsonl", "batch_name"],
    ["second", "batch_description"],
    ["requests.", "batch_file"],
  ]) {
    await page.evaluate((find) => (document.querySelector("batch-list").find = find), find);
    await page.evaluate(() => document.querySelector("batch-list").updateComplete);
    assert.deepEqual(await keys(page), [key], find);
  }
});

elementTest("handled batches count as done", async ({ page }) => {
  await open(page, batches);
  const attention = batches.filter((batch) => describeBatch(batch, { now }).group === "attention").map(({ id }) => id);
  const running = batches.find((batch) => describeBatch(batch, { now }).group === "active").id;
  assert.ok(attention.length > 2);
  await page.evaluate(
    (ids) => Object.assign(document.querySelector("batch-list"), { handled: new Set(ids), group: "attention" }),
    [attention[0], running],
  );
  await described(page);
  assert.deepEqual((await keys(page)).toSorted(), attention.slice(1).toSorted());
  await page.evaluate(() => (document.querySelector("batch-list").group = "active"));
  await page.evaluate(() => document.querySelector("batch-list").updateComplete);
  assert.ok((await keys(page)).includes(running));
});

elementTest("the keyboard can filter, search, sort, move and select", async ({ page }) => {
  await open(page, batches);
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.evaluate(() => document.querySelector("batch-list").updateComplete);
  assert.equal(await page.evaluate(() => document.querySelector("batch-list").group), "active");
  const active = await keys(page);
  assert.deepEqual(
    active.toSorted(),
    batches
      .filter((batch) => describeBatch(batch, { now }).group === "active")
      .map(({ id }) => id)
      .sort(),
  );
  await page.keyboard.press("Tab");
  await page.keyboard.type("batch_1");
  assert.ok((await keys(page)).every((key) => key.includes("batch_1")));
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.querySelector("batch-list").order), "newest");
  await page.keyboard.press("Tab");
  const order = await keys(page);
  assert.equal(await focused(page), order[0]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(page), order[1]);
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  assert.equal(await focused(page), order.at(-1));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.keyboard.press("Home");
  assert.equal(await focused(page), order[0]);
  assert.deepEqual(await page.evaluate(() => globalThis.selected), [order[1], order.at(-1)]);
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), order.at(-1), "all rows are one tab stop, which keeps its place");
});

elementTest("a page receives changes, and can focus rows and the search field", async ({ page }) => {
  await open(page, batches.slice(0, 12));
  await page.evaluate(() => {
    globalThis.changes = [];
    document.addEventListener("batch-list-change", ({ detail }) => globalThis.changes.push(detail));
    document.querySelector("batch-list").find = "batch";
  });
  assert.deepEqual(await page.evaluate(() => document.querySelector("batch-list").shown), await keys(page));
  await page.evaluate(() => document.querySelector("batch-list").focusFind());
  await page.keyboard.press("End");
  await page.keyboard.type("_1");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  assert.deepEqual(
    await page.evaluate(() => globalThis.changes),
    [
      ["attention", "batch_"],
      ["attention", "batch_1"],
      ["newest", "batch_1"],
    ].map(([order, find]) => ({ group: "all", order, find })),
  );
  const order = await keys(page);
  assert.deepEqual(
    await page.evaluate(
      (id) => ["batch_2", id, undefined].map((id) => document.querySelector("batch-list").focusRow(id)),
      order[1],
    ),
    [false, true, true],
  );
  assert.equal(await focused(page), order[1], "the tab stop is the row that had the focus");
});

elementTest("a row keeps the focus when an update moves it", async ({ page }) => {
  await open(page, batches.slice(0, 12));
  await page.evaluate(() => document.querySelector("batch-list").shadowRoot.querySelector("button[data-key]").focus());
  const key = await focused(page);
  await page.evaluate(async () => {
    const list = document.querySelector("batch-list");
    list.order = "oldest";
    await list.updateComplete;
  });
  assert.notEqual((await keys(page))[0], key);
  assert.equal(await focused(page), key);
});

elementTest("accepts a page of the API, JSON, an empty page and duplicate ids", async ({ page }) => {
  await open(page, { object: "list", data: batches.slice(0, 2) });
  assert.equal((await keys(page)).length, 2);
  await open(page, JSON.stringify(batches.slice(0, 3)));
  assert.equal((await keys(page)).length, 3);
  await open(page, [batches[0], batches[0], null, 7, "{", hostile]);
  assert.equal(new Set(await keys(page)).size, 6);
  await open(page, { object: "list", data: null });
  assert.equal(
    await page.evaluate(
      () => document.querySelector("batch-list").shadowRoot.querySelector("[part=empty]").textContent,
    ),
    "No batches",
  );
});

elementTest.describe("a long list", () => {
  elementTest.use({ viewport: { width: 1280, height: 900 } });
  const count = 2500;
  const long = Array.from({ length: count }, (_, index) => ({
    ...batches[0],
    id: `batch_${index}`,
    created_at: start + index,
  }));
  /** The keys of the rows that are in view. */
  const inView = (page) =>
    page.evaluate(() =>
      [...document.querySelector("batch-list").shadowRoot.querySelectorAll(".row")]
        .filter((row) => row.getBoundingClientRect().bottom > 0 && row.getBoundingClientRect().top < innerHeight)
        .map((row) => row.querySelector("button").dataset.key),
    );
  const newest = (index) => `batch_${count - 1 - index}`;

  elementTest("has few rows in the page, which say their position among all", async ({ page }) => {
    await open(page, long);
    const rows = await page.evaluate(() =>
      [...document.querySelector("batch-list").shadowRoot.querySelectorAll("li.row")].map((row) => [
        row.querySelector("button").dataset.key,
        row.ariaPosInSet,
        row.ariaSetSize,
      ]),
    );
    assert.ok(rows.length < 300, `found ${rows.length} rows`);
    assert.deepEqual(
      rows,
      rows.map((_, index) => [newest(index), String(index + 1), String(count)]),
    );
    assert.equal(await page.evaluate(() => document.querySelector("batch-list").shown.length), count);
  });

  elementTest("shows every row while it is scrolled, also after a jump", async ({ page }) => {
    await open(page, long);
    // The height of the gaps follows from that of the rows, once they are laid out.
    await page.waitForFunction((count) => {
      const { shadowRoot } = document.querySelector("batch-list");
      const [all, row] = [".rows", ".row"].map((each) => shadowRoot.querySelector(each).getBoundingClientRect().height);
      return Math.abs(all / count - row) < 2;
    }, count);
    for (const share of [0.1, 0.12, 0.6, 1, 0.3, 0]) {
      await page.evaluate((share) => {
        const { scrollHeight, clientHeight } = document.scrollingElement;
        document.scrollingElement.scrollTop = (scrollHeight - clientHeight) * share;
      }, share);
      // A gap is shown for a moment only.
      await page.waitForFunction(() => {
        const { shadowRoot } = document.querySelector("batch-list");
        const gaps = [...shadowRoot.querySelectorAll(".gap")].map((gap) => gap.getBoundingClientRect());
        return gaps.every(({ top, bottom }) => bottom <= 0 || top >= innerHeight);
      });
      const keys = await inView(page);
      const first = count - 1 - Number(keys[0].slice("batch_".length));
      assert.deepEqual(
        keys,
        keys.map((_, index) => newest(first + index)),
      );
      assert.ok(Math.abs(first - share * count) < 60, `row ${first} is at ${share}`);
    }
  });

  elementTest("the keyboard and the page reach rows that are not in the page", async ({ page }) => {
    await open(page, long);
    await page.evaluate(() => document.querySelector("batch-list").focusRow());
    assert.equal(await focused(page), newest(0));
    await page.keyboard.press("End");
    assert.equal(await focused(page), newest(count - 1));
    await page.waitForFunction(
      (key) => document.querySelector("batch-list").shadowRoot.querySelector(`[data-key=${key}]`),
      newest(count - 30),
    );
    await page.keyboard.press("PageUp");
    assert.equal(await focused(page), newest(count - 11));
    // The focused row stays in the page when it is scrolled out of view.
    await page.evaluate(() => document.scrollingElement.scrollTo(0, 0));
    await page.waitForFunction(
      (key) => document.querySelector("batch-list").shadowRoot.querySelector(`[data-key=${key}]`),
      newest(5),
    );
    assert.equal(await focused(page), newest(count - 11));
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(page), newest(count - 12));
    assert.deepEqual(
      await page.evaluate(
        (id) => ["batch_none", id].map((id) => document.querySelector("batch-list").focusRow(id)),
        newest(1200),
      ),
      [false, true],
    );
    assert.equal(await focused(page), newest(1200));
    assert.ok((await inView(page)).includes(newest(1200)));
  });

  elementTest("has all rows in the page when a search leaves few", async ({ page }) => {
    await open(page, long);
    await page.evaluate(async () => {
      const list = document.querySelector("batch-list");
      list.find = "batch_24";
      await list.updateComplete;
    });
    assert.equal((await keys(page)).length, 111);
    assert.equal(await page.locator("batch-list").locator("li").count(), 111);
  });
});

elementTest.describe(() => {
  elementTest.use({ viewport: { width: 1280, height: 900 } });
  elementTest("an update of 1,000 rows takes several frames", async ({ page }) => {
    const of = (status, done) =>
      Array.from({ length: 1000 }, (_, index) => ({
        id: `batch_${index}`,
        object: "batch",
        endpoint: "/v1/responses",
        input_file_id: "file-1",
        completion_window: "24h",
        status,
        created_at: start + index,
        expires_at: start + 86_400,
        in_progress_at: start + 60,
        request_counts: { total: 1000, completed: done + (index % 7), failed: index % 3 },
      }));
    await open(page, of("in_progress", 100));
    assert.equal((await keys(page)).length, 1000);
    // Passed to the page before the trace starts, because serializing them is not the work of the list.
    await page.evaluate(
      (next) => {
        globalThis.next = next;
      },
      of("in_progress", 400),
    );
    const events = await traced(page, () =>
      page.evaluate(async () => {
        const list = document.querySelector("batch-list");
        list.batches = globalThis.next;
        await list.updateComplete;
        while (list.shadowRoot.querySelector("[aria-busy]")) await new Promise(requestAnimationFrame);
      }),
    );
    const texts = await page.evaluate(() =>
      [...document.querySelector("batch-list").shadowRoot.querySelectorAll(".row-summary")].map(
        ({ textContent }) => textContent,
      ),
    );
    assert.ok(texts.every((text) => /^40\d of 1,000 requests finished/.test(text)));
    // benches/elements.mjs measures the duration of the frames.
    assert.ok(framesOf(events).frames > 1, "the update took a single frame");
  });
});

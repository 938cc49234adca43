// The layout in narrow and wide places: nothing sticks out, words stay whole, and what belongs together is aligned.
import assert from "node:assert/strict";
import { batches, elementTest, now, running, show } from "./support.mjs";

const rejected = batches.find(({ status, errors }) => status === "failed" && errors);
const partial = batches.find(({ status, request_counts: counts }) => status === "completed" && counts?.failed > 0);
const manyErrors = {
  id: "batch_many",
  object: "batch",
  status: "failed",
  created_at: now - 60,
  failed_at: now - 50,
  errors: {
    object: "list",
    data: Array.from({ length: 110 }, (_, index) => ({
      code: "invalid_json_line",
      line: index + 1,
      message: "No JSON",
    })),
  },
};

for (const width of [200, 360, 1440]) {
  elementTest.describe(`${width} px`, () => {
    elementTest.use({ viewport: { width, height: 4000 } });

    elementTest("nothing sticks out, and no word of a German heading is broken", async ({ page }) => {
      await page.evaluate(async () => {
        const [{ setMessages }, { de }] = await Promise.all([
          import("batchlight/elements"),
          import("batchlight/elements/de"),
        ]);
        setMessages(de);
        document.body.style.margin = "0";
      });
      await show(page, [...batches.map((batch) => ["batch-card", { batch, now }]), ["batch-list", { batches, now }]]);
      await page.waitForFunction(
        (count) => document.querySelector("batch-list").shown.length === count,
        batches.length,
      );
      const found = await page.evaluate(() => {
        const elements = [...document.querySelectorAll("batch-card, batch-list")];
        const wide = elements.flatMap((element) =>
          [...element.shadowRoot.querySelectorAll("*")]
            .filter((node) => !node.closest(".hidden, svg, select, code") && node.getClientRects().length > 0)
            .filter((node) => node.getBoundingClientRect().right > element.getBoundingClientRect().right + 0.5)
            .map((node) => `${element.localName} ${node.localName}.${node.className}`),
        );
        const textsIn = (node) => {
          const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
          const texts = [];
          while (walker.nextNode()) texts.push(walker.currentNode);
          return texts;
        };
        const isBroken = (text, word, index) => {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
        };
        const broken = elements
          .flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll(".label bdi")])
          .flatMap(textsIn)
          .flatMap((text) =>
            [...text.data.matchAll(/\S+/g)].filter(({ 0: word, index }) => isBroken(text, word, index)).map(String),
          );
        return { wide: [...new Set(wide)], broken: [...new Set(broken)] };
      });
      assert.deepEqual(found, { wide: [], broken: [] });
    });

    elementTest("each dot of the timeline is level with the first line of its label", async ({ page }) => {
      await show(
        page,
        [running, rejected, partial].map((batch) => ["batch-card", { batch, now, locale: "en-GB" }]),
      );
      const offsets = await page.evaluate(() =>
        [...document.querySelectorAll("batch-card")].flatMap(({ shadowRoot }) =>
          [...shadowRoot.querySelectorAll(".entry")].map((entry) => {
            const dot = getComputedStyle(entry, "::before");
            const center =
              entry.getBoundingClientRect().top + parseFloat(dot.insetBlockStart) + parseFloat(dot.blockSize) / 2;
            const [line] = entry.querySelector(".step").getClientRects();
            return dot.content === "none" ? Number.NaN : Math.abs(center - (line.top + line.bottom) / 2);
          }),
        ),
      );
      assert.ok(offsets.length >= 8);
      for (const offset of offsets) assert.ok(offset <= 2, `${offset}`);
    });

    elementTest("bars below each other have the same length", async ({ page }) => {
      await show(
        page,
        [1, 50, 200].map((completed) => [
          "batch-progress",
          { batch: { ...running, request_counts: { total: 200, completed, failed: 0 } }, now },
        ]),
      );
      const lengths = await page.evaluate(() =>
        [...document.querySelectorAll("batch-progress")].map(
          ({ shadowRoot }) => shadowRoot.querySelector(".bar").getBoundingClientRect().width,
        ),
      );
      assert.equal(new Set(lengths).size, 1, String(lengths));
    });

    elementTest("a long id stays on one line, and is whole for readers and for copying", async ({ page }) => {
      await page.evaluate(() => {
        document.body.style.margin = "0";
      });
      await show(page, [
        ["batch-card", { batch: running, now }],
        ["batch-list", { batches: [running], now }],
      ]);
      const ids = await page.evaluate(() =>
        [...document.querySelectorAll("batch-card, batch-list")].map(({ shadowRoot }) => {
          const code = shadowRoot.querySelector(".id code");
          return [code.textContent, code.title, new Set([...code.getClientRects()].map(({ top }) => top)).size];
        }),
      );
      for (const id of ids) assert.deepEqual(id, [running.id, running.id, 1]);
      await page
        .locator("batch-list")
        .getByRole("button", { name: `${running.id} Running` })
        .waitFor();
    });

    elementTest("rows stay aligned without icons", async ({ page }) => {
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("batch-list::part(icon) { display: none }");
        document.adoptedStyleSheets = [sheet];
      });
      await show(page, [["batch-list", { batches: [running, partial], now }]]);
      const rows = await page.evaluate(() =>
        [...document.querySelector("batch-list").shadowRoot.querySelectorAll(".row")].map((row) => {
          const left = (selector) => row.querySelector(selector).getBoundingClientRect().left;
          return { label: left(".label"), status: left(".status"), id: left(".id"), row: left(".row-button") };
        }),
      );
      assert.equal(rows.length, 2);
      for (const { label, status, id, row } of rows) assert.deepEqual([label, id], [status, row]);
    });
  });
}

elementTest("one error is shown with its line; of many, the number is the same everywhere", async ({ page }) => {
  await show(page, [
    ["batch-card", { batch: { ...manyErrors, errors: { data: manyErrors.errors.data.slice(6, 7) } }, now }],
    ["batch-card", { batch: manyErrors, now }],
  ]);
  const [one, many] = await page.evaluate(() =>
    [...document.querySelectorAll("batch-card")].map(({ shadowRoot }) =>
      shadowRoot.querySelector(".errors").innerText.replaceAll(/\s+/g, " "),
    ),
  );
  assert.match(one, /^1 error from the server Line 7 invalid_json_line$/);
  assert.match(many, /^110 errors from the server Line 1 .*Line 5: No JSON invalid_json_line 105 more$/);
});

elementTest("the element tells tone, status and outcome, and its tone can be replaced", async ({ page }) => {
  await show(
    page,
    ["batch-status", "batch-card"].flatMap((name) => [running, partial].map((batch) => [name, { batch, now }])),
  );
  const found = await page.evaluate(async () => {
    const attributes = [...document.querySelectorAll("batch-status, batch-card")].map((element) => ({
      ...element.dataset,
    }));
    const [, badge] = document.querySelectorAll("batch-status");
    badge.style.setProperty("--batch-tone", "rgb(1, 2, 3)");
    const color = getComputedStyle(badge.shadowRoot.querySelector(".label")).color;
    badge.batch = undefined;
    await badge.updateComplete;
    return { attributes, color, cleared: { ...badge.dataset } };
  });
  const active = { tone: "info", status: "in_progress" };
  const warning = { tone: "warning", status: "completed", outcome: "partially_failed" };
  assert.deepEqual(found, { attributes: [active, warning, active, warning], color: "rgb(1, 2, 3)", cleared: {} });
});

elementTest("elements inherit the font of the page", async ({ page }) => {
  await page.evaluate(() => {
    document.body.style.fontFamily = "Inter";
  });
  await show(page, [["batch-card", { batch: running, now }]]);
  const fonts = () =>
    page.evaluate(() => {
      const { shadowRoot } = document.querySelector("batch-card");
      return [".summary", "code"].map((part) => getComputedStyle(shadowRoot.querySelector(part)).fontFamily);
    });
  const [text, code] = await fonts();
  assert.equal(text, "Inter");
  assert.match(code, /monospace$/);
  await page.evaluate(() => document.querySelector("batch-card").style.setProperty("--batch-font", "serif"));
  assert.equal((await fonts())[0], "serif");
});

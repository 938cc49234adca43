// A short version of the element suites in a second browser engine.
import assert from "node:assert/strict";
import { describeBatch } from "batchlight";
import { renderBatch } from "batchlight/elements";
import {
  batches,
  hostile,
  now,
  invalidValues,
  running,
  singleBatchElements,
  textsShownBy,
} from "../elements/element-fixtures.mjs";
import { checkWithAxe } from "../axe.mjs";
import { nonce, showInPage } from "../elements/element-page.mjs";
import { renderedAt, takeOverInPage } from "../elements/ssr.mjs";
import { firefoxTest } from "./support.mjs";

const textsOf = (page, name) =>
  page.evaluate(
    (name) =>
      [...document.querySelectorAll(name)].map(({ shadowRoot }) => shadowRoot.textContent.replaceAll(/\s+/g, " ")),
    name,
  );

for (const name of singleBatchElements) {
  firefoxTest(`${name} shows the texts of describeBatch`, async ({ page }) => {
    await page.evaluate(
      showInPage,
      batches.map((batch) => [name, { batch, now, timeZone: "UTC" }]),
    );
    const texts = await textsOf(page, name);
    for (const [index, batch] of batches.entries()) {
      for (const text of textsShownBy(name, describeBatch(batch, { now })))
        assert.ok(texts[index].includes(text), `${text} in ${texts[index]}`);
    }
  });
}

for (const scheme of ["light", "dark"]) {
  firefoxTest.describe(() => {
    firefoxTest.use({ scheme });
    firefoxTest(`has no axe violations in the ${scheme} theme`, async ({ page }) => {
      const all = [...batches, hostile, ...invalidValues];
      await page.evaluate(showInPage, [
        ...all.map((batch) => ["batch-card", { batch, now }]),
        ...all.map((batch) => ["batch-status", { batch, now }]),
        ["batch-list", { batches: all, now }],
      ]);
      await checkWithAxe(page);
    });
  });
}

const states = [...batches, hostile, ...invalidValues];
firefoxTest.describe(() => {
  firefoxTest.use({
    define: false,
    body: renderedAt(
      now,
      states.map((batch) => renderBatch(batch, { now, nonce })),
    ),
  });
  firefoxTest("takes over server-rendered content unchanged", async ({ page }) => {
    assert.equal(
      await page.evaluate(takeOverInPage, { name: "batch-card", values: states, property: "batch" }),
      states.length,
    );
  });
});

firefoxTest.describe(() => {
  firefoxTest.use({ body: "<batch-card></batch-card>" });
  firefoxTest("announces changes, and failures as alerts", async ({ page }) => {
    const update = async (change) => {
      await page.evaluate(
        async (batch) => {
          const card = document.querySelector("batch-card");
          Object.assign(card, { batch });
          await card.updateComplete;
        },
        { ...running, ...change },
      );
    };
    const announced = (role) =>
      page.evaluate((role) => document.querySelector(`[data-batchlight=announcer] [role=${role}]`).textContent, role);
    await update({ status: "validating", in_progress_at: null, request_counts: null });
    assert.deepEqual([await announced("status"), await announced("alert")], ["", ""]);
    await update({});
    await page.waitForFunction(
      () => document.querySelector("[data-batchlight=announcer] [role=status]").textContent !== "",
    );
    assert.match(await announced("status"), /: Running\. 1,516 of 5,000 requests finished, 312 failed\.$/);
    await update({ status: "finalizing", finalizing_at: now - 2 });
    await update({
      status: "completed",
      finalizing_at: now - 2,
      completed_at: now - 1,
      request_counts: { total: 5000, completed: 0, failed: 5000 },
      error_file_id: "file-3",
    });
    assert.match(await announced("alert"), /: Completed, all failed\. /);
    assert.equal(await page.evaluate(() => document.querySelector("batch-card").view.outcome), "all_failed");
  });
});

firefoxTest.describe(() => {
  firefoxTest.use({ body: "<batch-list></batch-list>" });
  firefoxTest("the keyboard can filter, move and select", async ({ page }) => {
    await page.evaluate(
      async ({ batches, now }) => {
        const list = document.querySelector("batch-list");
        list.addEventListener("batch-select", ({ detail }) => (globalThis.selected = detail.view.id));
        Object.assign(list, { batches, now });
        await list.updateComplete;
      },
      { batches: batches.slice(0, 10).map((batch, index) => ({ ...batch, id: `batch_${index}` })), now },
    );
    const list = (read) =>
      page.evaluate(
        `(() => { const list = document.querySelector("batch-list"), root = list.shadowRoot; return ${read}; })()`,
      );
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press("Tab", "ArrowRight");
    assert.equal(await list("list.group"), "attention");
    await press("ArrowLeft", "Tab", "Tab", "Tab");
    const order = await list("[...root.querySelectorAll('button[data-key]')].map(({ dataset }) => dataset.key)");
    assert.equal(order.length, 10);
    await press("ArrowDown", "ArrowDown", "ArrowUp", "Enter");
    assert.equal(await page.evaluate(() => globalThis.selected), order[1]);
    await press("End", " ");
    assert.equal(await page.evaluate(() => globalThis.selected), order.at(-1));
    assert.equal(await list("root.activeElement.dataset.key"), order.at(-1));
  });
});

firefoxTest("bars fill from the right in right-to-left pages", async ({ page }) => {
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await page.evaluate(showInPage, [["batch-progress", { batch: running, now }]]);
  assert.equal(
    await page.evaluate(
      () => getComputedStyle(document.querySelector("batch-progress").shadowRoot.querySelector(".bar svg")).scale,
    ),
    "-1 1",
  );
});

// What the suites in Chromium show at length, once more in short in another engine.
import assert from "node:assert/strict";
import { describeBatch } from "batchlight";
import { renderBatch } from "batchlight/elements";
import { batches, hostile, now, oddities, oneElements, running, toldBy } from "../elements/element-fixtures.mjs";
import { checkWithAxe } from "../axe.mjs";
import { nonce, showInPage } from "../elements/element-page.mjs";
import { takeOverInPage, writtenAt } from "../elements/ssr.mjs";
import { firefoxTest } from "./support.mjs";

const textsOf = (page, name) =>
  page.evaluate(
    (name) =>
      [...document.querySelectorAll(name)].map(({ shadowRoot }) => shadowRoot.textContent.replaceAll(/\s+/g, " ")),
    name,
  );

for (const name of oneElements) {
  firefoxTest(`${name} tells each status and outcome as describeBatch does`, async ({ page }) => {
    await page.evaluate(
      showInPage,
      batches.map((batch) => [name, { batch, now, timeZone: "UTC" }]),
    );
    const texts = await textsOf(page, name);
    for (const [index, batch] of batches.entries()) {
      for (const text of toldBy(name, describeBatch(batch, { now })))
        assert.ok(texts[index].includes(text), `${text} in ${texts[index]}`);
    }
  });
}

for (const scheme of ["light", "dark"]) {
  firefoxTest.describe(() => {
    firefoxTest.use({ scheme });
    firefoxTest(`axe finds nothing, ${scheme}`, async ({ page }) => {
      const all = [...batches, hostile, ...oddities];
      await page.evaluate(showInPage, [
        ...all.map((batch) => ["batch-card", { batch, now }]),
        ...all.map((batch) => ["batch-status", { batch, now }]),
        ["batch-list", { batches: all, now }],
      ]);
      await checkWithAxe(page);
    });
  });
}

const states = [...batches, hostile, ...oddities];
firefoxTest.describe(() => {
  firefoxTest.use({
    define: false,
    body: writtenAt(
      now,
      states.map((batch) => renderBatch(batch, { now, nonce })),
    ),
  });
  firefoxTest(
    "what a server wrote is shown before any script has run, and taken over without a change",
    async ({ page }) => {
      assert.equal(
        await page.evaluate(takeOverInPage, { name: "batch-card", given: states, property: "batch" }),
        states.length,
      );
    },
  );
});

firefoxTest.describe(() => {
  firefoxTest.use({ body: "<batch-card></batch-card>" });
  firefoxTest("a batch lives: what is new is said, and what goes wrong is an alert", async ({ page }) => {
    const life = async (change) => {
      await page.evaluate(
        async (batch) => {
          const card = document.querySelector("batch-card");
          Object.assign(card, { batch });
          await card.updateComplete;
        },
        { ...running, ...change },
      );
    };
    const heard = (role) =>
      page.evaluate((role) => document.querySelector(`[data-batchlight=announcer] [role=${role}]`).textContent, role);
    await life({ status: "validating", in_progress_at: null, request_counts: null });
    assert.deepEqual([await heard("status"), await heard("alert")], ["", ""]);
    await life({});
    await page.waitForFunction(
      () => document.querySelector("[data-batchlight=announcer] [role=status]").textContent !== "",
    );
    assert.match(await heard("status"), /: Running\. 1,516 of 5,000 requests finished, 312 failed\.$/);
    await life({ status: "finalizing", finalizing_at: now - 2 });
    await life({
      status: "completed",
      finalizing_at: now - 2,
      completed_at: now - 1,
      request_counts: { total: 5000, completed: 0, failed: 5000 },
      error_file_id: "file-3",
    });
    assert.match(await heard("alert"), /: Completed, all failed\. /);
    assert.equal(await page.evaluate(() => document.querySelector("batch-card").view.outcome), "all_failed");
  });
});

firefoxTest.describe(() => {
  firefoxTest.use({ body: "<batch-list></batch-list>" });
  firefoxTest("keys alone narrow, walk and choose", async ({ page }) => {
    await page.evaluate(
      async ({ batches, now }) => {
        const list = document.querySelector("batch-list");
        list.addEventListener("batch-select", ({ detail }) => (globalThis.chosen = detail.view.id));
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
    assert.equal(await page.evaluate(() => globalThis.chosen), order[1]);
    await press("End", " ");
    assert.equal(await page.evaluate(() => globalThis.chosen), order.at(-1));
    assert.equal(await list("root.activeElement.dataset.key"), order.at(-1));
  });
});

firefoxTest("bars stand the other way round from right to left", async ({ page }) => {
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await page.evaluate(showInPage, [["batch-progress", { batch: running, now }]]);
  assert.equal(
    await page.evaluate(
      () => getComputedStyle(document.querySelector("batch-progress").shadowRoot.querySelector(".bar svg")).scale,
    ),
    "-1 1",
  );
});

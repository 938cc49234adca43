// Announcements to screen readers and the minute timer, over the life of a batch under a fake clock.
import assert from "node:assert/strict";
import { elementTest } from "./support.mjs";

const start = 1_800_000_000;
const counts = (completed, failed = 0, total = 400) => ({ completed, failed, total });
const base = {
  id: "batch_life",
  object: "batch",
  endpoint: "/v1/responses",
  input_file_id: "file-1",
  completion_window: "24h",
  created_at: start,
  expires_at: start + 86_400,
};

/** Stops the clock; from now on only the test advances it. */
const stopClock = (page) => page.clock.pauseAt(start * 1000);

/** Records every text of the live regions, with the seconds since the start. */
const record = (page) =>
  page.evaluate((start) => {
    globalThis.announced = [];
    const regions = document.querySelector("[data-batchlight=announcer]");
    new MutationObserver((records) => {
      for (const { target } of records)
        globalThis.announced.push([
          Math.round(Date.now() / 1000 - start),
          target.getAttribute("role"),
          target.textContent,
        ]);
    }).observe(regions, { childList: true, subtree: true });
  }, start);

const set = (page, batch) =>
  page.evaluate(async (batch) => {
    const elements = [...document.querySelectorAll("batch-card, batch-status")];
    for (const element of elements) element.batch = structuredClone(batch);
    await Promise.all(elements.map((element) => element.updateComplete));
  }, batch);

const announced = (page) => page.evaluate(() => globalThis.announced.splice(0));

elementTest.use({ clock: (start - 100) * 1000, body: "<batch-card></batch-card><batch-status></batch-status>" });

elementTest("announces each relevant change once, politely, and at most every 30 seconds", async ({ page }) => {
  assert.equal(await page.locator("[data-batchlight=announcer] > *").count(), 2);
  assert.deepEqual(
    await page
      .locator("[data-batchlight=announcer] > *")
      .evaluateAll((regions) => regions.map(({ role, ariaLive, textContent }) => [role, ariaLive, textContent])),
    [
      ["status", "polite", ""],
      ["alert", "assertive", ""],
    ],
  );
  await stopClock(page);
  await record(page);

  await set(page, { ...base, status: "validating" });
  await page.clock.runFor(60_000);
  assert.deepEqual(await announced(page), [], "the first batch is not announced");

  const running = { ...base, status: "in_progress", in_progress_at: start + 60 };
  await set(page, { ...running, request_counts: counts(0) });
  await page.clock.runFor(10_000);
  assert.deepEqual(await announced(page), [[60, "status", "Batch batch_life: Running. 0 of 400 requests finished."]]);

  // Every quarter of the progress is announced, smaller steps are not. Changes within 30 seconds wait, and only the
  // last one is announced.
  await set(page, { ...running, request_counts: counts(20) });
  await page.clock.runFor(5_000);
  await set(page, { ...running, request_counts: counts(100) });
  await set(page, { ...running, request_counts: counts(210, 1) });
  await page.clock.runFor(5_000);
  assert.deepEqual(await announced(page), []);
  await page.clock.runFor(15_000);
  assert.deepEqual(await announced(page), [
    [90, "status", "Batch batch_life: Running. 211 of 400 requests finished, 1 failed."],
  ]);

  // The deadline comes near without a new batch; the minute timer notices it.
  await page.clock.runFor(22 * 3_600_000);
  assert.deepEqual(await announced(page), []);
  await page.clock.runFor(2 * 3_600_000 - 120_000);
  const near = await announced(page);
  assert.equal(near.length, 1);
  assert.match(near[0][2], /^Batch batch_life: Running\. .* until the deadline\.$/);
  assert.ok(near[0][0] >= 23 * 3600 && near[0][0] <= 23 * 3600 + 120, String(near[0][0]));

  // After the deadline the batch is overdue.
  await page.clock.runFor(3 * 3_600_000);
  const late = await announced(page);
  assert.equal(late.length, 1);
  assert.match(late[0][2], /The deadline passed .* but the batch has not ended\.$/);

  const at = await page.evaluate(() => Math.floor(Date.now() / 1000));
  await set(page, {
    ...running,
    status: "expired",
    expired_at: at,
    request_counts: counts(211, 1),
    output_file_id: "file-2",
  });
  await page.clock.runFor(1_000);
  assert.deepEqual(
    (await announced(page)).map(([, role, text]) => [role, text]),
    [["status", "Batch batch_life: Expired, partial results. 211 of 400 requests succeeded before the deadline."]],
  );
  await page.clock.runFor(3_600_000);
  assert.deepEqual(await announced(page), [], "nothing is announced after the end");
});

elementTest("a failure is an alert at once, but not if the batch had failed before", async ({ page }) => {
  await stopClock(page);
  await record(page);
  const rejected = {
    ...base,
    status: "failed",
    failed_at: start + 3,
    errors: { object: "list", data: [{ code: "invalid_json_line", line: 2, message: "invalid JSON", param: null }] },
  };
  await set(page, { ...rejected, id: "batch_before" });
  await page.clock.runFor(60_000);
  assert.deepEqual(await announced(page), []);
  await set(page, { ...base, status: "validating" });
  await page.clock.runFor(60_000);
  assert.deepEqual(await announced(page), [], "another batch is not a change");
  await set(page, rejected);
  const [[, role, text], ...more] = await announced(page);
  assert.equal(role, "alert");
  assert.match(
    text,
    /^Batch batch_life: Rejected\. The input file was rejected; no request ran\. Line 2: invalid JSON/,
  );
  assert.deepEqual(more, []);
});

elementTest.describe(() => {
  elementTest.use({ body: "<batch-list></batch-list>" });
  elementTest("many changes in a list at once are one announcement", async ({ page }) => {
    await stopClock(page);
    await record(page);
    const page1 = (status) =>
      Array.from({ length: 50 }, (_, index) => ({
        ...base,
        id: `batch_${index}`,
        status,
        ...(status === "in_progress" && { in_progress_at: start + 5, request_counts: counts(0) }),
      }));
    for (const status of ["validating", "in_progress"]) {
      await page.evaluate((batches) => Object.assign(document.querySelector("batch-list"), { batches }), page1(status));
      await page.clock.runFor(5_000);
    }
    const texts = await announced(page);
    assert.equal(texts.length, 1);
    assert.match(texts[0][2], /^Batch batch_0: Running\. .* Batch batch_2: Running\. .* 47 more changed\.$/);
  });
});

elementTest.describe(() => {
  elementTest.use({ body: "<batch-list></batch-list>" });
  elementTest(
    "the result of a search is announced after the last key, regardless of earlier announcements",
    async ({ page }) => {
      await stopClock(page);
      await record(page);
      await page.evaluate(
        (base) =>
          Object.assign(document.querySelector("batch-list"), {
            batches: ["q1", "q2", "q3"].map((id) => ({ ...base, id, status: "validating" })),
          }),
        base,
      );
      await page.clock.runFor(1_000);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      for (const key of ["q", "1", "Backspace", "2"]) {
        await page.keyboard.press(key);
        await page.clock.runFor(200);
      }
      assert.deepEqual(await announced(page), []);
      await page.clock.runFor(400);
      assert.deepEqual(
        (await announced(page)).map(([, role, text]) => [role, text]),
        [["status", "Showing 1 of 3"]],
      );
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("ArrowLeft");
      await page.clock.runFor(600);
      assert.deepEqual(
        (await announced(page)).map(([, , text]) => text),
        ["Showing 0 of 3"],
      );
    },
  );
});

elementTest("the live regions return after the page replaced its content", async ({ page }) => {
  await stopClock(page);
  await set(page, { ...base, status: "validating" });
  await page.evaluate(() => {
    const cards = document.querySelectorAll("batch-card");
    document.body.replaceChildren(...cards);
  });
  assert.equal(await page.locator("[data-batchlight=announcer] > *").count(), 2);
});

elementTest("an element that is added again shows the current time", async ({ page }) => {
  await stopClock(page);
  await set(page, { ...base, status: "validating" });
  await page.evaluate(() => {
    globalThis.card = document.querySelector("batch-card");
    globalThis.card.remove();
  });
  await page.clock.runFor(30_000);
  await page.clock.fastForward(3_600_000 - 30_000);
  await page.evaluate(() => {
    document.body.append(globalThis.card);
    return globalThis.card.updateComplete;
  });
  assert.match(await page.locator("batch-card").locator("[part=timing]").textContent(), /1 hour so far/);
});

elementTest.describe(() => {
  elementTest.use({ body: "<batch-status quiet></batch-status>" });
  elementTest("a quiet element announces nothing", async ({ page }) => {
    await set(page, { ...base, status: "validating" });
    await set(page, { ...base, status: "cancelling", cancelling_at: start });
    await page.clock.runFor(60_000);
    assert.equal(await page.locator("[data-batchlight=announcer]").count(), 0);
  });
});

elementTest("elements update every minute, except in a hidden page or outside of it", async ({ page }) => {
  await stopClock(page);
  await set(page, { ...base, status: "validating" });
  const elapsed = () =>
    page.evaluate(() => document.querySelector("batch-card").shadowRoot.querySelector("[part=timing]").textContent);
  const hide = (hidden) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  assert.match(await elapsed(), /^0 seconds so far/);
  await page.clock.runFor(120_000);
  assert.match(await elapsed(), /2 minutes so far/);
  await hide(true);
  await page.clock.runFor(600_000);
  assert.match(await elapsed(), /2 minutes so far/);
  await hide(false);
  await page.clock.runFor(0);
  assert.match(await elapsed(), /12 minutes so far/);
  await page.evaluate(() => {
    globalThis.card = document.querySelector("batch-card");
    document.querySelector("batch-status").remove();
    globalThis.card.remove();
  });
  await page.clock.runFor(600_000);
  assert.match(
    await page.evaluate(() => globalThis.card.shadowRoot.querySelector("[part=timing]").textContent),
    /12 minutes so far/,
  );
});

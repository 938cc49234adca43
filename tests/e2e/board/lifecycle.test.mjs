// The Lifecycle page: the package's transitions as a diagram and as a table, and the path of a batch.
import assert from "node:assert/strict";
import { lifecycle, messages } from "batchlight";
import { batchesTest, advanceUntil, findRow } from "./batches-support.mjs";

const lifecycleTest = batchesTest.extend({
  hash: ["#/lifecycle", { option: true }],
  ready: ["svg.lifecycle", { option: true }],
});
const statusName = (status) => messages[`label.${status}`] ?? messages[`step.${status}`];
const key = ({ from, to }) => `${from} ${to}`;

for (const width of [1440, 360]) {
  lifecycleTest.describe(() => {
    lifecycleTest.use({ viewport: { width, height: 900 } });
    lifecycleTest(`draws every status and every transition once, at ${width} px`, async ({ page }) => {
      const drawn = await page.locator(".transition[data-transition]").evaluateAll((transitions) =>
        transitions.map((transition) => ({
          transition: transition.dataset.transition,
          evidence: transition.dataset.evidence,
          dashed: getComputedStyle(transition.querySelector(".line")).strokeDasharray !== "none",
          label: transition.getAttribute("aria-label"),
        })),
      );
      assert.deepEqual(
        new Map(drawn.map(({ transition, evidence }) => [transition, evidence])),
        new Map(lifecycle.map((transition) => [key(transition), transition.evidence])),
      );
      assert.equal(drawn.length, lifecycle.length);
      for (const { evidence, dashed, label, transition } of drawn) {
        assert.equal(dashed, evidence === "unobserved", transition);
        assert.ok(label.includes(lifecycle.find((each) => key(each) === transition).source), label);
      }
      const states = await page.locator(".status").evaluateAll((states) =>
        states.map((state) => ({
          status: state.dataset.status,
          end: state.dataset.terminal === "true",
          box: state.querySelector(".body").getBoundingClientRect().toJSON(),
          text: [...state.querySelectorAll("text")].map((text) => text.getBoundingClientRect().width),
        })),
      );
      const statuses = new Set(lifecycle.flatMap(({ from, to }) => [from, to]));
      assert.deepEqual(new Set(states.map(({ status }) => status)), statuses);
      assert.equal(states.length, statuses.size);
      for (const { status, end, box, text } of states) {
        assert.equal(end, !lifecycle.some(({ from }) => from === status), status);
        assert.ok(
          box.left >= 0 && box.right <= width && text.every((each) => each <= box.width),
          `${status} is too wide`,
        );
        for (const other of states)
          assert.ok(
            other.status === status ||
              other.box.left >= box.right ||
              other.box.right <= box.left ||
              other.box.top >= box.bottom ||
              other.box.bottom <= box.top,
            `${status} overlaps ${other.status}`,
          );
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    });
  });
}

lifecycleTest("shows the evidence for a transition on hover and with the keyboard", async ({ page }) => {
  const evidence = () => page.locator(".evidence").innerText();
  const { x, y } = await page.locator('[data-transition="in_progress finalizing"] .line').evaluate((line) => {
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
    return new DOMPoint(x, y).matrixTransform(line.getScreenCTM());
  });
  await page.mouse.move(x, y);
  const moved = lifecycle.find((transition) => key(transition) === "in_progress finalizing");
  assert.match(await evidence(), new RegExp(`${statusName("in_progress")} → ${statusName("finalizing")}`));
  assert.ok((await evidence()).includes(moved.source));
  await page.mouse.move(5, 5);
  assert.match(await evidence(), /^Hover over a line/);
  await page.locator("#cycle-batch").focus();
  await page.keyboard.press("Tab");
  const walked = [];
  for (const _ of lifecycle) {
    walked.push(await page.evaluate(() => document.activeElement.dataset.transition));
    assert.ok((await evidence()).includes(lifecycle.find((transition) => key(transition) === walked.at(-1)).source));
    await page.keyboard.press("ArrowRight");
  }
  assert.deepEqual(new Set(walked), new Set(lifecycle.map(key)));
});

lifecycleTest("shows all transitions as a table", async ({ page }) => {
  const texts = await page
    .locator("table.transitions tbody tr")
    .evaluateAll((rows) => rows.map((row) => row.textContent));
  assert.equal(texts.length, lifecycle.length);
  for (const [index, { source, evidence }] of lifecycle.entries()) {
    assert.ok(texts[index].includes(source), source);
    assert.equal(texts[index].includes("never observed"), evidence === "unobserved");
  }
});

batchesTest("highlights the path of a batch and keeps it up to date", async ({ page }) => {
  const { id } = await findRow(page, /text-embedding-3-small.*minutes? ago/);
  await page.evaluate((id) => (location.hash = `#/lifecycle/${id}`), id);
  const states = () =>
    page
      .locator(".status")
      .evaluateAll((states) => Object.fromEntries(states.map((state) => [state.dataset.status, state.dataset.state])));
  const taken = () =>
    page
      .locator('.transition[data-taken="true"]')
      .evaluateAll((transitions) => transitions.map((transition) => transition.dataset.transition).sort());
  await page.locator('.status[data-state="current"]').waitFor();
  assert.equal((await states()).in_progress, "current");
  assert.deepEqual(await taken(), ["validating in_progress"]);
  assert.equal(await page.locator("#cycle-batch").inputValue(), id);
  await advanceUntil(page, async () => (await states()).completed === "current", { step: 2 });
  const { validating, in_progress, finalizing, cancelling } = await states();
  assert.deepEqual([validating, in_progress, finalizing, cancelling], ["passed", "passed", "passed", "none"]);
  assert.deepEqual(await taken(), ["finalizing completed", "in_progress finalizing", "validating in_progress"]);
  assert.equal(await page.locator("table.transitions .taken").count(), 3);
  await page.locator("#cycle-batch").selectOption("");
  await page.locator('.status[data-state="current"]').waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => location.hash), "#/lifecycle");
});

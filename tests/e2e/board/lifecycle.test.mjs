// The page of the lifecycle: all of the package's table, as a picture and in words, and the way of a batch in it.
import assert from "node:assert/strict";
import { lifecycle } from "batchlight";
import { liveTest, passUntil, rowLike } from "./live-support.mjs";

const lifecycleTest = liveTest.extend({
  hash: ["#/lifecycle", { option: true }],
  ready: ["svg.lifecycle", { option: true }],
});
const key = ({ from, to }) => `${from} ${to}`;

for (const width of [1440, 360]) {
  lifecycleTest.describe(() => {
    lifecycleTest.use({ viewport: { width, height: 900 } });
    lifecycleTest(`draws every state once and every move of the table, at ${width} px`, async ({ page }) => {
      const drawn = await page.locator(".move[data-move]").evaluateAll((moves) =>
        moves.map((move) => ({
          move: move.dataset.move,
          evidence: move.dataset.evidence,
          dashed: getComputedStyle(move.querySelector(".line")).strokeDasharray !== "none",
          label: move.getAttribute("aria-label"),
        })),
      );
      assert.deepEqual(
        new Map(drawn.map(({ move, evidence }) => [move, evidence])),
        new Map(lifecycle.map((move) => [key(move), move.evidence])),
      );
      assert.equal(drawn.length, lifecycle.length);
      for (const { evidence, dashed, label, move } of drawn) {
        assert.equal(dashed, evidence === "unobserved", move);
        assert.ok(label.includes(lifecycle.find((each) => key(each) === move).source), label);
      }
      const states = await page.locator(".state").evaluateAll((states) =>
        states.map((state) => ({
          status: state.dataset.status,
          end: state.dataset.end === "true",
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
          `${status} has no room`,
        );
        for (const other of states)
          assert.ok(
            other.status === status ||
              other.box.left >= box.right ||
              other.box.right <= box.left ||
              other.box.top >= box.bottom ||
              other.box.bottom <= box.top,
            `${status} over ${other.status}`,
          );
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    });
  });
}

lifecycleTest("tells the evidence of a move on hover and by keys", async ({ page }) => {
  const told = () => page.locator(".evidence").innerText();
  const { x, y } = await page.locator('[data-move="in_progress finalizing"] .line').evaluate((line) => {
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
    return new DOMPoint(x, y).matrixTransform(line.getScreenCTM());
  });
  await page.mouse.move(x, y);
  const moved = lifecycle.find((move) => key(move) === "in_progress finalizing");
  assert.match(await told(), /Running to Writing results/);
  assert.ok((await told()).includes(moved.source));
  await page.mouse.move(5, 5);
  assert.match(await told(), /^Point at a line/);
  await page.locator("#cycle-batch").focus();
  await page.keyboard.press("Tab");
  const walked = [];
  for (const _ of lifecycle) {
    walked.push(await page.evaluate(() => document.activeElement.dataset.move));
    assert.ok((await told()).includes(lifecycle.find((move) => key(move) === walked.at(-1)).source));
    await page.keyboard.press("ArrowRight");
  }
  assert.deepEqual(new Set(walked), new Set(lifecycle.map(key)));
});

lifecycleTest("says all of it in words as well", async ({ page }) => {
  const told = await page.locator("table.moves tbody tr").evaluateAll((rows) => rows.map((row) => row.textContent));
  assert.equal(told.length, lifecycle.length);
  for (const [index, { source, evidence }] of lifecycle.entries()) {
    assert.ok(told[index].includes(source), source);
    assert.equal(told[index].includes("not recorded"), evidence === "unobserved");
  }
});

liveTest("shows where a batch stands and how it came there, and follows it", async ({ page }) => {
  const { id } = await rowLike(page, /text-embedding-3-small.*minutes? ago/);
  await page.evaluate((id) => (location.hash = `#/lifecycle/${id}`), id);
  const states = () =>
    page
      .locator(".state")
      .evaluateAll((states) => Object.fromEntries(states.map((state) => [state.dataset.status, state.dataset.state])));
  const taken = () =>
    page.locator('.move[data-taken="true"]').evaluateAll((moves) => moves.map((move) => move.dataset.move).sort());
  await page.locator('.state[data-state="current"]').waitFor();
  assert.equal((await states()).in_progress, "current");
  assert.deepEqual(await taken(), ["validating in_progress"]);
  assert.equal(await page.locator("#cycle-batch").inputValue(), id);
  await passUntil(page, async () => (await states()).completed === "current", { step: 2 });
  const { validating, in_progress, finalizing, cancelling } = await states();
  assert.deepEqual([validating, in_progress, finalizing, cancelling], ["passed", "passed", "passed", "none"]);
  assert.deepEqual(await taken(), ["finalizing completed", "in_progress finalizing", "validating in_progress"]);
  assert.equal(await page.locator("table.moves .taken").count(), 3);
  await page.locator("#cycle-batch").selectOption("");
  await page.locator('.state[data-state="current"]').waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => location.hash), "#/lifecycle");
});

// renderBatch and badgeSvg: a server-rendered element looks the same before and after a script takes it over.
import assert from "node:assert/strict";
import { test } from "@playwright/test";
import { describeBatch } from "batchlight";
import { badgeSvg, renderBatch } from "batchlight/elements";
import { de } from "batchlight/elements/de";
import { batches, elementTest, fixtures, hostile, now, invalidValues, singleBatchElements } from "./support.mjs";
import { renderedAt, takeOverInPage } from "./ssr.mjs";

const values = [...batches, hostile, ...invalidValues];

const takeOver = (page, options) => page.evaluate(takeOverInPage, options);

for (const element of singleBatchElements) {
  const options = { element, now, nonce: "tested" };
  elementTest.describe(() => {
    elementTest.use({
      define: false,
      timezoneId: "Asia/Tokyo",
      locale: "fr",
      body: renderedAt(
        now,
        values.map((value) => renderBatch(value, options)),
      ),
    });
    elementTest(`${element} takes over server-rendered content unchanged`, async ({ page }) => {
      assert.equal(await takeOver(page, { name: element, values, property: "batch" }), values.length);
    });
  });
}

const berlin = { element: "batch-card", now, nonce: "tested", messages: de, timeZone: "Europe/Berlin" };
elementTest.describe(() => {
  elementTest.use({
    define: false,
    body: renderedAt(
      now,
      values.map((value) => renderBatch(value, berlin)),
    ),
  });
  elementTest("batch-card takes over content in another language and time zone unchanged", async ({ page }) => {
    assert.equal(
      await takeOver(page, { name: "batch-card", values, property: "batch", translated: true }),
      values.length,
    );
  });
});

elementTest.describe(() => {
  elementTest.use({
    define: false,
    body: renderedAt(now, [
      renderBatch([...values.slice(0, 20), hostile], { element: "batch-list", now, nonce: "tested" }),
    ]),
  });
  elementTest("batch-list takes over server-rendered content unchanged", async ({ page }) => {
    assert.equal(
      await takeOver(page, { name: "batch-list", values: [[...values.slice(0, 20), hostile]], property: "batches" }),
      1,
    );
  });
});

elementTest.describe(() => {
  elementTest.use({
    body: renderedAt(now, [
      renderBatch(fixtures[1].batch, { element: "batch-status", now, withData: true, nonce: "tested" }),
    ]),
  });
  elementTest("with withData, the element needs no script to set its batch", async ({ page }) => {
    assert.equal(
      await page.evaluate(() => document.querySelector("batch-status").view.label),
      describeBatch(fixtures[1].batch, { now }).label,
    );
  });
});

test("strings of the batch are escaped everywhere", () => {
  for (const element of [...singleBatchElements, "batch-list"]) {
    const html = renderBatch(hostile, { element, now, withData: true, nonce: '"><script>' });
    const templates = html.split("</template>");
    assert.equal(templates.length, 2, "the template is closed once");
    assert.doesNotMatch(html.replaceAll(/"[^"]*"/g, '""'), /<(script|img|iframe|svg onload|u>|b>|i>)/, element);
    assert.ok(html.length < 60_000 + JSON.stringify(hostile).length * 6);
  }
  for (const svg of [
    badgeSvg(hostile),
    badgeSvg({ status: "<script>\u0000\ud800]]>" }),
    badgeSvg(null, { subject: "<&\"'>" }),
  ])
    assert.doesNotMatch(svg, /<script|<img|[\0-\x08\ud800]/);
});

elementTest("a badge is well-formed XML for every batch", async ({ page }) => {
  const badges = values.map((value) => badgeSvg(value, { now }));
  const labels = await page.evaluate((badges) => {
    const policy = trustedTypes.createPolicy("test", { createHTML: (text) => text });
    return badges.map((text) => {
      const svg = new DOMParser().parseFromString(policy.createHTML(text), "image/svg+xml");
      return svg.querySelector("parsererror") ? text : svg.documentElement.getAttribute("aria-label");
    });
  }, badges);
  for (const [index, value] of values.entries()) {
    const { label } = describeBatch(value, { now });
    assert.ok(labels[index].startsWith(`batch: ${label.slice(0, 40)}`), labels[index]);
  }
});

test("the badge of a running batch shows its percentage", () => {
  const running = {
    status: "in_progress",
    created_at: 1736489775,
    in_progress_at: 1736489776,
    request_counts: { total: 200, completed: 47, failed: 1 },
  };
  assert.match(badgeSvg(running, { now }), /aria-label="batch: Running 24%"/);
});

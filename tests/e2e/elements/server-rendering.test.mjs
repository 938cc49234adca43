// What a server writes is what the element shows: before any script has run, and after, without a change.
import assert from "node:assert/strict";
import { test } from "@playwright/test";
import { describeBatch } from "batchlight";
import { badgeSvg, renderBatch } from "batchlight/elements";
import { de } from "batchlight/elements/de";
import { batches, elementTest, fixtures, hostile, now, oddities, oneElements } from "./support.mjs";
import { takeOverInPage, writtenAt } from "./ssr.mjs";

const values = [...batches, hostile, ...oddities];

const takeOver = (page, what) => page.evaluate(takeOverInPage, what);

for (const element of oneElements) {
  const options = { element, now, nonce: "tested" };
  elementTest.describe(() => {
    elementTest.use({
      define: false,
      timezoneId: "Asia/Tokyo",
      locale: "fr",
      body: writtenAt(
        now,
        values.map((value) => renderBatch(value, options)),
      ),
    });
    elementTest(`${element} takes over what a server wrote`, async ({ page }) => {
      assert.equal(await takeOver(page, { name: element, given: values, property: "batch" }), values.length);
    });
  });
}

const berlin = { element: "batch-card", now, nonce: "tested", messages: de, timeZone: "Europe/Berlin" };
elementTest.describe(() => {
  elementTest.use({
    define: false,
    body: writtenAt(
      now,
      values.map((value) => renderBatch(value, berlin)),
    ),
  });
  elementTest("so it does in another language and zone", async ({ page }) => {
    assert.equal(
      await takeOver(page, { name: "batch-card", given: values, property: "batch", translated: true }),
      values.length,
    );
  });
});

elementTest.describe(() => {
  elementTest.use({
    define: false,
    body: writtenAt(now, [
      renderBatch([...values.slice(0, 20), hostile], { element: "batch-list", now, nonce: "tested" }),
    ]),
  });
  elementTest("and so does a list", async ({ page }) => {
    assert.equal(
      await takeOver(page, { name: "batch-list", given: [[...values.slice(0, 20), hostile]], property: "batches" }),
      1,
    );
  });
});

elementTest.describe(() => {
  elementTest.use({
    body: writtenAt(now, [
      renderBatch(fixtures[1].batch, { element: "batch-status", now, withData: true, nonce: "tested" }),
    ]),
  });
  elementTest("with its data written, an element lives on by itself", async ({ page }) => {
    assert.equal(
      await page.evaluate(() => document.querySelector("batch-status").view.label),
      describeBatch(fixtures[1].batch, { now }).label,
    );
  });
});

test("hostile text is written as text, wherever it stands", () => {
  for (const element of [...oneElements, "batch-list"]) {
    const html = renderBatch(hostile, { element, now, withData: true, nonce: '"><script>' });
    const templates = html.split("</template>");
    assert.equal(templates.length, 2, "the shadow is closed once");
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

elementTest("a badge is well-formed XML, whatever the batch", async ({ page }) => {
  const badges = values.map((value) => badgeSvg(value, { now }));
  const read = await page.evaluate((badges) => {
    const policy = trustedTypes.createPolicy("test", { createHTML: (text) => text });
    return badges.map((text) => {
      const svg = new DOMParser().parseFromString(policy.createHTML(text), "image/svg+xml");
      return svg.querySelector("parsererror") ? text : svg.documentElement.getAttribute("aria-label");
    });
  }, badges);
  for (const [index, value] of values.entries()) {
    const { label } = describeBatch(value, { now });
    assert.ok(read[index].startsWith(`batch: ${label.slice(0, 40)}`), read[index]);
  }
});

test("a badge of a batch that runs tells how far it is", () => {
  const running = {
    status: "in_progress",
    created_at: 1736489775,
    in_progress_at: 1736489776,
    request_counts: { total: 200, completed: 47, failed: 1 },
  };
  assert.match(badgeSvg(running, { now }), /aria-label="batch: Running 24%"/);
});

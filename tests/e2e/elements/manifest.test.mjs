// The manifest and the reference say what the elements are.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "@playwright/test";
import Ajv from "ajv";
import { manifestOf, referenceOf } from "../../../scripts/bundle/manifest.mjs";
import { batches, elementTest, now, show } from "./support.mjs";

const document = new URL("../../../docs/elements.md", import.meta.url);
const between = /(?<=<!-- reference: [^>]*-->\n)[\s\S]*(?=<!-- \/reference -->)/;

const require = createRequire(import.meta.url);

test("the manifest that is installed is that of the sources, and valid by its schema", () => {
  const installed = JSON.parse(
    readFileSync(
      join(process.env.BATCHLIGHT_PROJECT, "node_modules", "batchlight", "dist", "custom-elements.json"),
      "utf8",
    ),
  );
  assert.deepEqual(installed, manifestOf());
  const validate = new Ajv({ allowUnionTypes: true }).compile(require("custom-elements-manifest/schema.json"));
  assert.ok(validate(installed), JSON.stringify(validate.errors));
});

const running = { status: "in_progress", created_at: now - 60, in_progress_at: now - 50, expires_at: now + 3600 };

test("the reference in docs/elements.md is that of the sources", () => {
  const text = readFileSync(document, "utf8");
  const reference = `\n${referenceOf(manifestOf())}\n\n`;
  if (process.env.BATCHLIGHT_UPDATE)
    return writeFileSync(
      document,
      text.replace(between, () => reference),
    );
  assert.equal(between.exec(text)?.[0], reference, "run BATCHLIGHT_UPDATE=1 npm test -- e2e");
});

elementTest("what the manifest names is there: attributes, parts and slots", async ({ page }) => {
  const [{ declarations }] = manifestOf().modules;
  for (const { tagName } of declarations)
    await show(
      page,
      tagName === "batch-list"
        ? [
            [tagName, { batches, now }],
            [tagName, { batches: [], now }],
          ]
        : [...batches, running].map((batch) => [tagName, { batch, now }]),
    );
  await page.waitForFunction(() => !document.querySelector("batch-list").shadowRoot.querySelector("[aria-busy]"));
  const found = await page.evaluate(
    (names) =>
      names.map((name) => {
        const inside = [...document.querySelectorAll(name)].flatMap(({ shadowRoot }) => [
          ...shadowRoot.querySelectorAll("*"),
        ]);
        return {
          attributes: customElements.get(name).observedAttributes.toSorted(),
          parts: [
            ...new Set(inside.flatMap(({ part }) => [...part]).map((part) => part.replace(/^(step|file)-.*/, "$1-*"))),
          ].sort(),
          slots: [...new Set(inside.filter(({ localName }) => localName === "slot").map((slot) => slot.name))].sort(),
        };
      }),
    declarations.map(({ tagName }) => tagName),
  );
  for (const [index, { tagName, attributes, cssParts, slots }] of declarations.entries()) {
    assert.deepEqual(found[index].attributes, attributes.map(({ name }) => name).sort(), tagName);
    assert.deepEqual(
      found[index].parts,
      cssParts.map(({ name }) => name),
      tagName,
    );
    assert.deepEqual(
      found[index].slots,
      slots.map(({ name }) => name),
      tagName,
    );
  }
});

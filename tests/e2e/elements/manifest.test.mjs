// custom-elements.json and the reference in docs/elements.md describe the elements as they are.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "@playwright/test";
import Ajv from "ajv";
import { describeBatch } from "batchlight";
import { manifestOf, referenceOf } from "../../../scripts/bundle/manifest.mjs";
import { batches, elementTest, now, show } from "./support.mjs";

const document = new URL("../../../docs/elements.md", import.meta.url);
const between = /(?<=<!-- reference: [^>]*-->\n)[\s\S]*(?=<!-- \/reference -->)/;

const require = createRequire(import.meta.url);

test("the installed manifest matches the sources and its schema", () => {
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

test("the reference in docs/elements.md matches the sources", () => {
  const text = readFileSync(document, "utf8");
  const reference = `\n${referenceOf(manifestOf())}\n\n`;
  if (process.env.BATCHLIGHT_UPDATE)
    return writeFileSync(
      document,
      text.replace(between, () => reference),
    );
  assert.equal(between.exec(text)?.[0], reference, "run BATCHLIGHT_UPDATE=1 npm test -- e2e");
});

elementTest("attributes, parts and slots of the manifest exist", async ({ page }) => {
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

elementTest("defaults of the manifest are those of the elements", async ({ page }) => {
  const [{ declarations }] = manifestOf().modules;
  const fields = declarations.flatMap(({ tagName, members }) =>
    members
      .filter(({ kind, default: defaultValue }) => kind === "field" && defaultValue !== undefined)
      .map(({ name, default: defaultValue }) => ({ tagName, name, defaultValue })),
  );
  // The default profile is that of describeBatch; the other defaults are values of the properties.
  const own = fields.filter(({ name }) => name !== "profile");
  const values = await page.evaluate(
    (own) => own.map(({ tagName, name }) => String(document.createElement(tagName)[name])),
    own,
  );
  assert.deepEqual(
    values,
    own.map(({ defaultValue }) => defaultValue),
  );
  assert.deepEqual([...new Set(own.map(({ name }) => name))].sort(), [
    ...["batch", "batches", "group", "headingLevel", "order", "quiet"],
  ]);
  const [{ defaultValue: profile }] = fields.filter(({ name }) => name === "profile");
  for (const batch of batches) {
    const options = { now };
    assert.deepEqual(describeBatch(batch, options), describeBatch(batch, { ...options, profile }));
  }
});

elementTest("defaults of the custom properties are those of the elements", async ({ page }) => {
  await show(page, [["batch-card", { batch: running, now }]]);
  const [{ declarations }] = manifestOf().modules;
  const { cssProperties } = declarations.find(({ tagName }) => tagName === "batch-card");
  const differing = await page.evaluate((properties) => {
    const card = document.querySelector("batch-card");
    const nodes = [card, ...card.shadowRoot.querySelectorAll("*")];
    const styleOf = (node) => {
      const style = getComputedStyle(node);
      return [...style].filter((name) => !name.startsWith("--")).map((name) => style.getPropertyValue(name));
    };
    const styles = () => JSON.stringify(nodes.map(styleOf));
    const before = styles();
    return properties.filter(({ name, default: defaultValue }) => {
      if (defaultValue === undefined) return false;
      card.style.setProperty(name, defaultValue);
      const after = styles();
      card.style.removeProperty(name);
      return after !== before;
    });
  }, cssProperties);
  assert.deepEqual(differing, []);
});

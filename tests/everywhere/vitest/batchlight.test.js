import { readFileSync } from "node:fs";
import * as index from "batchlight";
import * as js from "batchlight/js";
import { expect, test } from "vitest";
import { workload } from "./workload.js";

const expected = readFileSync("expected.json", "utf8");

test.each([
  ["batchlight", index],
  ["batchlight/js", js],
])("%s", async (_, api) => {
  expect(await workload(api)).toBe(expected);
});

test("elements show a batch", async () => {
  if (typeof document === "undefined") return;
  await import("batchlight/elements/define");
  const card = document.body.appendChild(document.createElement("batch-card"));
  card.batch = { id: "batch_1", status: "cancelled" };
  await card.updateComplete;
  expect(card.shadowRoot.textContent).toContain("Cancelled");
});

// docs/performance.md has a block for each table of the benchmarks, and no other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { documentBlocks } from "../../benches/document.mjs";
import { parts } from "../../benches/parts.mjs";

test("every block of docs/performance.md belongs to a part of the benchmarks, and every part finds its blocks", () => {
  const blocks = Object.values(parts).flatMap((part) => part.blocks);
  assert.ok(blocks.length > 5, `found ${blocks}`);
  assert.equal(new Set(blocks).size, blocks.length, "two parts have the same block");
  assert.deepEqual(documentBlocks().toSorted(), blocks.toSorted());
});

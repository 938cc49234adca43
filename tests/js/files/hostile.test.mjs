// Files and sources made to do harm: nothing is lost, nothing hangs, and whatever is wrong is said in the package's words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkInput } from "../both.mjs";
import { file, request } from "./support.mjs";

test("what is never closed is an error, however deep it is nested", async () => {
  for (const levels of [1, 512, 513, 100_000]) {
    const { ok, requests, findings } = await checkInput(file('{"a":'.repeat(levels)));
    assert.deepEqual([ok, requests, findings[0].code], [false, 0, "invalid_json_line"], `${levels} levels`);
  }
});

test("a request nested too deep is counted and takes no other with it", async () => {
  const deep = `${"[".repeat(600)}${"]".repeat(600)}`;
  const lines = file(request("a").replace('"text of a"', deep), request("b"));
  const { ok, requests, counts } = await checkInput(lines);
  assert.deepEqual([ok, requests], [true, 2]);
  assert.equal(counts.find(({ code }) => code === "nested_too_deep").count, 1);
});

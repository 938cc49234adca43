// Files and sources made to do harm: nothing is lost, nothing hangs, and whatever is wrong is said in the package's words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { both, checkInput } from "../both.mjs";
import { file, request, result, textOf } from "./support.mjs";

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

// They share all 96 bits of a hash that has no key.
const colliding = ["request-the-same-of-both-ids-abc5OgQOqZW", "P3sFd67Jthe-same-of-both-ids-abcep58M4ug"];

test("ids that were made to share a hash are no duplicates, and a retry sends the one that has no result", async () => {
  const input = file(...colliding.map((id) => request(id, { model: "text-embedding-3-small", input: "x" })));
  const { ok, requests, findings } = await checkInput(input);
  assert.deepEqual([ok, requests, findings], [true, 2, []]);
  const retry = await both(async ({ reconcile, writeRetry }) => {
    return textOf(writeRetry(await reconcile({ input, output: file(result(colliding[0])) })));
  });
  assert.equal(retry, input.slice(input.indexOf("\n") + 1));
});

test("a line with one key a million times is told once, and the request behind it is checked", async () => {
  const line = request("a", { model: "text-embedding-3-small", input: "x" });
  const many = line.replace('"input"', `${'"a":1,'.repeat(1e6)}"input"`);
  const { requests, counts } = await checkInput(file(many, request("b"), request("b")));
  const told = counts.map(({ code, count }) => [code, count]);
  assert.deepEqual([requests, new Map(told).get("line_too_long"), new Map(told).get("duplicate_custom_id")], [3, 1, 1]);
});

test("a repeated key is told once, however often it stands", async () => {
  const line = request("a", { model: "text-embedding-3-small", input: "x" });
  const many = line.replace('"input"', `${'"a":1,'.repeat(1000)}"a":2,"input"`);
  const { counts } = await checkInput(file(many.replace('"a":1', '"a":0')));
  assert.equal(counts.find(({ code }) => code === "duplicate_key")?.count, 1);
});

// The helper of the other suites: the entries have the same exports, and `both` fails if their results differ.
import assert from "node:assert/strict";
import { test } from "node:test";
import { both, entries, parseBatch } from "./both.mjs";

const [wasm, wasmFree] = entries.map(({ api }) => api);
/** After a change in Rust, `npm run t` runs the suites without the wasm-free build, and there is nothing to compare. */
const skip = process.env.BATCHLIGHT_WITHOUT_WASM_FREE !== undefined;
const differ = { name: "AssertionError" };

/** A call with a different result for each entry. */
const unlike = (make) => (api) => make(api === wasm ? 1 : 2);

test("the entries export the same names, and the same constants", { skip }, () => {
  assert.notEqual(wasmFree.parseBatch, wasm.parseBatch);
  assert.deepEqual(Object.keys(wasmFree), Object.keys(wasm));
  const constants = Object.keys(wasm).filter((name) => typeof wasm[name] === "object" && name !== "batchSchema");
  assert.deepEqual(constants.sort(), [
    "lifecycle",
    "messages",
    "outcomes",
    "profiles",
    "rules",
    "statuses",
    "verdicts",
  ]);
  for (const name of constants) assert.deepStrictEqual(wasmFree[name], wasm[name]);
});

test("the result is that of `batchlight`", async () => {
  const results = [];
  const collect = (api) => results[results.push({ ...api.safeParseBatch({}) }) - 1];
  assert.equal(both(collect), results[0]);
  assert.equal(await both(async (api) => collect(api)), results[2]);
  assert.equal(results.length, 4);
  assert.throws(() => parseBatch({}), { name: "BatchValidationError", code: "invalid_batch" });
});

test("different values fail", { skip }, async () => {
  assert.throws(() => both(unlike((number) => number)), differ);
  assert.throws(() => both(unlike((number) => ({ issues: [{ path: ["errors", number] }] }))), differ);
  assert.throws(() => both(unlike((number) => (number === 1 ? 0 : -0))), differ);
  await assert.rejects(both(unlike(async (number) => [number])), differ);
});

test("different errors fail, and an error beside a value", { skip }, async () => {
  const throwing = (make) =>
    unlike((number) => {
      throw make(number);
    });
  assert.throws(() => both(throwing((number) => new Error(`message ${number}`))), differ);
  assert.throws(() => both(throwing((name) => Object.assign(new Error("message"), { name: `Error${name}` }))), differ);
  assert.throws(() => both(throwing((code) => Object.assign(new Error("message"), { code }))), differ);
  assert.throws(() => both(throwing((cause) => new Error("message", { cause }))), differ);
  assert.throws(() => both(throwing((issue) => Object.assign(new Error("message"), { issues: [issue] }))), differ);
  const partly = unlike((number) => {
    if (number === 2) throw new Error("message");
    return number;
  });
  assert.throws(() => both(partly), differ);
  await assert.rejects(
    both(async (api) => partly(api)),
    differ,
  );
  assert.throws(() => both(throwing(() => new RangeError("the same"))), { name: "RangeError", message: "the same" });
  await assert.rejects(
    both(async () => Promise.reject(new RangeError("the same"))),
    { message: "the same" },
  );
});

test("one that returns its input and one that returns a copy fail", { skip }, () => {
  const input = { id: 1 };
  for (const wrap of [(value) => value, (batch) => ({ success: true, data: batch }), (value) => ({ value })]) {
    const question = unlike((number) => wrap(number === 1 ? input : { ...input }));
    assert.throws(() => both(question, input), differ);
    assert.deepEqual(both(question), wrap(input));
  }
});

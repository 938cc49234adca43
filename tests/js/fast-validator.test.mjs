// The fast validator: generated code that validates plain objects without the WebAssembly module. It must agree with
// the module, and recognize every valid object. `batchlight/slim` without its module shows which values it decides.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { batchSchema, both, isBatch, profiles, safeParseBatch } from "./both.mjs";
import * as bare from "batchlight/slim";
import { mutatedBatches, withoutFastPath } from "./mutated-batches.mjs";
import { batchWith, cloneJson, created, deepFreeze, rows } from "./support.mjs";
import { hostileValues } from "./hostile-values.mjs";

/** The result of a call that does not need the WebAssembly module; undefined if it does. */
function withoutWasm(call) {
  try {
    return call();
  } catch (error) {
    if (error.code !== "not_loaded") throw error;
    return undefined;
  }
}

const decision = (value, options) => withoutWasm(() => bare.isBatch(value, options));

/** The verdict of the module of each entry, without the generated code. */
const isBatchByModule = (value, options) => both((api) => api.isBatch(withoutFastPath(value), options));

test("only clear cases are decided without the module", () => {
  assert.throws(() => bare.describeBatch(batchWith()), { code: "not_loaded" });
  assert.equal(decision(batchWith()), true);
  assert.equal(decision(batchWith({ id: 7n })), false);
  assert.equal(decision(batchWith({ created_at: 0.5 })), undefined);
});

for (const { name, profile, batch } of rows.filter(({ batch }) => isBatch(batch))) {
  test(`${name}: valid without the module, under every profile`, () => {
    const value = deepFreeze(cloneJson(batch));
    for (const { name } of profiles)
      assert.equal(decision(value, { profile: name }), isBatchByModule(value, { profile: name }), name);
    assert.equal(decision(value, { profile }), true);
    assert.deepEqual(bare.parseBatch(value), safeParseBatch(value).data);
    assert.equal(bare.parseBatch(value) === value, safeParseBatch(value).data === value);
    assert.deepEqual(bare.batchSchema["~standard"].validate(value), batchSchema["~standard"].validate(value));
  });
}

test("the fixtures have valid objects of every kind", () => {
  const good = rows.filter(({ batch }) => isBatch(batch));
  assert.ok(good.length > 40, `only ${good.length}`);
  assert.ok(good.some(({ batch }) => batch.errors?.data?.length > 0));
  assert.ok(good.some(({ batch }) => batch.metadata && batch.usage));
  assert.equal(
    rows
      .filter(({ profile, kind }) => profile === "openai" && kind === "recorded")
      .every(({ batch }) => good.some((row) => row.batch === batch)),
    true,
  );
});

test("the module agrees with every decision on a mutated batch", () => {
  const counts = { true: 0, false: 0, undefined: 0 };
  fc.assert(
    fc.property(mutatedBatches, ({ batch, options }) => {
      const answer = decision(batch, options);
      counts[answer]++;
      if (answer === undefined) return;
      assert.equal(isBatchByModule(batch, options), answer);
      const result = safeParseBatch(batch, options);
      if (answer) assert.equal(result.success, true);
      if (answer) assert.deepEqual(bare.parseBatch(batch, options), result.data);
      if (answer) assert.equal(bare.parseBatch(batch, options) === batch, result.data === batch);
    }),
    // About 300 changes of each of the 43 paths. About 25% of the objects are classified as valid and 50% as invalid,
    // far above the bounds below.
    { numRuns: 10_000 },
  );
  assert.ok(counts.true > 1500 && counts.false > 1500, `too few decisions: ${JSON.stringify(counts)}`);
});

// Numbers at the bounds of the fields, where an off-by-one error would show.
const edges = [
  0,
  -0,
  -1,
  0.5,
  946_598_399,
  946_598_400,
  946_684_800,
  946_735_200,
  946_735_201,
  created,
  created + 0.5,
  99_999_999_999,
  100_000_000_000,
  1e14 - 1,
  1e14,
  2 ** 53 - 1,
  2 ** 53,
  1e300,
  -1e300,
  NaN,
  Infinity,
  -Infinity,
  5e-324,
];

test("the module agrees about numbers at every bound", () => {
  let decisions = 0;
  for (const number of edges) {
    const counts = { completed: 0, failed: 0, total: 0 };
    const values = [
      batchWith({ created_at: number }),
      batchWith({ expires_at: number }),
      ...Object.keys(counts).map((name) => batchWith({ request_counts: { ...counts, [name]: number } })),
      ...edges.map((other) => batchWith({ request_counts: { completed: number, failed: 1, total: other } })),
      batchWith({ status: "failed", errors: { data: [{ line: number }] } }),
    ];
    for (const value of values) {
      for (const { name: profile } of profiles) {
        const answer = decision(value, { profile });
        if (answer !== undefined)
          assert.equal(isBatchByModule(value, { profile }), answer, `${JSON.stringify(value)} under ${profile}`);
        decisions += answer === undefined ? 0 : 1;
      }
    }
  }
  assert.ok(decisions > 1000, `only ${decisions}`);
});

const strange = {
  ...hostileValues,
  "a class instance": () => Object.assign(new (class Batch {})(), batchWith()),
  "an array with the properties of a batch": () => Object.assign([], batchWith()),
  "an array with Object.prototype": () => Object.setPrototypeOf(Object.assign([], batchWith()), Object.prototype),
  "a Date with the properties of a batch": () => Object.assign(new Date(0), batchWith()),
  "a Date for metadata": () => batchWith({ metadata: new Date(0) }),
  "a Map for metadata": () => batchWith({ metadata: new Map() }),
  "a Date with counts": () =>
    batchWith({ request_counts: Object.assign(new Date(0), { completed: 0, failed: 0, total: 0 }) }),
  "an array with counts": () => batchWith({ request_counts: Object.assign([], { completed: 0, failed: 0, total: 0 }) }),
  "inherited properties": () => Object.create(batchWith()),
  "errors that are a Date": () => batchWith({ errors: Object.assign(new Date(0), { data: [] }) }),
  "an error list whose object type is a number": () => batchWith({ errors: { object: 7, data: [] } }),
  "error entries that are arrays": () => batchWith({ errors: { data: [[]] } }),
  "more metadata than is read, with an invalid last value": () =>
    batchWith({
      metadata: { ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, "v"])), last: 7 },
    }),
  "undefined properties": () => batchWith({ model: undefined, own: undefined }),
  "non-enumerable properties": () => Object.defineProperty(batchWith(), "model", { value: "m", enumerable: false }),
};

for (const [name, make] of Object.entries(strange)) {
  test(`${name}: the module agrees with the decision`, () => {
    for (const { name: profile } of profiles) {
      const answer = decision(make(), { profile });
      const [result, isItself] = both((api) => {
        const value = make();
        if (typeof value === "string" || ArrayBuffer.isView(value)) return [{ success: false }, false];
        const { success, issues, data } = api.safeParseBatch(value, { profile });
        return [{ success, issues }, data === value];
      });
      if (answer === true) assert.equal(result.success, true);
      if (answer === false) assert.equal(result.success && isItself, false);
      assert.equal(typeof both((api) => api.isBatch(make(), { profile })), "boolean");
    }
  });
}

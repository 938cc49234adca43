// The generated validators: the fast one decides plain objects for all functions, the exact one everything else for
// isBatch. They must agree with the module, and parseBatch must need no module for a valid plain object.
// `batchlight/slim` without its module shows what is decided without it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
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

const { properties, required } = batchSchema["~standard"].jsonSchema.output({ target: "draft-07" });

/** A copy without null, undefined and empty strings at any depth, and without entries after those that are read. */
const dense = (value) =>
  typeof value !== "object" || value === null
    ? value
    : Array.isArray(value)
      ? value.slice(0, 100_000).map(dense)
      : Object.fromEntries(
          Object.entries(value).flatMap(([key, inner]) => ((inner ?? "") === "" ? [] : [[key, dense(inner)]])),
        );

/**
 * The verdict by the module's report alone: a value is a batch if parsing changes nothing but empty optional fields.
 *
 * @param given what is parsed; by default a copy of the value that the fast path leaves to the module
 */
function isBatchByModule(value, options, given = withoutFastPath(value)) {
  const { success, data } = both((api) => api.safeParseBatch(given, options));
  if (!success) return false;
  return Object.entries(properties).every(([name, { type }]) => {
    const before = value[name];
    if (before === null || before === undefined) return !required.includes(name);
    if (before === "") return required.includes(name) ? data[name] === "" : type === "string";
    if (name !== "errors") return isDeepStrictEqual(data[name], before);
    return before.data !== "" && isDeepStrictEqual(dense(data[name]), dense(before));
  });
}

test("isBatch decides every value without the module, and parseBatch the clear cases", () => {
  assert.throws(() => bare.describeBatch(batchWith()), { code: "not_loaded" });
  assert.equal(bare.isBatch(batchWith()), true);
  assert.equal(bare.isBatch(batchWith({ created_at: 0.5 })), false);
  assert.equal(bare.isBatch(Object.create(batchWith())), true);
  assert.equal(bare.isBatch(batchWith({ endpoint: "" })), false);
  assert.equal(bare.isBatch(batchWith({ endpoint: "" }), { profile: "azure" }), true);
  assert.equal(withoutWasm(() => bare.parseBatch(batchWith())).id, "batch_1");
  assert.equal(
    withoutWasm(() => bare.parseBatch(batchWith({ created_at: 0.5 }))),
    undefined,
  );
});

for (const { name, profile, batch } of rows.filter(({ batch }) => isBatch(batch))) {
  test(`${name}: valid without the module, under every profile`, () => {
    const value = deepFreeze(cloneJson(batch));
    for (const { name } of profiles)
      assert.equal(bare.isBatch(value, { profile: name }), isBatchByModule(value, { profile: name }), name);
    assert.equal(bare.isBatch(value, { profile }), true);
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

test("the module agrees with every verdict on a mutated batch", () => {
  const said = { true: 0, false: 0, parsed: 0 };
  fc.assert(
    fc.property(mutatedBatches, ({ batch, options }) => {
      const answer = bare.isBatch(batch, options);
      said[answer]++;
      assert.equal(answer, isBatchByModule(batch, options));
      const parsed = withoutWasm(() => bare.parseBatch(batch, options));
      if (parsed === undefined) return;
      said.parsed++;
      const result = safeParseBatch(batch, options);
      assert.equal(answer, true);
      assert.deepEqual(parsed, result.data);
      assert.equal(parsed === batch, result.data === batch);
    }),
    // About 300 changes of each of the 43 paths. A quarter of the objects is valid, far above the bounds below.
    { numRuns: 10_000 },
  );
  assert.ok(said.true > 1500 && said.false > 1500 && said.parsed > 1500, `too few: ${JSON.stringify(said)}`);
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
  const verdicts = { true: 0, false: 0 };
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
        const expected = isBatchByModule(value, { profile });
        assert.equal(bare.isBatch(value, { profile }), expected, `${JSON.stringify(value)} under ${profile}`);
        verdicts[expected]++;
      }
    }
  }
  assert.ok(verdicts.true > 500 && verdicts.false > 500, JSON.stringify(verdicts));
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
  "an empty detail of the usage": () =>
    batchWith({ usage: { input_tokens: 1, input_tokens_details: "", output_tokens: 1, output_tokens_details: {} } }),
  "metadata that throws": () =>
    Object.defineProperty(batchWith(), "metadata", { enumerable: true, get: () => assert.fail("read") }),
  "an entry whose nested error throws": () =>
    batchWith({
      status: "failed",
      errors: { data: [Object.defineProperty({ code: "c" }, "error", { get: () => assert.fail("read") })] },
    }),
  "instances of classes at every level": () => {
    class Own {}
    const own = (fields) => Object.assign(new Own(), fields);
    const data = [own({ code: "c", line: null, message: "" })];
    const counts = own({ completed: 0, failed: 0, total: 0 });
    return own(batchWith({ request_counts: counts, metadata: own({ a: "b" }), errors: own({ data }) }));
  },
  "a foreign object without an input file": () => batchWith({ input_file_id: "", batch_id: "b", state: "s" }),
  "a foreign object with its keys after many others": () =>
    batchWith({
      input_file_id: "",
      ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, 1])),
      batch_id: "b",
      state: "s",
    }),
  "errors with a nested error without fields": () => batchWith({ status: "failed", errors: { error: {} } }),
  "more error entries than are read, odd at the end": () =>
    batchWith({ status: "failed", errors: { data: [...Array.from({ length: 100_000 }, () => ({})), 7] } }),
  "undefined properties": () => batchWith({ model: undefined, own: undefined }),
  "non-enumerable properties": () => Object.defineProperty(batchWith(), "model", { value: "m", enumerable: false }),
};

for (const [name, make] of Object.entries(strange)) {
  test(`${name}: the module agrees with the verdict`, () => {
    // Reading 100,000 entries once is enough.
    const asked = name.startsWith("more error entries") ? profiles.slice(0, 1) : profiles;
    for (const { name: profile } of asked) {
      const isParsed = typeof make() === "string" || ArrayBuffer.isView(make());
      const answer = both((api) => api.isBatch(make(), { profile }));
      assert.equal(typeof answer, "boolean");
      if (isParsed) assert.equal(answer, false);
      // A value that changes with each read can be neither compared nor classified.
      else if (!/each time/.test(name)) {
        const value = make();
        assert.equal(answer, isReadable(value) && isBatchByModule(value, { profile }, value), profile);
      }
    }
  });
}

/** Whether every field of a value can be read. */
function isReadable(value) {
  try {
    return Object.keys(properties).every((name) => value[name] !== strange);
  } catch {
    return false;
  }
}

// There are two readers, a quick and a full one, and two ways in, objects and text. Whatever is done to a real object, they must agree.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { batchSchema, describeBatch, isBatch, parseBatch, profiles, safeParseBatch } from "batchlight";
import { copyOf, rows } from "./support.mjs";

const schema = batchSchema["~standard"].jsonSchema.output({ target: "draft-07" });

/** The paths of all members of the interface, such as `request_counts.total`. */
const pathsIn = ({ properties = {}, items }, above = []) =>
  Object.entries(properties)
    .flatMap(([name, inner]) => [[...above, name], ...pathsIn(inner, [...above, name])])
    .concat(items ? pathsIn(items, [...above, 0]) : []);

const paths = pathsIn(schema);

/** What may stand in a member: odd on purpose, and as JSON can write it. */
const odd = fc.oneof(
  fc.constantFrom(null, "", " ", "0", true, false, [], {}, [null], [[]], { data: [] }, { data: [null, {}, "bad", { line: 1.5 }] }, { 0: 1, length: 1 }),
  fc.constantFrom(-1, 0, 0.5, 1, 1e21, 5e-324, 2 ** 53, 2 ** 53 - 1, 253_402_300_800, 1_736_489_775, 1_736_489_775_000, -1e300),
  fc.constantFrom("completed", "Completed", "canceled", "CANCELLED", "unheard_of", "batch", "list", "24h", "7d", "2025-01-10T06:16:15Z", "1736489775", "file-1"),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("a", "é", "🚦", "\u0000", "\u2028").chain((unit) => fc.constantFrom(63, 64, 65, 512, 513, 999, 1000, 1001, 4096, 5000).map((times) => unit.repeat(times))),
  fc.jsonValue({ maxDepth: 2 }),
);

const spoil = fc.record({ path: fc.constantFrom(...paths, ["own"], ["metadata", "team"], ["__proto__"], ["constructor"], ["toString"]), value: fc.option(odd, { nil: undefined }) });

/** Writes a value at a path, making objects on the way; undefined takes the member away. */
function write(batch, path, value) {
  let holder = batch;
  for (const step of path.slice(0, -1)) {
    if (typeof holder[step] !== "object" || holder[step] === null) holder[step] = {};
    holder = holder[step];
  }
  if (value === undefined) delete holder[path.at(-1)];
  else Object.defineProperty(holder, path.at(-1), { value, writable: true, enumerable: true, configurable: true });
}

const spoilt = fc
  .record({ row: fc.constantFrom(...rows), spoils: fc.array(spoil, { minLength: 0, maxLength: 3 }), profile: fc.constantFrom(undefined, ...profiles.map(({ name }) => name)) })
  .map(({ row, spoils, profile }) => {
    const batch = copyOf(row.batch);
    for (const { path, value } of spoils) write(batch, path, value === undefined ? value : copyOf(value));
    // As JSON can write it: without the names that were given to lists.
    return { batch: copyOf(batch), options: { profile: profile ?? row.profile } };
  });

/** The same object, but so that only the full reader can take it: one member throws the first time it is read. */
function unquick(batch) {
  let reads = 0;
  const { id } = batch;
  const copy = { ...batch };
  delete copy.id;
  return Object.defineProperty(copy, "id", {
    enumerable: "id" in batch,
    get() {
      if (reads++ === 0) throw new Error("not at the first look");
      return id;
    },
  });
}

const runs = { numRuns: 3000 };

test("the quick and the full reader come to one verdict and one batch", () => {
  let quick = 0;
  fc.assert(
    fc.property(spoilt, ({ batch, options }) => {
      const full = isBatch(unquick(batch), options);
      assert.equal(isBatch(batch, options), full);
      quick += full ? 1 : 0;
      const result = safeParseBatch(batch, options);
      if (!result.ok) return assert.throws(() => parseBatch(batch, options), { name: "BatchValidationError" });
      const parsed = parseBatch(batch, options);
      assert.deepEqual(parsed, result.batch);
      if (full) assert.deepEqual(parseBatch(unquick(batch), options).status, parsed.status);
    }),
    runs,
  );
  assert.ok(quick > 300, `only ${quick} of the objects were usable: the property says little`);
});

test("issues are the same for a live object, its text and its bytes", () => {
  fc.assert(
    fc.property(spoilt, ({ batch, options }) => {
      const expected = safeParseBatch(batch, options);
      const text = JSON.stringify(batch);
      assert.deepEqual(safeParseBatch(text, options), expected);
      assert.deepEqual(safeParseBatch(new TextEncoder().encode(text), options), expected);
    }),
    runs,
  );
});

test("a view has the issues of parsing, and is valid where parsing succeeds", () => {
  fc.assert(
    fc.property(spoilt, ({ batch, options }) => {
      const { ok, issues } = safeParseBatch(batch, options);
      const view = describeBatch(batch, { ...options, now: 1_736_489_999 });
      assert.deepEqual([view.valid, view.issues], [ok, issues]);
    }),
    runs,
  );
});

test("what was parsed stays as it is when it is parsed again", () => {
  fc.assert(
    fc.property(spoilt, ({ batch, options }) => {
      const result = safeParseBatch(batch, options);
      if (!result.ok) return;
      const again = safeParseBatch(result.batch, options);
      assert.deepEqual(again.batch, result.batch);
    }),
    runs,
  );
});

test("the order of an object's keys does not matter", () => {
  fc.assert(
    fc.property(spoilt, fc.infiniteStream(fc.nat()), ({ batch, options }, numbers) => {
      const keys = Object.keys(batch).map((key) => [numbers.next().value, key]).sort(([a], [b]) => a - b);
      const shuffled = Object.fromEntries(keys.map(([, key]) => [key, batch[key]]));
      const strip = ({ issues, ...rest }) => ({ ...rest, issues: issues.filter(({ code }) => code !== "unknown_member" && code !== "null_member") });
      assert.deepEqual(strip(safeParseBatch(shuffled, options)), strip(safeParseBatch(batch, options)));
    }),
    { numRuns: 500 },
  );
});

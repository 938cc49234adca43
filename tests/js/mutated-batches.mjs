// Mutated batches: fixtures with random changes, for property-based tests of every parsing function.
import fc from "fast-check";
import { batchSchema, profiles } from "batchlight";
import { anyCharacter } from "./characters.mjs";
import { cloneJson, rows } from "./support.mjs";

const schema = batchSchema["~standard"].jsonSchema.output({ target: "draft-07" });

/**
 * The paths of all fields of the schema, such as `request_counts.total`.
 *
 * @typedef {{ properties?: Record<string, JsonSchema>, items?: JsonSchema }} JsonSchema
 * @type {(schema: JsonSchema, prefix?: (string | number)[]) => (string | number)[][]}
 */
const pathsIn = ({ properties = {}, items }, prefix = []) =>
  Object.entries(properties)
    .flatMap(([name, inner]) => [[...prefix, name], ...pathsIn(inner, [...prefix, name])])
    .concat(items ? pathsIn(items, [...prefix, 0]) : []);

const paths = pathsIn(/** @type {JsonSchema} */ (schema));

/** Values for a field, most of them invalid, that JSON can express. */
const unusualValue = fc.oneof(
  fc.constantFrom(
    null,
    "",
    " ",
    "0",
    true,
    false,
    [],
    {},
    [null],
    [[]],
    { data: [] },
    { data: [null, {}, "bad", { line: 1.5 }] },
    { 0: 1, length: 1 },
    { error: { message: "nested", code: null } },
    { message: { error: { code: "c", message: "twice nested", param: "" } } },
    { code: "own", message: { message: {}, error: { message: { message: "too deep" } } } },
    { data: [{ message: { code: "c" }, error: { line: 7 } }, { error: [] }, { error: "text", message: "own" }] },
  ),
  fc.constantFrom(
    -1,
    0,
    0.5,
    1,
    1e21,
    5e-324,
    2 ** 53,
    2 ** 53 - 1,
    253_402_300_800,
    1_736_489_775,
    1_736_489_775_000,
    -1e300,
  ),
  fc.constantFrom(
    "completed",
    "Completed",
    "canceled",
    "running",
    "In-Queue",
    "CANCELLED",
    "unheard_of",
    "batch",
    "list",
    "24h",
    "7d",
    "2025-01-10T06:16:15Z",
    "1736489775",
    "file-1",
  ),
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc
    .constantFrom("a", "é", "🚦", "\u0000", "\u2028")
    .chain((unit) =>
      fc.constantFrom(63, 64, 65, 512, 513, 999, 1000, 1001, 4096, 5000).map((times) => unit.repeat(times)),
    ),
  fc.jsonValue({ maxDepth: 2 }),
);

const change = fc.record({
  path: fc.constantFrom(
    ...paths,
    ["own"],
    ["errors", "error"],
    ["errors", "data", 0, "error"],
    ["input_files"],
    ["total_requests"],
    ["batch_id"],
    ["state"],
    ["metadata", "team"],
    ["__proto__"],
    ["constructor"],
    ["toString"],
  ),
  value: fc.option(unusualValue, { nil: undefined }),
});

/** Sets the value at a path, creating objects where needed. Undefined removes it. */
function write(batch, path, value) {
  let holder = batch;
  for (const step of path.slice(0, -1)) {
    if (typeof holder[step] !== "object" || holder[step] === null) holder[step] = {};
    holder = holder[step];
  }
  if (value === undefined) delete holder[path.at(-1)];
  else Object.defineProperty(holder, path.at(-1), { value, writable: true, enumerable: true, configurable: true });
}

/** A fixture with up to three changes, and a profile. */
export const mutatedBatches = fc
  .record({
    row: fc.constantFrom(...rows),
    changes: fc.array(change, { minLength: 0, maxLength: 3 }),
    profile: fc.constantFrom(undefined, ...profiles.map(({ name }) => name)),
  })
  .map(({ row, changes, profile }) => {
    const batch = cloneJson(row.batch);
    for (const { path, value } of changes) write(batch, path, value === undefined ? value : cloneJson(value));
    // Copied as JSON, which drops the named properties of arrays.
    return { batch: cloneJson(batch), options: { profile: profile ?? row.profile } };
  });

/** A copy that the fast path leaves to the module, because its first read of `id` throws. */
export function withoutFastPath(batch) {
  let reads = 0;
  const { id } = batch;
  const copy = { ...batch };
  delete copy.id;
  return Object.defineProperty(copy, "id", {
    enumerable: "id" in batch,
    get() {
      if (reads++ === 0) throw new Error("intentional failure of the first read");
      return id;
    },
  });
}

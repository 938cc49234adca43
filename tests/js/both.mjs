// The package has two entries with the same functions: `batchlight` runs the Rust code as WebAssembly, `batchlight/js`
// runs it as plain JavaScript (the wasm-free entry). They must behave the same, so these suites compare them.
// There are three ways:
//
//   parseBatch(value)
//     Calls both entries with the same arguments. Fails if the results differ; otherwise returns or throws what
//     `batchlight` returned or threw.
//   both((api) => api.parseBatch(makeValue()))
//     The same for several calls, or for an input that can be read only once (a stream, a getter that counts
//     its reads): the function is called once for each entry. It may be asynchronous.
//   for (const { name, api } of entries) test(`${name}: …`, …)
//     One entry after the other, for tests about the calls themselves: how an input is read, what happens to the stack.
import assert from "node:assert/strict";
import * as wasm from "batchlight";
import * as wasmFree from "batchlight/js";

// The constants of one entry; both.test.mjs compares those of the two.
export { lifecycle, messages, outcomes, profiles, rules, statuses, verdicts } from "batchlight";

/** The two entries: the name of each, and everything it exports. */
export const entries = [
  { name: "batchlight", api: wasm },
  { name: "batchlight/js", api: wasmFree },
];

/**
 * Calls a function with the exports of each entry, and fails if the results differ: in the value, or in the error's
 * name, message, cause or properties (such as `code` and `issues`). Returns or throws the result of `batchlight`, as a
 * promise if the function returns one.
 *
 * @param callback called with the exports of an entry
 * @param input if given, the entries must also agree on whether they return this very object or a copy of it
 */
export function both(callback, input) {
  const [first, second] = entries.map(
    ({ api }) =>
      () =>
        outcomeOf(() => callback(api), input),
  );
  const result = first();
  if (result.value instanceof Promise) return compareAsync(result, second);
  assertSame(result, second());
  return unwrap(result);
}

/** Calls the second entry after the first has settled, so that they never read at the same time. */
async function compareAsync(pending, second) {
  const result = await settled(pending);
  assertSame(result, await settled(second()));
  return unwrap(result);
}

function outcomeOf(call, input) {
  try {
    const value = call();
    return { value, isInput: [value, value?.data, value?.value].includes(input) };
  } catch (error) {
    return { error };
  }
}

async function settled(outcome) {
  try {
    return { ...outcome, value: await outcome.value };
  } catch (error) {
    return { error };
  }
}

function assertSame(result, other) {
  assert.deepStrictEqual(comparable(other), comparable(result));
}

/** An outcome in which an error is described by all that a caller can see of it but its stack. */
function comparable(outcome) {
  const { error } = outcome;
  if (!(error instanceof Error)) return outcome;
  const { name, message, cause } = error;
  return { error: { ...error, name, message, cause } };
}

function unwrap(outcome) {
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

/** A function of the package that calls both entries and compares the results. */
const compared =
  (name) =>
  (...args) =>
    both((api) => api[name](...args), args[0]);

/** A schema of the package that calls both entries and compares the results. */
const comparedSchema = (schemaOf) => ({
  "~standard": {
    ...schemaOf(wasm)["~standard"],
    validate: (value) => both((api) => schemaOf(api)["~standard"].validate(value), value),
    jsonSchema: {
      input: (options) => both((api) => schemaOf(api)["~standard"].jsonSchema.input(options)),
      output: (options) => both((api) => schemaOf(api)["~standard"].jsonSchema.output(options)),
    },
  },
});

export const isBatch = compared("isBatch");
export const parseBatch = compared("parseBatch");
export const safeParseBatch = compared("safeParseBatch");
export const describeBatch = compared("describeBatch");
export const nextPoll = compared("nextPoll");
export const compareBatches = compared("compareBatches");
export const transition = compared("transition");
export const canTransition = compared("canTransition");
export const canReach = compared("canReach");
export const nextStatuses = compared("nextStatuses");
export const isTerminal = compared("isTerminal");
export const isBatchValidationError = compared("isBatchValidationError");
export const isBatchTransitionError = compared("isBatchTransitionError");
export const isBatchlightLoadError = compared("isBatchlightLoadError");
export const isBatchlightFileError = compared("isBatchlightFileError");
export const formatIssues = compared("formatIssues");
export const batchSchema = comparedSchema((api) => api.batchSchema);
export const createBatchSchema = (options) => comparedSchema((api) => api.createBatchSchema(options));

// The functions for files whose results are plain data. The others return streams or functions: see `both`.
export const checkInput = compared("checkInput");
export const digestResults = compared("digestResults");

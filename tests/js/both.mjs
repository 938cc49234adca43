// The package has two entries with the same functions: `batchlight` runs the Rust code as WebAssembly, `batchlight/js`
// runs it as plain JavaScript (the wasm-free entry). They must give the same answers, so these suites ask both at once.
// There are three ways to ask:
//
//   parseBatch(value)
//     Asks both entries with the same arguments. Fails if the answers differ; otherwise returns or throws what
//     `batchlight` returned or threw.
//   both((api) => api.parseBatch(makeValue()))
//     The same for a question of several calls, or whose input can be read only once (a stream, a getter that counts
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
 * Asks both entries a question and fails if the answers differ: in the value, or in the error's name, message, cause or
 * properties (such as `code` and `issues`). Returns or throws the answer of `batchlight`, as a promise if the question
 * returns one.
 *
 * @param question called with the exports of an entry
 * @param input if given, the entries must also agree on whether they return this very object or a copy of it
 */
export function both(question, input) {
  const [first, second] = entries.map(
    ({ api }) =>
      () =>
        outcomeOf(() => question(api), input),
  );
  const answer = first();
  if (answer.value instanceof Promise) return bothLater(answer, second);
  assertSame(answer, second());
  return reveal(answer);
}

/** The second entry is asked when the first has answered, so that they never read at the same time. */
async function bothLater(pending, second) {
  const answer = await settled(pending);
  assertSame(answer, await settled(second()));
  return reveal(answer);
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

function assertSame(answer, other) {
  assert.deepStrictEqual(comparable(other), comparable(answer));
}

/** An outcome in which an error is described by all that a caller can see of it but its stack. */
function comparable(outcome) {
  const { error } = outcome;
  if (!(error instanceof Error)) return outcome;
  const { name, message, cause } = error;
  return { error: { ...error, name, message, cause } };
}

function reveal(outcome) {
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

/** A function of the package, asked of both entries. */
const inBoth =
  (name) =>
  (...given) =>
    both((api) => api[name](...given), given[0]);

/** A schema of the package, asked of both entries. */
const schemaInBoth = (schemaOf) => ({
  "~standard": {
    ...schemaOf(wasm)["~standard"],
    validate: (value) => both((api) => schemaOf(api)["~standard"].validate(value), value),
    jsonSchema: {
      input: (options) => both((api) => schemaOf(api)["~standard"].jsonSchema.input(options)),
      output: (options) => both((api) => schemaOf(api)["~standard"].jsonSchema.output(options)),
    },
  },
});

export const isBatch = inBoth("isBatch");
export const parseBatch = inBoth("parseBatch");
export const safeParseBatch = inBoth("safeParseBatch");
export const describeBatch = inBoth("describeBatch");
export const nextPoll = inBoth("nextPoll");
export const compareBatches = inBoth("compareBatches");
export const transition = inBoth("transition");
export const canTransition = inBoth("canTransition");
export const canReach = inBoth("canReach");
export const nextStatuses = inBoth("nextStatuses");
export const isTerminal = inBoth("isTerminal");
export const isBatchValidationError = inBoth("isBatchValidationError");
export const isBatchTransitionError = inBoth("isBatchTransitionError");
export const isBatchlightLoadError = inBoth("isBatchlightLoadError");
export const isBatchlightFileError = inBoth("isBatchlightFileError");
export const formatIssues = inBoth("formatIssues");
export const batchSchema = schemaInBoth((api) => api.batchSchema);
export const createBatchSchema = (options) => schemaInBoth((api) => api.createBatchSchema(options));

// Of the functions for files, those whose answers are plain data. The others return streams or functions: see `both`.
export const checkInput = inBoth("checkInput");
export const digestResults = inBoth("digestResults");

// Shared by the behaviour suites: the fixtures, a minimal valid batch, and helpers for assertions.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { lifecycle, profiles } from "batchlight";

/** The eight statuses, derived from the lifecycle table. */
export const statuses = [...new Set(lifecycle.flatMap(({ from, to }) => [from, to]))];

const profileNames = profiles.map(({ name }) => name);

/** The rows of a file of recorded and documented objects, each with the profile of its server. */
const rowsOf = (file) =>
  readFileSync(new URL(`../fixtures/${file}`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((text, index) => {
      const { provider, batch, kind, note = "", partial = false } = JSON.parse(text);
      const name = provider.split("(")[0];
      const profile = profileNames.includes(name) ? name : "compatible";
      // These are not valid batches: objects of other APIs, and fixtures in which null was stored as {}.
      const isOther = ["mistral", "xai", "exa"].includes(name) || note.includes("became {}");
      return { name: `line ${index + 1} of ${file} (${provider})`, profile, kind, partial, isOther, batch };
    });

/** The fixtures of batches.jsonl: recorded and documented objects of several servers. */
export const rows = rowsOf("batches.jsonl");

/** The fixtures of batches-2.jsonl, which were collected after the rules had been written. */
export const laterRows = rowsOf("batches-2.jsonl");

/** The creation time of the minimal batch, in Unix seconds. */
export const created = 1_736_489_775;

/** A minimal valid batch, with `overrides` applied. */
export const batchWith = (overrides = {}) => ({
  id: "batch_1",
  object: "batch",
  endpoint: "/v1/embeddings",
  input_file_id: "file-1",
  completion_window: "24h",
  status: "validating",
  created_at: created,
  ...overrides,
});

/** Freezes a value at every depth, so that writing to it throws. */
export function deepFreeze(value) {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value))
    Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

/** A deep copy, made by converting to JSON and back. */
export const cloneJson = (value) => JSON.parse(JSON.stringify(value));

/** Codes and paths of issues, such as `wrong_kind at errors.data.0.code`. */
export const codesOf = (issues) =>
  issues.map(({ code, path }) => (path.length ? `${code} at ${path.join(".")}` : code));

/** The issues that are errors. */
export const errorsIn = (issues) => issues.filter(({ level }) => level === "error");

/** The error that a call throws. Fails if it throws none. */
export function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  assert.fail("the call succeeded; an error was expected");
}

/** Asserts that no value in a batch, at any depth, is null or undefined. */
export function assertNoNull(value, path = "batch") {
  assert.ok(value !== null && value !== undefined, `${path} is ${value}`);
  if (typeof value === "object")
    for (const [key, member] of Object.entries(value)) assertNoNull(member, `${path}.${key}`);
}

/** Waits for twenty turns of the event loop, before a test asserts that nothing has happened. */
export async function settle() {
  for (let count = 0; count < 20; count++) await setImmediate();
}

// What the behaviour suites share: real objects, a small whole one, and how to look at what comes back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { lifecycle, profiles } from "batchlight";

/** The eight statuses, read from the lifecycle. */
export const statuses = [...new Set(lifecycle.flatMap(({ from, to }) => [from, to]))];

const profileNames = profiles.map(({ name }) => name);

/** The recorded and documented objects, each with the profile of the server that sent it. */
export const rows = readFileSync(new URL("../fixtures/batches.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((text, index) => {
    const { provider, batch, kind, partial = false } = JSON.parse(text);
    const name = provider.split("(")[0];
    const profile = profileNames.includes(name) ? name : "compatible";
    return { name: `line ${index + 1} (${provider})`, profile, kind, partial, batch };
  });

/** The moment at which the small batch was created. */
export const created = 1_736_489_775;

/** A batch with the required members only, and others on top. */
export const batchWith = (others = {}) => ({
  id: "batch_1",
  object: "batch",
  endpoint: "/v1/embeddings",
  input_file_id: "file-1",
  completion_window: "24h",
  status: "validating",
  created_at: created,
  ...others,
});

/** A value frozen to its depth: writing anywhere in it throws. */
export function frozen(value) {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value))
    Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/** A deep copy as JSON makes it. */
export const copyOf = (value) => JSON.parse(JSON.stringify(value));

/** Codes and places of issues, such as `wrong_kind at errors.data.0.code`. */
export const told = (issues) => issues.map(({ code, path }) => (path.length ? `${code} at ${path.join(".")}` : code));

/** The issues that are errors. */
export const errorsIn = (issues) => issues.filter(({ level }) => level === "error");

/** What a call throws; fails if it does not. */
export function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  assert.fail("the call succeeded; an error was expected");
}

/** Asserts that no value anywhere in a batch is null, undefined or, among the members it may lack, empty text. */
export function assertNoNull(value, path = "batch") {
  assert.ok(value !== null && value !== undefined, `${path} is ${value}`);
  if (typeof value === "object")
    for (const [key, member] of Object.entries(value)) assertNoNull(member, `${path}.${key}`);
}

/** Lets whatever is ready go on, before a test asserts that nothing has happened: twenty turns of the event loop. */
export async function settle() {
  for (let count = 0; count < 20; count++) await turn();
}

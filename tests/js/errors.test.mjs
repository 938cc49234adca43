// Errors: identified by name and code, with all issues as a property and the first one in the message.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { compareBatches, entries, parseBatch, rules, safeParseBatch, transition } from "./both.mjs";
import { batchWith, created, errorsIn, thrownBy } from "./support.mjs";

const levels = ["note", "warning", "error"];
const known = new Map(rules.map(({ code, level }) => [code, level]));

/** Invalid values of many kinds, each with one or more issues. */
const broken = [
  null,
  [],
  {},
  { id: 7 },
  batchWith({ status: "done" }),
  batchWith({ created_at: -1 }),
  batchWith({ object: "list" }),
  batchWith({ request_counts: [] }),
  batchWith({ errors: 7 }),
  batchWith({ metadata: { a: 1 } }),
  batchWith({ usage: { total_tokens: "7" } }),
  "",
  "{",
  "[1]",
  batchWith({ errors: { data: [{ line: "x" }, null, 5] } }),
];

test("a validation error has a name, a code, and the issues of safeParseBatch", () => {
  for (const value of broken) {
    const error = thrownBy(() => parseBatch(value));
    assert.ok(error instanceof Error);
    assert.equal(error.name, "BatchValidationError");
    const { code, issues } = /** @type {import("batchlight").BatchValidationError} */ (error);
    assert.equal(code, "invalid_batch");
    assert.deepEqual(issues, safeParseBatch(value).issues);
  }
});

test("the message of a validation error is that of its first error, and the number of the others", () => {
  for (const value of broken) {
    const { message, issues } = thrownBy(() => parseBatch(value));
    const [first, ...others] = errorsIn(issues);
    const rest = others.length === 0 ? "" : ` (and ${others.length} more problem${others.length === 1 ? "" : "s"})`;
    assert.equal(message, first.message + rest);
  }
  assert.match(
    thrownBy(() => parseBatch({})).message,
    /^expected a string, found nothing at status \(and 6 more problems\)$/,
  );
  assert.match(thrownBy(() => parseBatch(batchWith({ id: 7, endpoint: 7 }))).message, / \(and 1 more problem\)$/);
  assert.equal(thrownBy(() => parseBatch(batchWith({ id: 7 }))).message, "expected a string, found number 7 at id");
});

test("every issue is complete, is in the catalogue, and uses the terms of JavaScript", () => {
  for (const value of broken) {
    for (const issue of safeParseBatch(value).issues) {
      assert.deepEqual(Object.keys(issue).sort(), ["code", "expected", "found", "help", "level", "message", "path"]);
      assert.ok(known.has(issue.code), issue.code);
      assert.ok(
        levels.indexOf(issue.level) <= levels.indexOf(known.get(issue.code)),
        "a profile lowers the level of a rule, never raises it",
      );
      assert.ok(issue.path.every((step) => typeof step === "string" || Number.isInteger(step)));
      const place = issue.path.reduce(
        (text, step) => (typeof step === "number" ? `${text}[${step}]` : text ? `${text}.${step}` : step),
        "",
      );
      assert.ok(issue.message.startsWith(`expected ${issue.expected}, found `), issue.message);
      assert.ok(issue.message.endsWith(place), issue.message);
      for (const text of [issue.message, issue.help]) {
        assert.ok(text.length > 0 && !text.endsWith("."), text);
        assert.doesNotMatch(text, /\b(u64|f64|usize|String|Option|None|Some|JsValue|floating point|struct|serde)\b/);
      }
    }
  }
});

test("a path leads from the value to the invalid property", () => {
  const value = batchWith({ status: "failed", errors: { data: [{ message: "fine" }, { code: 7 }] } });
  const [issue] = errorsIn(safeParseBatch(value).issues);
  assert.deepEqual(issue.path, ["errors", "data", 1, "code"]);
  assert.equal(
    issue.path.reduce((at, step) => at[step], value),
    7,
  );
  assert.equal(issue.message, "expected a string, found number 7 at errors.data[1].code");
});

test("a path has metadata keys unchanged, with dots and brackets", () => {
  const [issue] = errorsIn(safeParseBatch(batchWith({ metadata: { "a.b[0]": 1 } })).issues);
  assert.deepEqual(issue.path, ["metadata", "a.b[0]"]);
});

test("a transition error has the properties from, to and allowed", () => {
  const error = thrownBy(() => transition(batchWith(), "completed", { at: created + 1 }));
  assert.ok(error instanceof Error);
  const thrown = /** @type {import("batchlight").BatchTransitionError} */ (error);
  const { name, code, from, to, allowed, message } = thrown;
  assert.deepEqual(
    { name, code, from, to, allowed },
    {
      name: "BatchTransitionError",
      code: "illegal_transition",
      from: "validating",
      to: "completed",
      allowed: ["in_progress", "failed", "cancelling"],
    },
  );
  assert.equal(
    message,
    "cannot change the status from validating to completed: expected one of in_progress, failed, cancelling",
  );
});

test("comparing an invalid batch throws a validation error", () => {
  for (const pair of [
    [null, batchWith()],
    [batchWith(), []],
    ["{", batchWith()],
    [batchWith(), new Uint8Array([0xff])],
  ]) {
    assert.equal(thrownBy(() => compareBatches(...pair)).name, "BatchValidationError");
  }
});

// After a change in Rust, `npm run t` runs the suites without the wasm-free build.
const skip = process.env.BATCHLIGHT_WITHOUT_WASM_FREE !== undefined;

test("two copies of the package throw equal errors, identified by name", { skip }, () => {
  const require = createRequire(join(process.env.BATCHLIGHT_PROJECT, "index.cjs"));
  const copies = [...entries.map(({ api }) => api), require("batchlight"), require("batchlight/js")];
  const [here, ...others] = copies.map(({ parseBatch }) => thrownBy(() => parseBatch({})));
  for (const there of others) {
    assert.notEqual(there.issues, here.issues);
    assert.deepEqual({ ...there }, { ...here });
  }
  for (const { api } of entries)
    assert.ok(
      Object.values(api).every((member) => !(typeof member === "function" && member.prototype instanceof Error)),
      "no error class is exported",
    );
});

test("name, code and issues survive JSON and structured cloning", () => {
  const error = thrownBy(() => parseBatch({ id: 7 }));
  assert.deepEqual(JSON.parse(JSON.stringify(error)), { name: error.name, code: error.code, issues: error.issues });
  assert.deepEqual(structuredClone(error.issues), error.issues);
});

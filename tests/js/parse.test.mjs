// parseBatch, safeParseBatch and isBatch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isBatch, parseBatch, safeParseBatch } from "./both.mjs";
import { assertNoNull, batchWith, cloneJson, created, errorsIn, deepFreeze, rows, codesOf } from "./support.mjs";

const optional = [
  "in_progress_at",
  "expires_at",
  "finalizing_at",
  "completed_at",
  "failed_at",
  "expired_at",
  "cancelling_at",
  "cancelled_at",
  "model",
  "output_file_id",
  "error_file_id",
  "request_counts",
  "usage",
  "errors",
  "metadata",
];
const required = Object.keys(batchWith());

/** Parses with parseBatch and safeParseBatch. Fails unless both give the same batch. */
function parsedBothWays(value, options) {
  const batch = parseBatch(value, options);
  const result = safeParseBatch(value, options);
  assert.ok(result.success);
  assert.deepEqual({ ...result.data }, { ...batch });
  return batch;
}

for (const empty of [null, "", undefined]) {
  test(`an optional field that is ${JSON.stringify(empty)} is removed`, () => {
    for (const name of optional) {
      const batch = parsedBothWays(deepFreeze(batchWith({ [name]: empty })));
      assert.ok(!(name in batch), name);
      assert.deepEqual(Object.keys(batch), required);
    }
  });

  test(`all optional fields that are ${JSON.stringify(empty)} are removed`, () => {
    const all = Object.fromEntries(optional.map((name) => [name, empty]));
    assert.deepEqual(parsedBothWays(deepFreeze(batchWith(all))), batchWith());
  });

  test(`a required field that is ${JSON.stringify(empty)} is missing`, () => {
    for (const name of required) {
      const value = batchWith({ [name]: empty });
      const { success, issues } = safeParseBatch(value);
      assert.equal(success, false, name);
      assert.deepEqual(codesOf(errorsIn(issues)), [`missing_field at ${name}`]);
      assert.equal(isBatch(value), false);
    }
  });
}

test("null and empty fields of error entries are removed, and the entries keep their indexes", () => {
  const data = [
    { code: "invalid_json_line", line: 1, message: "This line is not parseable as valid JSON.", param: null },
    { code: null, line: null, message: "bad", param: "" },
    {},
  ];
  const value = deepFreeze(batchWith({ status: "failed", failed_at: created + 5, errors: { object: null, data } }));
  const { errors } = parsedBothWays(value);
  assert.deepEqual(errors, {
    data: [{ code: "invalid_json_line", line: 1, message: data[0].message }, { message: "bad" }, {}],
  });
  assertNoNull(errors);
});

test("the object type of an error list is a string, null or absent", () => {
  const withObject = (object) => batchWith({ status: "failed", failed_at: created + 5, errors: { object, data: [] } });
  for (const object of [7, true, {}, []]) {
    const value = withObject(object);
    const { success, issues } = safeParseBatch(value);
    assert.equal(success, false);
    assert.deepEqual(codesOf(errorsIn(issues)), ["wrong_kind at errors.object"]);
    assert.equal(isBatch(value), false);
  }
  for (const object of ["list", "other", "", null, undefined])
    assert.equal(safeParseBatch(withObject(object)).success, true);
});

test("unknown fields are kept", () => {
  const own = { nested: [null, { deep: null }], text: "" };
  const value = deepFreeze(batchWith({ output_file_id: null, own, nothing: null, empty: "", when: new Date(0) }));
  const batch = parsedBothWays(value);
  assert.equal(batch.own, own);
  assert.equal(batch.when, value.when);
  assert.equal(batch.nothing, null);
  assert.equal(batch.empty, "");
});

test("a `__proto__` key in JSON is a property like any other", () => {
  const text = JSON.stringify(batchWith({ model: null })).replace(
    "{",
    '{"__proto__":{"status":"completed","polluted":true},',
  );
  const batch = parsedBothWays(JSON.parse(text));
  assert.equal(Object.getPrototypeOf(batch), Object.prototype);
  assert.deepEqual(Object.getOwnPropertyDescriptor(batch, "__proto__").value, { status: "completed", polluted: true });
  assert.equal(batch.status, "validating");
  assert.equal(batch.polluted, undefined);
  assert.equal({}.polluted, undefined);
});

test("a `__proto__` key in metadata and in an error entry changes no prototype", () => {
  const metadata = JSON.parse('{"__proto__":"x","team":"blue"}');
  const entry = JSON.parse('{"__proto__":{"polluted":true},"message":"bad","param":null}');
  const value = deepFreeze(batchWith({ status: "failed", metadata, errors: { object: "list", data: [entry] } }));
  const batch = parsedBothWays(value);
  assert.deepEqual(Object.keys(batch.metadata).sort(), ["__proto__", "team"]);
  assert.equal(batch.errors.data[0].polluted, undefined);
  assert.equal({}.polluted, undefined);
});

test("symbols are ignored", () => {
  const secret = Symbol("secret");
  const { data: batch, issues } = safeParseBatch(batchWith({ [secret]: 1, model: null }));
  assert.ok(!(secret in batch));
  assert.ok(!codesOf(issues).includes("unknown_field"));
});

test("the value is never changed, whatever is fixed", () => {
  for (const { batch, profile, name } of rows) {
    const before = JSON.stringify(batch);
    const value = deepFreeze(cloneJson(batch));
    safeParseBatch(value, { profile });
    isBatch(value, { profile });
    assert.equal(JSON.stringify(value), before, name);
  }
});

test("a batch with nothing to change is returned itself", () => {
  const running = deepFreeze(
    batchWith({
      status: "in_progress",
      in_progress_at: created + 1,
      request_counts: { completed: 0, failed: 0, total: 2 },
    }),
  );
  const rejected = deepFreeze(
    batchWith({ status: "failed", failed_at: created + 1, errors: { object: "list", data: [{ message: "bad" }] } }),
  );
  for (const value of [batchWith(), running, rejected, batchWith({ own: { kept: null } })]) {
    assert.equal(parseBatch(value), value);
    assert.equal(safeParseBatch(value).data, value);
  }
});

test("parsing a parsed batch returns it itself, for every fixture", () => {
  for (const { batch, profile, name } of rows.filter(({ partial }) => !partial)) {
    const once = parseBatch(batch, { profile });
    const twice = parseBatch(once, { profile });
    assert.deepEqual(twice, once, name);
    // A required string that the server omits is a note each time: it is parsed as an empty string.
    if (required.every((key) => once[key] !== "")) assert.equal(twice, once, name);
    assertNoNull(
      Object.fromEntries(Object.entries(once).filter(([key]) => required.includes(key) || optional.includes(key))),
      name,
    );
  }
});

/** A batch with getters on its prototype only, as client libraries create them. */
class Wrapped {
  #inner;
  constructor(inner) {
    this.#inner = inner;
    for (const name of [...required, ...optional])
      Object.defineProperty(this, name, { enumerable: false, get: () => inner[name] });
  }
  get inner() {
    return this.#inner;
  }
}

class OnPrototype {
  static of(inner) {
    const made = class extends OnPrototype {};
    for (const name of [...required, ...optional])
      Object.defineProperty(made.prototype, name, { get: () => inner[name] });
    return new made();
  }
}

test("fields may be getters, not enumerable, or on the prototype", () => {
  const inner = batchWith({ output_file_id: null, model: "gpt-4o", status: "Completed", completed_at: created + 9 });
  const expected = { ...inner, status: "completed", output_file_id: undefined };
  delete expected.output_file_id;
  for (const value of [new Wrapped(inner), OnPrototype.of(inner)]) {
    const batch = parsedBothWays(value, { profile: "compatible" });
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, batch[name]])), expected);
    assert.ok(!Object.keys(batch).includes("output_file_id"));
  }
  assert.ok(isBatch(OnPrototype.of(batchWith())));
  assert.equal(parseBatch(OnPrototype.of(batchWith())).id, "batch_1");
  assert.deepEqual(parsedBothWays(OnPrototype.of(batchWith({ output_file_id: null }))), batchWith());
});

test("an unknown field that cannot be read is removed, and the batch is still valid", () => {
  const value = Object.defineProperty(batchWith({ model: null }), "own", {
    enumerable: true,
    get: () => {
      throw new Error("no");
    },
  });
  assert.deepEqual(parsedBothWays(value), batchWith());
});

test("JSON is accepted as a string and as bytes, except by isBatch", () => {
  const value = batchWith({ metadata: { name: "späť 🚦" }, output_file_id: null });
  const text = JSON.stringify(value, null, 2);
  const bytes = new TextEncoder().encode(text);
  const around = new Uint8Array(bytes.length + 7);
  around.set(bytes, 3);
  for (const source of [text, bytes, Buffer.from(text), around.subarray(3, 3 + bytes.length)]) {
    const batch = parsedBothWays(source);
    assert.deepEqual(batch, batchWith({ metadata: { name: "späť 🚦" } }));
    assert.equal(isBatch(source), false);
  }
});

test("the issue for invalid JSON names the position", () => {
  /** @type {[string, RegExp][]} */
  const cases = [
    ["", /end of the text at line 1, column 1$/],
    ['{\n  "id": ,', /at line 2, column 9$/],
    ["<!doctype html>", /"<" at line 1, column 1$/],
    ["\ufeff{}", /byte order mark at line 1, column 1$/],
    ["{} {}", /line 1, column 4$/],
    ['{"id":"a\nb"}', /line 1, column 9$/],
  ];
  for (const [text, expected] of cases) {
    for (const source of [text, new TextEncoder().encode(text)]) {
      const { success, issues } = safeParseBatch(source);
      assert.equal(success, false);
      assert.deepEqual(codesOf(issues), ["invalid_json"], text);
      assert.match(issues[0].message, expected);
    }
  }
});

test("invalid UTF-8 is an error, an encoded U+FFFD is not", () => {
  const clean = new TextEncoder().encode(JSON.stringify(batchWith({ metadata: { note: "\ufffd" } })));
  assert.equal(parseBatch(clean).metadata.note, "\ufffd");
  for (const broken of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0xc0, 0xaf]]) {
    const bytes = Uint8Array.from([...clean.slice(0, -3), ...broken, ...clean.slice(-3)]);
    const { issues } = safeParseBatch(bytes);
    assert.deepEqual(codesOf(issues), ["invalid_json"]);
    assert.match(issues[0].message, /^expected UTF-8, found .* at line 1, column \d+$/);
  }
});

test("the issue for a value that is not an object names its type", () => {
  /** @type {[value: unknown, found: string][]} */
  const cases = [
    [null, "null"],
    [undefined, "nothing"],
    [7, "number 7"],
    [NaN, "number NaN"],
    [true, "true"],
    [10n, "a bigint"],
    [() => {}, "a function"],
    [Symbol("s"), "a symbol"],
    [[], "an array of length 0"],
    [[batchWith()], "an array of length 1"],
    [new Date(0), "a Date"],
  ];
  for (const [value, found] of cases) {
    const { success, issues } = safeParseBatch(value);
    assert.equal(success, false);
    assert.deepEqual(
      issues.map(({ message }) => message),
      [`expected a batch object, found ${found}`],
    );
    assert.equal(isBatch(value), false);
  }
});

test("list responses and API errors have issues of their own", () => {
  assert.deepEqual(codesOf(safeParseBatch({ object: "list", data: [batchWith()], has_more: false }).issues), [
    "batch_list",
  ]);
  assert.deepEqual(
    codesOf(safeParseBatch({ error: { message: "No batch found", type: "invalid_request_error" } }).issues),
    ["api_error"],
  );
});

test("an unknown profile is a RangeError", () => {
  for (const profile of ["OpenAI", "", "__proto__", 7, null]) {
    for (const call of [parseBatch, safeParseBatch, isBatch]) {
      assert.throws(() => call(batchWith(), { profile }), {
        name: "RangeError",
        message: /^expected profile to be one of openai, /,
      });
    }
  }
});

// Hostile values: everything that a page, a log file or an attacker may pass in place of a batch.
import { batchWith } from "./support.mjs";

// One error for all values: creating an error with its stack takes ten times as long as reading a value.
const onPurpose = new Error("thrown on purpose");
const throwing = () => {
  throw onPurpose;
};

/** A proxy whose every trap throws. */
const trapped = (target) => new Proxy(target, new Proxy({}, { get: () => throwing }));

function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const cycle = () => {
  const value = batchWith();
  return Object.assign(value, {
    errors: { data: [value] },
    metadata: value,
    usage: value,
    request_counts: value,
    own: value,
  });
};

/** An object nested so deeply that visiting it recursively overflows the stack. */
export function deep(depth) {
  let value = {};
  for (let level = 0; level < depth; level++) value = { errors: value };
  return value;
}

const getters = (read) =>
  Object.defineProperties(
    {},
    Object.fromEntries(
      [...Object.keys(batchWith()), "errors", "metadata", "request_counts"].map((name) => [
        name,
        { get: read, enumerable: true },
      ]),
    ),
  );

/** A getter that returns another value each time. */
const restless = () => {
  let turn = 0;
  const answers = ["batch_1", null, 7, undefined, {}, [], "completed", NaN, () => {}, Symbol("s"), "", 10n];
  return getters(() => answers[turn++ % answers.length]);
};

const sparse = (length) => Object.assign([], { length });
const huge = "x".repeat(10 << 20);
const everywhere = (value) =>
  Object.fromEntries(
    [...Object.keys(batchWith()), "errors", "metadata", "request_counts", "usage", "model", "completed_at"].map(
      (name) => [name, value],
    ),
  );

class Throwing {
  get id() {
    return throwing();
  }
  toString() {
    return throwing();
  }
  toJSON() {
    return throwing();
  }
  get [Symbol.toStringTag]() {
    return throwing();
  }
}

/** The values by name. Each function creates a new value, because some change when they are read. */
export const hostileValues = {
  nothing: () => undefined,
  null: () => null,
  NaN: () => NaN,
  "minus zero": () => -0,
  Infinity: () => Infinity,
  "a BigInt": () => 2n ** 4000n,
  "a symbol": () => Symbol("s".repeat(5000)),
  "a function": () => throwing,
  "a class": () => Throwing,
  "an object that throws at every access": () => new Throwing(),
  "a proxy that throws": () => trapped({}),
  "a proxy of an array that throws": () => trapped([]),
  "a revoked proxy": () => revoked({}),
  "a revoked proxy of an array": () => revoked([]),
  "throwing getters": () => getters(throwing),
  "getters that throw an object without a prototype": () =>
    getters(() => {
      throw Object.create(null);
    }),
  "getters that throw a revoked proxy": () =>
    getters(() => {
      throw revoked(new Error("gone"));
    }),
  "getters that throw a huge error": () =>
    getters(() => {
      throw new Error(huge);
    }),
  "getters that return another value each time": restless,
  "fields that are revoked proxies": () => everywhere(revoked({})),
  "fields that are revoked proxies of arrays": () => everywhere(revoked([])),
  "a proxy with endless keys": () =>
    batchWith({
      metadata: new Proxy(
        {},
        {
          ownKeys: () => Array.from({ length: 10_000 }, (_, index) => `key ${index}`),
          getOwnPropertyDescriptor: () => ({ value: "x", enumerable: true, configurable: true }),
          get: () => "x",
        },
      ),
    }),
  "a cycle": cycle,
  "an object 100,000 deep": () => deep(100_000),
  "JSON text 100,000 deep": () => `${'{"errors":'.repeat(100_000)}1${"}".repeat(100_000)}`,
  "lists 100,000 deep, not closed": () => "[".repeat(100_000),
  "bytes of JSON 100,000 deep": () =>
    new TextEncoder().encode(`{"metadata":${"[".repeat(100_000)}${"]".repeat(100_000)}}`),
  "10 MB of text": () => huge,
  "10 MB in every field": () => everywhere(huge),
  "10 MB of three-byte text in every field": () => everywhere("€".repeat(10 << 20)),
  "a key of 10 MB": () => batchWith({ [huge]: 1, metadata: { [huge]: huge } }),
  "10 MB of JSON text in one string": () => JSON.stringify(batchWith({ status: huge })),
  "lone surrogates": () => everywhere("\ud800 and \udc00"),
  "lone surrogates as JSON text": () => '{"id":"\\ud800","status":"\\udfff"}',
  "lone surrogates in invalid JSON": () => '{"id": \ud800',
  "a surrogate pair at the point of truncation": () => everywhere(`${"x".repeat(79)}🚦${"🚦".repeat(5000)}`),
  "a list of the maximum length": () => sparse(2 ** 32 - 1),
  "errors of the maximum length": () => batchWith({ status: "failed", errors: { data: sparse(2 ** 32 - 1) } }),
  "bare errors of the maximum length": () => batchWith({ status: "failed", errors: sparse(2 ** 32 - 1) }),
  "200,000 errors with long texts": () =>
    batchWith({
      status: "failed",
      errors: { data: new Array(200_000).fill({ code: "c".repeat(3000), line: 1, message: "m".repeat(3000) }) },
    }),
  "200,000 errors that are all invalid": () =>
    batchWith({
      status: "failed",
      errors: { data: new Array(200_000).fill({ code: 7, line: "x", message: {}, param: [] }) },
    }),
  // The package reads 64 of these, and 100,000 of the error entries above.
  "10,000 pairs of metadata that are all invalid": () =>
    batchWith({ metadata: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key ${index}`, index])) }),
  "10,000 unknown fields": () =>
    batchWith(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`own_${index}`, index]))),
  "a list whose length is a string": () =>
    batchWith({ errors: new Proxy([], { get: (list, key) => (key === "length" ? "long" : list[key]) }) }),
  "a list with a length of NaN": () =>
    batchWith({ errors: new Proxy([], { get: (list, key) => (key === "length" ? NaN : list[key]) }) }),
  "a list with a negative length": () =>
    batchWith({ errors: new Proxy([], { get: (list, key) => (key === "length" ? -5 : list[key]) }) }),
  "a Date": () => new Date(NaN),
  "Dates in every field": () => everywhere(new Date(0)),
  "a Map": () => new Map(Object.entries(batchWith())),
  "a Set": () => new Set(["id"]),
  "a RegExp": () => /x/g,
  "a Promise": () => Promise.resolve(batchWith()),
  "an Error": () => new Error("x"),
  "a WeakMap": () => new WeakMap(),
  "a generator": () =>
    (function* () {
      yield 1;
    })(),
  "boxed values": () => everywhere(Object("completed")),
  "a DataView": () => new DataView(new ArrayBuffer(8)),
  "an ArrayBuffer": () => new ArrayBuffer(8),
  "shared memory": () => new Uint8Array(new SharedArrayBuffer(16)),
  "detached bytes": () => {
    const bytes = new Uint8Array(16);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    return bytes;
  },
  "bytes of invalid UTF-8": () => Uint8Array.from({ length: 5000 }, (_, index) => 128 + (index % 128)),
  floats: () => new Float64Array(16),
  "an object without a prototype": () => Object.assign(Object.create(null), batchWith()),
  "an object whose prototype throws": () => Object.create(trapped({})),
  "a frozen object": () => Object.freeze(batchWith({ model: null })),
  "the largest number in every field": () => everywhere(Number.MAX_VALUE),
  "timestamps at every limit": () =>
    batchWith({
      created_at: Number.MAX_SAFE_INTEGER,
      expires_at: 0,
      completed_at: Number.MAX_SAFE_INTEGER,
      request_counts: {
        total: Number.MAX_SAFE_INTEGER,
        completed: Number.MAX_SAFE_INTEGER,
        failed: Number.MAX_SAFE_INTEGER,
      },
    }),
  "counts of minus zero": () => batchWith({ created_at: -0, request_counts: { total: -0, completed: -0, failed: -0 } }),
  "the global object": () => globalThis,
  markup: () => everywhere('<img src=x onerror="alert(1)">'),
};

// Hostile files and sources: no data is lost, nothing hangs, and every error is one of the package.
import assert from "node:assert/strict";
import { test } from "node:test";
import { both, checkInput, entries } from "../both.mjs";
import { bytesOf } from "./sources.mjs";
import { file, request, result, textOf } from "./support.mjs";

test("unclosed objects are invalid at any depth", async () => {
  for (const levels of [1, 512, 513, 100_000]) {
    const { ok, requests, issues } = await checkInput(file('{"a":'.repeat(levels)));
    assert.deepEqual([ok, requests, issues[0].code], [false, 0, "invalid_json_line"], `${levels} levels`);
  }
});

test("a request that is nested too deep is counted, and the next one is checked", async () => {
  const deep = `${"[".repeat(600)}${"]".repeat(600)}`;
  const lines = file(request("a").replace('"text of a"', deep), request("b"));
  const { ok, requests, counts } = await checkInput(lines);
  assert.deepEqual([ok, requests], [true, 2]);
  assert.equal(counts.find(({ code }) => code === "nested_too_deep").count, 1);
});

const lines = file(request("a"), request("b"), request("c"));
const bytes = bytesOf(lines);

/**
 * Every function that reads a source to its end.
 *
 * @type {Record<string, (api: typeof import("batchlight"), source: any) => Promise<unknown>>}
 */
const readers = {
  checkInput: (api, source) => api.checkInput(source),
  fixInput: (api, source) => textOf(api.fixInput(source).stream),
  "fixInput with ids": (api, source) => textOf(api.fixInput(source, { assignIds: true }).stream),
  splitInput: (api, source) => api.splitInput(source),
  digestResults: (api, source) => api.digestResults(source),
  "digestResults of several": (api, source) => api.digestResults([source]),
  reconcile: (api, source) => api.reconcile({ input: source }),
};

/** Every reader of both entries must reject a new source of `make` with an error of the package. */
async function assertRejected(make, expected) {
  for (const [name, read] of Object.entries(readers))
    await assert.rejects(
      both((api) => read(api, make())),
      (/** @type {Error & { code: string }} */ error) => {
        assert.equal(error.name, "BatchlightFileError", `${name}: ${error.stack}`);
        assert.equal(error.code, expected.code, name);
        assert.match(error.message, expected.message, name);
        if ("cause" in expected) assert.equal(error.cause, expected.cause, name);
        else if (expected.hasCause !== false) assert.ok(error.cause instanceof Error, `${name} has a cause`);
        return true;
      },
    );
}

test("detached buffers are rejected instead of read as empty files", async () => {
  const transferred = () => {
    const { buffer } = bytes.slice();
    structuredClone(buffer, { transfer: [buffer] });
    return buffer;
  };
  const expected = { code: "wrong_source", message: /found a detached buffer; transfer a copy/ };
  await assertRejected(transferred, expected);
  const view = () => {
    const copy = bytes.slice();
    structuredClone(copy, { transfer: [copy.buffer] });
    return copy;
  };
  await assertRejected(view, expected);
  await assertRejected(
    () =>
      (async function* () {
        yield view();
      })(),
    { code: "wrong_source", message: /detached/ },
  );
});

test("a buffer that is detached while it is read is an error instead of a short file", async () => {
  const long = bytesOf(file(...Array.from({ length: 90_000 }, (_, index) => result(`r-${index}`))));
  assert.ok(long.length > 2 * (4 << 20), "it has several chunks");
  // The wasm-free entry takes seconds for the first chunk and reads by the same code, so only `batchlight` is tested.
  const [{ api }] = entries;
  for (const read of /** @type {const} */ (["checkInput", "digestResults"])) {
    const copy = long.slice();
    let isFirst = true;
    const onProgress = () => {
      if (isFirst) structuredClone(copy, { transfer: [copy.buffer] });
      isFirst = false;
    };
    await assert.rejects(
      withTicks(() => api[read](copy, { onProgress })),
      { name: "BatchlightFileError", code: "unreadable_source", message: /detached/ },
    );
  }
});

/** Runs work with a clock that advances by 0.2 seconds whenever it is read, so that progress is reported. */
async function withTicks(work) {
  const { now } = performance;
  let time = 0;
  performance.now = () => (time += 200);
  try {
    return await work();
  } finally {
    performance.now = now;
  }
}

test("a source whose own code throws is rejected, with the thrown value as the cause", async () => {
  const cause = new Error("not today");
  const thrower = () => {
    throw cause;
  };
  const revoked = () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };
  await assertRejected(revoked, { code: "wrong_source", message: /properties could not be read.*revoked/ });
  const throwing = (name) => () => Object.defineProperty({}, name, { get: thrower });
  for (const name of ["slice", "arrayBuffer", "getReader", "read", Symbol.toStringTag])
    await assertRejected(throwing(name), {
      code: "wrong_source",
      message: /properties could not be read: not today/,
      cause,
    });
  const blob = { slice: () => blob, arrayBuffer: async () => bytes.slice().buffer, size: bytes.length };
  await assertRejected(() => ({ ...blob, stream: thrower }), unreadable(cause));
  await assertRejected(() => ({ ...blob, slice: thrower }), unreadable(cause));
  await assertRejected(() => ({ [Symbol.asyncIterator]: thrower }), unreadable(cause));
  await assertRejected(() => ({ [Symbol.asyncIterator]: () => null }), {
    code: "unreadable_source",
    message: /could not be read/,
  });
  for (const next of [
    async () => undefined,
    async () => ({
      get done() {
        return thrower();
      },
    }),
  ])
    await assertRejected(() => ({ [Symbol.asyncIterator]: () => ({ next }) }), {
      code: "unreadable_source",
      message: /could not be read/,
    });
  const odd = Object.defineProperty(new Error(), "message", { get: thrower });
  await assertRejected(() => ({ [Symbol.asyncIterator]: () => ({ next: async () => Promise.reject(odd) }) }), {
    code: "unreadable_source",
    message: /no readable message/,
    cause: odd,
  });
});

const unreadable = (cause) => ({ code: "unreadable_source", message: /could not be read: not today/, cause });

test("lists of sources whose own code throws are rejected", async () => {
  const cause = new Error("not today");
  const list = Object.defineProperty([bytes], 0, {
    get: () => {
      throw cause;
    },
  });
  const sources = Object.defineProperty({}, "input", {
    get: () => {
      throw cause;
    },
  });
  const expected = { name: "BatchlightFileError", code: "wrong_source", cause };
  await assert.rejects(
    both((api) => api.digestResults(list)),
    expected,
  );
  await assert.rejects(
    both((api) => api.reconcile({ input: list })),
    expected,
  );
  await assert.rejects(
    both((api) => api.reconcile(/** @type {any} */ (sources))),
    expected,
  );
});

test("options whose own code throws are rejected with the name of the option and the cause", async () => {
  const cause = new Error("not today");
  const throwing = (...names) =>
    Object.defineProperty({}, names[0], {
      get: () => {
        if (names.length === 1) throw cause;
        return throwing(...names.slice(1));
      },
    });
  /** @type {[string, string[]][]} */
  const cases = [
    ["checkInput", ["signal"]],
    ["checkInput", ["profile"]],
    ["checkInput", ["limits", "bytes"]],
    ["splitInput", ["name"]],
    ["splitInput", ["onProgress"]],
    ["digestResults", ["signal"]],
    ["reconcile", ["batch"]],
    ["reconcile", ["batch", "request_counts"]],
  ];
  for (const [name, path] of cases) {
    const source = name === "reconcile" ? { input: bytes } : bytes;
    const option = name === "reconcile" ? "batch" : path.at(-1);
    const message = new RegExp(`the option ${option} could not be read: not today`);
    await assert.rejects(
      both((api) => api[name](source, throwing(...path))),
      { name: "TypeError", message, cause },
    );
  }
  const fix = () => both((api) => textOf(api.fixInput(bytes, throwing("assignIds")).stream));
  await assert.rejects(async () => fix(), { name: "TypeError", message: /the option assignIds/, cause });
  const retry = both(async (api) => textOf((await api.reconcile({ input: bytes })).retry(throwing("where"))));
  await assert.rejects(retry, { name: "TypeError", message: /the option where/, cause });
  for (const options of [{ signal: {} }, { onProgress: 5 }])
    await assert.rejects(
      both((api) => api.checkInput(bytes, /** @type {any} */ (options))),
      {
        name: "TypeError",
        message: /expected (signal|onProgress) to be/,
      },
    );
});

test("a file handle with an invalid bytesRead is rejected", async () => {
  for (const bytesRead of [-1, 1.5, Number.NaN, Infinity, 2 ** 40])
    await assertRejected(() => ({ stat: async () => ({ size: bytes.length }), read: async () => ({ bytesRead }) }), {
      code: "wrong_source",
      message: /expected the file handle's read\(\) to return bytesRead from 0 to \d+, found/,
      hasCause: false,
    });
});

test("an endless file handle is rejected once it exceeds its size", async () => {
  const endless = () => ({
    stat: async () => ({ size: bytes.length, isFile: () => true }),
    read: async (into, { length }) => {
      into.fill(10, 0, length);
      return { bytesRead: length };
    },
  });
  await assertRejected(endless, {
    code: "unreadable_source",
    message: new RegExp(`expected ${bytes.length} bytes, the size of the file`),
  });
});

test("a file that grows while it is read is read to its end", async () => {
  const growing = () => {
    let size = 10;
    return {
      stat: async () => ({ size, isFile: () => true }),
      read: async (into, { length, position }) => {
        const part = bytes.subarray(position, position + Math.min(length, 50));
        into.set(part);
        size = Math.max(size, position + part.length);
        return { bytesRead: part.length };
      },
    };
  };
  assert.equal((await both((api) => api.checkInput(growing()))).requests, 3);
});

test("a Blob whose content is longer or shorter than its size is rejected", async () => {
  const part = (from, to) => ({ arrayBuffer: async () => new ArrayBuffer(to - from) });
  /** @type {[any, RegExp][]} */
  const cases = [
    [{ size: 100, slice: part, stream: () => endlessStream() }, /100 bytes, the size of the Blob, found \d+/],
    [
      { size: 100, slice: part, stream: () => new Blob([bytes.slice(0, 9)]).stream() },
      /100 bytes, the size of the Blob, found only 9/,
    ],
    [{ size: 100, slice: () => part(0, 1000) }, /100 bytes, the size of the Blob, found 1000/],
    [{ size: 100, slice: () => part(0, 9) }, /100 bytes, the size of the Blob, found only 9/],
  ];
  for (const [blob, message] of cases)
    await assert.rejects(
      both((api) => api.checkInput({ ...blob, arrayBuffer: async () => new ArrayBuffer(0) })),
      { name: "BatchlightFileError", code: "unreadable_source", message },
    );
  for (const size of [Infinity, Number.NaN, -1, 1.5, undefined, "100"])
    await assertRejected(() => ({ size, slice: part, arrayBuffer: async () => new ArrayBuffer(0) }), {
      code: "wrong_source",
      message: /expected the size of the Blob to be a number of bytes, found/,
      hasCause: false,
    });
});

const endlessStream = () =>
  new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64).fill(10)) });

test("more files than the limit are rejected", async () => {
  const many = Array(65_537).fill(result("a"));
  const expected = { name: "BatchlightFileError", code: "wrong_source", message: /at most 65536 files of one role/ };
  await assert.rejects(
    both((api) => api.digestResults(many)),
    expected,
  );
  await assert.rejects(
    both((api) => api.reconcile({ output: many })),
    expected,
  );
  const sparse = Array(65_535).fill(undefined).concat(result("a"));
  assert.equal((await both((api) => api.digestResults(sparse))).lines, 1);
  const found = await both(async (api) => (await api.reconcile({ output: sparse })).verdictOf("a"));
  assert.equal(found.result.index, 65_535);
});

test("a truncated id is found by the complete id", async () => {
  const long = "x".repeat(5000);
  const ids = [long, `${long}y`, `${"é".repeat(600)}z`, "x".repeat(1024), "short", `${long}y`];
  const found = await both(async (api) => {
    const all = await api.reconcile({ input: file(...ids.map((id) => request(id))), output: result(`${long}y`) });
    const { verdictOf } = all;
    const lines = [...new Set(ids)].map((id) => verdictOf(id)?.line);
    const others = ["x".repeat(1025), "x".repeat(1023), `${"é".repeat(600)}a`, "é".repeat(512)].map((id) =>
      verdictOf(id),
    );
    return { lines, others, ofLong: verdictOf(`${long}y`).result.length, joined: await idsOf(all.join()) };
  });
  assert.deepEqual(found.lines, [1, 2, 3, 4, 5]);
  assert.deepEqual(found.others, [undefined, undefined, undefined, undefined]);
  assert.equal(found.ofLong, result(`${long}y`).length);
  assert.deepEqual(found.joined, ids);
});

async function idsOf(joined) {
  const ids = [];
  for await (const { custom_id } of joined) ids.push(custom_id);
  return ids;
}

// They have the same 96-bit hash without a key.
const colliding = ["request-the-same-of-both-ids-abc5OgQOqZW", "P3sFd67Jthe-same-of-both-ids-abcep58M4ug"];

test("ids with colliding unkeyed hashes are distinct, and a retry has the one without a result", async () => {
  const input = file(...colliding.map((id) => request(id, { model: "text-embedding-3-small", input: "x" })));
  const { ok, requests, issues } = await checkInput(input);
  assert.deepEqual([ok, requests, issues], [true, 2, []]);
  const retry = await both(async ({ reconcile }) =>
    textOf((await reconcile({ input, output: file(result(colliding[0])) })).retry()),
  );
  assert.equal(retry, input.slice(input.indexOf("\n") + 1));
});

test("a line with one key a million times is one issue, and the next request is checked", async () => {
  const line = request("a", { model: "text-embedding-3-small", input: "x" });
  const many = line.replace('"input"', `${'"a":1,'.repeat(1e6)}"input"`);
  const { requests, counts } = await checkInput(file(many, request("b"), request("b")));
  const countOf = (name) => counts.find(({ code }) => code === name)?.count;
  assert.deepEqual([requests, countOf("line_too_long"), countOf("duplicate_custom_id")], [3, 1, 1]);
});

test("a repeated key is one issue, however often it occurs", async () => {
  const line = request("a", { model: "text-embedding-3-small", input: "x" });
  const many = line.replace('"input"', `${'"a":1,'.repeat(1000)}"a":2,"input"`);
  const { counts } = await checkInput(file(many.replace('"a":1', '"a":0')));
  assert.equal(counts.find(({ code }) => code === "duplicate_key")?.count, 1);
});

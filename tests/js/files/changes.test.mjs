// Files that are read twice: what has changed in between is an error, and never a wrong line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { both } from "../both.mjs";
import { bytesOf } from "./sources.mjs";
import { file, request, result, textOf, unanswered } from "./support.mjs";

// Lines of several lengths, with line breaks of both kinds and without the last one.
const texts = ["", "x", "é 漢字 😀", "y".repeat(60), "z".repeat(200), "w".repeat(70_000)];
const requests = texts.map((input, index) => request(`request-${index}`, { model: "m", input }));
const input = requests.map((line, index) => (index % 2 ? `${line}\r\n` : `${line}\n`)).join("") + request("last");
const output = file(...texts.map((input, index) => result(`request-${index}`, { model: "m", input })));

/** Sources whose bytes can be changed after they have been read; each with a function that changes them. */
const changeable = {
  bytes(text) {
    const bytes = bytesOf(text);
    return { source: bytes, change: (/** @type {string} */ other) => void bytes.set(bytesOf(other)) };
  },
  "a file handle"(text) {
    let bytes = bytesOf(text);
    const source = {
      stat: async () => ({ size: bytes.length }),
      async read(into, { length, position }) {
        const part = bytes.subarray(position, position + length);
        into.set(part);
        return { bytesRead: part.length };
      },
    };
    const change = (/** @type {string} */ other) => {
      bytes = bytesOf(other);
    };
    return { source, change };
  },
  "a Blob by hand"(text) {
    let bytes = bytesOf(text);
    const source = {
      size: bytes.length,
      slice: (from, to) => new Blob([bytes.slice(from, to)]),
      arrayBuffer: async () => bytes.slice().buffer,
    };
    const change = (/** @type {string} */ other) => {
      bytes = bytesOf(other);
    };
    return { source, change };
  },
};

const hasChanged = { name: "BatchlightFileError", code: "unreadable_source", message: /has changed/ };

/** Every change of the file by one byte within some of its lines, and changes of line breaks. */
const changes = {
  "a letter": input.replace('"x"', '"X"'),
  "the last letter of a long line": input.replace(/w"/, 'v"'),
  "a letter within a long line": input.replace("wwwwwwwwww", "wwwwvwwwww"),
  "an id": input.replace("request-2", "request-7"),
  "a carriage return": input.replace("\r\n", " \n"),
  "a line break": input.replace("\r\n", "\r\t"),
  "the last line": input.replace("text of last", "text of LAST"),
};

for (const [kind, make] of Object.entries(changeable)) {
  test(`${kind}: a file that has not changed is split and written again as it was`, async () => {
    const texts = await both(async (api) => {
      const { source } = make(input);
      const { shards } = await api.splitInput(source);
      const found = await api.reconcile({ input: make(input).source, output: make(output).source });
      const retry = await textOf(api.writeRetry(found, { verdicts: ["succeeded", "missing"] }));
      return [await textOf(shards[0].stream()), retry, await textOf(api.mergeResults(found))];
    });
    assert.deepEqual(texts, [input, `${input}\n`, output]);
  });

  for (const [what, changed] of Object.entries(changes)) {
    test(`${kind}: ${what} that has changed since the first reading is no shard and is not sent again`, async () => {
      assert.notEqual(changed, input);
      assert.equal(changed.length, input.length);
      const split = both(async (api) => {
        const { source, change } = make(input);
        const { shards } = await api.splitInput(source);
        change(changed);
        return textOf(shards[0].stream());
      });
      await assert.rejects(split, hasChanged);
      const retry = both(async (api) => {
        const { source, change } = make(input);
        const found = await api.reconcile({ input: source });
        change(changed);
        return textOf(api.writeRetry(found));
      });
      await assert.rejects(retry, hasChanged);
    });
  }

  test(`${kind}: results that have changed are not merged or joined`, async () => {
    for (const use of ["mergeResults", "joinResults"]) {
      const used = both(async (api) => {
        const { source, change } = make(output);
        const found = await api.reconcile({ input, output: source });
        change(output.replace('"y', '"Y'));
        if (use === "mergeResults") return textOf(api.mergeResults(found));
        for await (const _ of api.joinResults(found));
      });
      await assert.rejects(used, hasChanged);
    }
  });

  // Bytes do not tell when they are read.
  if (kind === "bytes") continue;

  test(`${kind}: ids are not given by a file that has changed since they were looked for`, async () => {
    const nameless = file(request("request-1"), requests[1].replace('"custom_id":"request-1",', ""));
    const other = nameless.replace("request-1", "request-2");
    const fixed = both(async (api) => {
      const { source, change } = make(nameless);
      let reads = 0;
      const { stream, report } = api.fixInput(
        counted(source, () => ++reads === 2 && change(other)),
        { assignIds: true },
      );
      const text = textOf(stream);
      const [read, told] = await Promise.allSettled([text, report]);
      assert.deepEqual([read.status, told.status], ["rejected", "rejected"]);
      return text;
    });
    await assert.rejects(fixed, hasChanged);
  });
}

/** A source that tells whenever its reading begins. */
function counted(source, begins) {
  if (source.stat)
    return {
      ...source,
      async read(into, options) {
        if (options.position === 0) begins();
        return source.read(into, options);
      },
    };
  return {
    ...source,
    slice(from, to) {
      if (from === 0) begins();
      return source.slice(from, to);
    },
  };
}

test("a line that is not asked for may change", async () => {
  const texts = await both(async (api) => {
    const { source, change } = changeable.bytes(input);
    const found = await api.reconcile({ input: source, error: file(unanswered("request-3")) });
    change(changes["a letter"]);
    return textOf(api.writeRetry(found, { verdicts: ["failed"] }));
  });
  assert.equal(texts, `${requests[3]}\r\n`);
});

test("no bytes are given of a part in which a line has changed", async () => {
  const given = await both(async (api) => {
    const { source, change } = changeable.bytes(input);
    const { shards } = await api.splitInput(source, { requests: 2 });
    change(changes["a letter"]);
    const first = await shards[0]
      .stream()
      .getReader()
      .read()
      .catch((error) => error.code);
    return [first, await textOf(shards[1].stream())];
  });
  assert.deepEqual(given, ["unreadable_source", `${requests[2]}\n${requests[3]}\r\n`]);
});

test("a long file is compared part by part", async () => {
  const long = file(
    ...Array.from({ length: 60 }, (_, index) => request(`r-${index}`, { model: "m", input: "x".repeat(40_000) })),
  );
  const given = await both(async (api) => {
    const { source, change } = changeable.bytes(long);
    const { shards } = await api.splitInput(source);
    assert.equal(await textOf(shards[0].stream()), long);
    change(`${long.slice(0, -10)}X${long.slice(-9)}`);
    return textOf(shards[0].stream()).catch((error) => error.message);
  });
  assert.match(given, /has changed/);
});

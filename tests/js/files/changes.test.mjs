// Files that change between two reads: an error, and never a wrong line.
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

/** Sources whose bytes can change after they were read, each with a function that changes them. */
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
  "a custom Blob"(text) {
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

const changedError = { name: "BatchlightFileError", code: "unreadable_source", message: /has changed/ };

/** Changes of one byte within lines, and of line breaks. */
const changes = {
  "a letter": input.replace('"x"', '"X"'),
  "the last letter of a long line": input.replace(/w"/, 'v"'),
  "a letter in the middle of a long line": input.replace("wwwwwwwwww", "wwwwvwwwww"),
  "an id": input.replace("request-2", "request-7"),
  "a carriage return": input.replace("\r\n", " \n"),
  "a line break": input.replace("\r\n", "\r\t"),
  "the last line": input.replace("text of last", "text of LAST"),
};

for (const [kind, make] of Object.entries(changeable)) {
  test(`${kind}: an unchanged file is split, retried and merged byte for byte`, async () => {
    const texts = await both(async (api) => {
      const { source } = make(input);
      const { shards } = await api.splitInput(source);
      const found = await api.reconcile({ input: make(input).source, output: make(output).source });
      const retry = await textOf(found.retry({ verdicts: ["succeeded", "missing"] }));
      return [await textOf(shards[0].stream()), retry, await textOf(found.merge())];
    });
    assert.deepEqual(texts, [input, `${input}\n`, output]);
  });

  for (const [what, changed] of Object.entries(changes)) {
    test(`${kind}: a change of ${what} after the first read fails the shard and the retry`, async () => {
      assert.notEqual(changed, input);
      assert.equal(changed.length, input.length);
      const split = both(async (api) => {
        const { source, change } = make(input);
        const { shards } = await api.splitInput(source);
        change(changed);
        return textOf(shards[0].stream());
      });
      await assert.rejects(split, changedError);
      const retry = both(async (api) => {
        const { source, change } = make(input);
        const found = await api.reconcile({ input: source });
        change(changed);
        return textOf(found.retry());
      });
      await assert.rejects(retry, changedError);
    });
  }

  test(`${kind}: changed results are neither merged nor joined`, async () => {
    for (const use of ["merge", "join"]) {
      const used = both(async (api) => {
        const { source, change } = make(output);
        const found = await api.reconcile({ input, output: source });
        change(output.replace('"y', '"Y'));
        if (use === "merge") return textOf(found.merge());
        for await (const _ of found.join());
      });
      await assert.rejects(used, changedError);
    }
  });

  // Reads of bytes cannot be observed.
  if (kind === "bytes") continue;

  test(`${kind}: a file that changed since its ids were collected gets no ids`, async () => {
    const nameless = file(request("request-1"), requests[1].replace('"custom_id":"request-1",', ""));
    const other = nameless.replace("request-1", "request-2");
    const fixed = both(async (api) => {
      const { source, change } = make(nameless);
      let reads = 0;
      const { stream, report } = api.fixInput(
        observed(source, () => ++reads === 2 && change(other)),
        { assignIds: true },
      );
      const text = textOf(stream);
      const settled = await Promise.allSettled([text, report]);
      assert.deepEqual(
        settled.map(({ status }) => status),
        ["rejected", "rejected"],
      );
      return text;
    });
    await assert.rejects(fixed, { ...changedError, message: /changed between its two reads/ });
  });
}

/** A source that calls a function whenever it is read from its beginning. */
function observed(source, onStart) {
  if (source.stat)
    return {
      ...source,
      async read(into, options) {
        if (options.position === 0) onStart();
        return source.read(into, options);
      },
    };
  return {
    ...source,
    slice(from, to) {
      if (from === 0) onStart();
      return source.slice(from, to);
    },
  };
}

test("a line that is not selected can change", async () => {
  const texts = await both(async (api) => {
    const { source, change } = changeable.bytes(input);
    const found = await api.reconcile({ input: source, error: file(unanswered("request-3")) });
    change(changes["a letter"]);
    return textOf(found.retry({ verdicts: ["failed"] }));
  });
  assert.equal(texts, `${requests[3]}\r\n`);
});

test("a batch of lines with a changed line is not returned", async () => {
  const answer = await both(async (api) => {
    const { source, change } = changeable.bytes(input);
    const { shards } = await api.splitInput(source, { limits: { requests: 2 } });
    change(changes["a letter"]);
    const first = await shards[0]
      .stream()
      .getReader()
      .read()
      .catch((error) => error.code);
    return [first, await textOf(shards[1].stream())];
  });
  assert.deepEqual(answer, ["unreadable_source", `${requests[2]}\n${requests[3]}\r\n`]);
});

test("a long file is compared batch by batch", async () => {
  const long = file(
    ...Array.from({ length: 60 }, (_, index) => request(`r-${index}`, { model: "m", input: "x".repeat(40_000) })),
  );
  const answer = await both(async (api) => {
    const { source, change } = changeable.bytes(long);
    const { shards } = await api.splitInput(source);
    assert.equal(await textOf(shards[0].stream()), long);
    change(`${long.slice(0, -10)}X${long.slice(-9)}`);
    return textOf(shards[0].stream()).catch((error) => error.message);
  });
  assert.match(answer, /has changed/);
});

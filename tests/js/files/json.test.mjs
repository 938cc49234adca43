// The reader of lines as it is shipped: the same lines are JSON for it as for JSON.parse, and a file says the same
// wherever its pieces are cut.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { both, checkInput } from "../both.mjs";
import { anyCharacter } from "../characters.mjs";
import { bytesOf } from "./sources.mjs";
import { request, result, textOf, unanswered } from "./support.mjs";

const newline = 0x0a;
const inOneLine = (bytes) => bytes.map((byte) => (byte === newline ? 0x20 : byte));

const folder = new URL("../../fixtures/json/", import.meta.url);

/**
 * Cases as one line each: `y_` ones have newlines between values only, where a space is as good; blank ones are no line
 * that is wrong.
 */
const cases = readdirSync(folder)
  .filter((name) => /^[yn]_.*\.json$/.test(name) && !["n_empty.json", "n_only_space.json"].includes(name))
  .map((name) => {
    const bytes = readFileSync(new URL(name, folder));
    return { name, line: name.startsWith("y_") ? inOneLine(bytes) : bytes };
  });

test("the cases of RFC 8259", async () => {
  assert.ok(cases.length > 200);
  // Behind a request, as a file that begins with "[" is told to be an array, whatever follows.
  const before = bytesOf(`${request("a")}\n`);
  for (const { name, line } of cases) {
    const { counts } = await checkInput(Buffer.concat([before, line]));
    assert.equal(
      counts.some(({ code }) => code === "invalid_json_line"),
      name.startsWith("n_"),
      `${name}: ${JSON.stringify(counts)}`,
    );
  }
});

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Whether a line is blank or JSON in UTF-8. */
function isGood(line) {
  try {
    const text = decoder.decode(line);
    if (!/^[ \t\r]*$/.test(text)) JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const token = fc.constantFrom(
  ...'{}[]:,"\\/-+.0 1eEutx\t\r\0\u007f',
  ...[
    "{}",
    "[]",
    '"a"',
    '"a":1',
    "true",
    "null",
    "nul",
    "NaN",
    "-0",
    "01",
    "1.",
    "1.5e-3",
    "1e999",
    "\\u00e9",
    "\\ud83d",
    "\\u12g4",
    '\\"',
    "é",
    "漢",
    "😀",
  ],
  ...["\u2028", "\ufeff", "\\\\".repeat(9), " ".repeat(17), "y".repeat(33)],
);
const own = fc.constantFrom(
  ...["a", "é"].flatMap((id) => [
    request(id),
    result(id),
    unanswered(id),
    result(id, { error: { message: "no 1" } }, 400),
  ]),
);
const json = fc.oneof(
  own,
  fc.json({ maxDepth: 4, stringUnit: anyCharacter }),
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value, null, "\t")),
);
const mutation = fc.record({
  at: fc.nat(),
  takes: fc.nat(2),
  puts: fc.oneof(token.map(bytesOf), fc.uint8Array({ maxLength: 2 })),
});
const mutated = fc.tuple(json.map(bytesOf), fc.array(mutation, { maxLength: 3 })).map(([bytes, mutations]) =>
  mutations.reduce((line, { at, takes, puts }) => {
    const place = at % (line.length + 1);
    return Uint8Array.of(...line.subarray(0, place), ...puts, ...line.subarray(place + takes));
  }, bytes),
);

/**
 * A line: JSON with up to three places spoilt, or tokens in any order. None is nested deeper than 512 levels: there, as
 * far as is known, is the only difference to JSON.parse.
 */
const line = fc
  .oneof(
    { weight: 4, arbitrary: mutated },
    fc.array(token, { maxLength: 24 }).map((tokens) => bytesOf(tokens.join(""))),
  )
  .map(inOneLine);
const files = (maxLength) => fc.array(line, { minLength: 1, maxLength, size: "max" });
const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 300 })), {
  minLength: 1,
  maxLength: 9,
});

const linesOf = (lines) => Buffer.concat(lines.flatMap((line) => [line, Uint8Array.of(newline)]));

/** A file in pieces of these sizes, over and over. */
async function* cut(bytes, sizes) {
  for (let at = 0, piece = 0; at < bytes.length; piece++) {
    const end = at + sizes[piece % sizes.length];
    yield bytes.slice(at, end);
    at = end;
  }
}

test("spoilt lines beside JSON.parse", async () => {
  const seen = { good: 0, bad: 0 };
  await fc.assert(
    fc.asyncProperty(files(120), sizes, async (lines, sizes) => {
      // A split looks at each line by itself; before them a request, as a byte order mark may begin a file.
      const bytes = linesOf([bytesOf(request("first")), ...lines]);
      const manifest = await both(async (api) => (await api.splitInput(cut(bytes, sizes))).manifest);
      const bad = manifest.leftOut.filter(({ code }) => code === "invalid_json_line");
      const told = lines.map((_, at) => !bad.some(({ line, until }) => line <= at + 2 && at + 2 <= until));
      const good = lines.map(isGood);
      assert.deepEqual(told, good);
      for (const is of good) seen[is ? "good" : "bad"]++;
    }),
    // Some 3,000 lines, each of them a case of its own.
    { numRuns: 50 },
  );
  assert.ok(Math.min(seen.good, seen.bad) > 500, JSON.stringify(seen));
});

test("a file says the same whatever its pieces", async () => {
  const mended = async (api, source) => {
    const { stream, report } = api.fixInput(source);
    return [await textOf(stream), await report];
  };
  const reconciled = async (api, sources) => {
    const found = await api.reconcile(sources);
    return [JSON.stringify(found), [...found.verdicts()]];
  };
  const answers = (source) =>
    both(async (api) => ({
      check: await api.checkInput(source()),
      mended: await mended(api, source()),
      split: (await api.splitInput(source(), { requests: 3 })).manifest,
      digest: await api.digestResults(source()),
      reconciled: await reconciled(api, { input: source(), output: source() }),
    }));
  await fc.assert(
    fc.asyncProperty(files(20), sizes, fc.boolean(), async (lines, sizes, isEnded) => {
      const bytes = linesOf(lines).subarray(0, isEnded ? undefined : -1);
      assert.deepEqual(await answers(() => cut(bytes, sizes)), await answers(() => bytes));
    }),
    // Each case is some 10 lines, read 12 times by either entry.
    { numRuns: 15 },
  );
});

// The parser of lines, as it is shipped: it accepts the same lines as JSON.parse, and the results do not depend on how
// a file is divided into chunks.
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
 * The cases, each on one line: `y_` cases have line breaks only between values, where a space means the same. Blank
 * lines are valid, so the blank cases are left out.
 */
const cases = readdirSync(folder)
  .filter((name) => /^[yn]_.*\.json$/.test(name) && !["n_empty.json", "n_only_space.json"].includes(name))
  .map((name) => {
    const bytes = readFileSync(new URL(name, folder));
    return { name, line: name.startsWith("y_") ? inOneLine(bytes) : bytes };
  });

test("accepts and rejects the cases of RFC 8259", async () => {
  assert.ok(cases.length > 200);
  // After a request, because a file that begins with "[" is reported as an array.
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

/** Whether a line is blank or valid JSON in UTF-8. */
function isValid(line) {
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
 * A line: JSON with up to three mutations, or tokens in any order. None is nested deeper than 512 levels, because only
 * there the parser differs from JSON.parse.
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

/** A file in chunks of these sizes, repeated. */
async function* cut(bytes, sizes) {
  for (let at = 0, chunk = 0; at < bytes.length; chunk++) {
    const end = at + sizes[chunk % sizes.length];
    yield bytes.slice(at, end);
    at = end;
  }
}

test("accepts the same mutated lines as JSON.parse", async () => {
  const seen = { valid: 0, invalid: 0 };
  await fc.assert(
    fc.asyncProperty(files(120), sizes, async (lines, sizes) => {
      // splitInput parses each line alone. The first is a request: a byte order mark is valid there.
      const bytes = linesOf([bytesOf(request("first")), ...lines]);
      const manifest = await both(async (api) => (await api.splitInput(cut(bytes, sizes))).manifest);
      const invalid = manifest.skipped.filter(({ code }) => code === "invalid_json_line");
      const found = lines.map((_, at) => !invalid.some(({ line, until }) => line <= at + 2 && at + 2 <= until));
      const expected = lines.map(isValid);
      assert.deepEqual(found, expected);
      for (const valid of expected) seen[valid ? "valid" : "invalid"]++;
    }),
    // About 3,000 lines.
    { numRuns: 50 },
  );
  assert.ok(Math.min(seen.valid, seen.invalid) > 500, JSON.stringify(seen));
});

test("the results do not depend on the chunks", async () => {
  const fixed = async (api, source) => {
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
      fixed: await fixed(api, source()),
      split: (await api.splitInput(source(), { limits: { requests: 3 } })).manifest,
      digest: await api.digestResults(source()),
      reconciled: await reconciled(api, { input: source(), output: source() }),
    }));
  await fc.assert(
    fc.asyncProperty(files(20), sizes, fc.boolean(), async (lines, sizes, isEnded) => {
      const bytes = linesOf(lines).subarray(0, isEnded ? undefined : -1);
      assert.deepEqual(await answers(() => cut(bytes, sizes)), await answers(() => bytes));
    }),
    // Each case has about 10 lines, which each entry reads 12 times.
    { numRuns: 15 },
  );
});

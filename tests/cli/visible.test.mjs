// Whatever is in arguments and files: a terminal gets nothing that moves its cursor, sets its title, turns the
// direction of text or cannot be seen, and programs get the very same values.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { at } from "../../scripts/say.mjs";
import { batchlight, file, ownModule, place, request } from "./support.mjs";

const nasty = "\x1b]0;owned\x07\x1b[2J\x7f\u009b31m\u202Egpj\u2066\u200F\u2028\u{E0041}";

/** Asserts that a text holds nothing but characters that are seen, spaces and line breaks. */
const assertVisible = (text) => assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);

test("a file that is called like an option with escape sequences reaches no terminal as it is", async () => {
  const name = file("--\x1b]0;X\x07.jsonl", [request("a")]);
  const { code, out, err } = await batchlight(["check", name]);
  assert.deepEqual([code, out], [2, ""]);
  assert.match(err, /^batchlight: unknown option '--␛\]0;X␇\.jsonl'\n/);
  assertVisible(err);
  const checked = await batchlight(["check", "--", name]);
  assert.match(checked.out, /^--␛\]0;X␇\.jsonl: no problems found\n/);
  assertVisible(checked.out);
});

test("wrong usage shows what was typed, and nothing of it acts", async () => {
  file("one.jsonl", [request("a")]);
  const cases = [
    [nasty],
    ["help", nasty],
    ["check", `--${nasty}`],
    ["check", "--keep", nasty, "one.jsonl"],
    ["check", "--max-bytes", nasty, "one.jsonl"],
    ["check", "--profile", nasty, "one.jsonl"],
    ["check", "--endpoint", nasty, "one.jsonl"],
    ["check", nasty],
    ["check", "one.jsonl", "--json", `${nasty}=x`],
    ["fix", "one.jsonl", nasty],
    ["fix", "one.jsonl", "-o", `${nasty}/${nasty}`],
    ["split", "one.jsonl", "--name", `${nasty}/`],
    ["split", "one.jsonl", "-o", "/dev/null/in"],
    ["digest", nasty],
    ["reconcile", "--input", nasty, "--output", nasty],
    ["reconcile", "--input", "one.jsonl", "--output", "one.jsonl", "--batch", nasty],
    ["retry", "--input", "one.jsonl", "--output", "one.jsonl", "--only", nasty],
    ["mock", "--speed", nasty],
    ["mock", "--data", `/dev/null/${nasty}`],
    ["board", "--port", nasty],
    ["board", "--port", "0", "--host", nasty],
  ];
  for (const args of cases) {
    const { out, err } = await batchlight(args, { env: { OPENAI_API_KEY: "" } });
    assertVisible(out + err);
    assert.match(out + err, /\S/);
    assert.doesNotMatch(err, /internal error/, args.join(" "));
  }
});

test("a line break in an argument begins no line of its own", async () => {
  for (const args of [["x\nbatchlight: all is fine"], ["check", "x\nbatchlight: all is fine"]]) {
    const { err } = await batchlight(args);
    assert.match(err, /^batchlight: .*x␊batchlight: all is fine/);
    assert.doesNotMatch(err, /^batchlight: all is fine/m);
  }
});

test("a --batch file that holds no object is told, and what it holds is not printed raw", async () => {
  file("one.jsonl", [request("a")]);
  const files = ["--input", "one.jsonl", "--output", "one.jsonl"];
  for (const [value, found] of [
    [nasty, "a string"],
    [1, "a number"],
    [null, "null"],
    [[], "an array"],
  ]) {
    file("batch.json", JSON.stringify(value));
    const { code, out, err } = await batchlight(["reconcile", ...files, "--batch", "batch.json"]);
    assert.deepEqual([code, out, err], [2, "", `batchlight: batch.json: expected a Batch object, found ${found}\n`]);
  }
  file("batch.json", `"${nasty}`);
  const { err } = await batchlight(["reconcile", ...files, "--batch", "batch.json"]);
  assert.match(err, /^batchlight: batch\.json: invalid JSON: /);
  assertVisible(err);
});

/** A file of requests and one of results in which every string is nasty. */
const nastyFiles = () => {
  file("in.jsonl", [request(nasty, { body: { model: nasty, messages: [{ role: "user", content: nasty }] } })]);
  const error = { code: nasty, message: nasty, type: nasty };
  file("out.jsonl", [
    { id: nasty, custom_id: nasty, response: { status_code: 500, body: { error } }, error: null },
    { id: nasty, custom_id: `${nasty}!`, response: null, error },
  ]);
};

test("JSON holds control and direction characters as escapes, and the same values", async () => {
  nastyFiles();
  const batch = ["--input", "in.jsonl", "--error", "out.jsonl"];
  const texts = [];
  for (const args of [
    ["check", "--json", "in.jsonl", "out.jsonl"],
    ["digest", "--json", "out.jsonl"],
    ["reconcile", "--json", ...batch],
    ["reconcile", "--verdicts", "-", ...batch],
    ["split", "--json", "in.jsonl"],
    ["fix", "--json", "in.jsonl", "-o", "fixed.jsonl", "--force"],
  ])
    texts.push((await batchlight(args)).out);
  await batchlight(["split", "in.jsonl", "-o", "shards"]);
  texts.push(readFileSync(join(place, "shards", "manifest.json"), "utf8"));
  for (const text of texts) {
    assertVisible(text);
    assert.doesNotMatch(text, /␛|<U\+/, "values are escaped, not replaced");
  }
  assert.ok(texts.some((text) => JSON.stringify(text.trim().split("\n").map(parsed)).includes(JSON.stringify(nasty))));
});

const parsed = (line) => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

test("what is printed for people is visible whatever the files hold, with colours and without", async () => {
  nastyFiles();
  for (const colour of ["--no-color", "--color"])
    for (const args of [
      ["check", "in.jsonl", "out.jsonl"],
      ["digest", "out.jsonl"],
      ["reconcile", "--input", "in.jsonl", "--error", "out.jsonl"],
      ["split", "in.jsonl"],
    ]) {
      const { out, err } = await batchlight([...args, colour]);
      const text = out + err;
      // Colours are all that is left, and there are none but ours.
      assertVisible(text.replaceAll(/\x1b\[(?:1|2|22|3[1-46]|39)m/g, ""));
      assert.equal(text.includes("\x1b"), colour === "--color");
    }
});

test("any string comes out of JSON as it went in, and shows as it is on a terminal", async () => {
  const { jsonOf } = await ownModule("json.ts");
  const { visible } = await ownModule("terminal-text.ts");
  const text = fc.string({ unit: fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: "binary", maxLength: 1 })) });
  fc.assert(
    fc.property(fc.dictionary(text, text), fc.constantFrom(undefined, 1), (value, indent) => {
      const json = jsonOf(value, indent);
      assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
      assert.deepEqual(json.split("\n").map(visible).join("\n"), json);
      assertVisible(json);
    }),
    { numRuns: 1000 },
  );
});

test("nobody's data can pass for our own colours", async () => {
  const { createPaint, renderLine, stripColors } = await ownModule("colors.ts");
  const paint = createPaint({ option: true, isTerminal: true, env: {} });
  const line = paint(`a\x1b[31mb`, "bold", "red");
  assert.equal(renderLine(line), "\x1b[31m\x1b[1ma␛[31mb\x1b[22m\x1b[39m");
  assert.equal(stripColors(line), "a\x1b[31mb");
});

test("nothing but the screen writes to the streams of the process", () => {
  const folder = at("pkg", "src", "cli");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const writing = names.filter((name) =>
    /\b(?:stdout|stderr)\.write\b|\bconsole\./.test(readFileSync(join(folder, name), "utf8")),
  );
  assert.deepEqual(writing, []);
});

test("a width that no terminal has does not end the process", async () => {
  file("one.jsonl", ["{oops"]);
  const [usual, ...others] = await Promise.all(
    ["100", "1e9", "1000000000", "99999999999999999999", "-5", "0", "NaN", "", "1", "0.5"].map((COLUMNS) =>
      batchlight(["check", "one.jsonl"], { env: { COLUMNS } }),
    ),
  );
  for (const { code, out, err } of others) assert.deepEqual([code, err, out], [1, "", usual.out]);
});

test("a reader that goes at once ends the help quietly", { skip: process.platform === "win32" }, async () => {
  const { spawn } = await import("node:child_process");
  const { program } = await import("./support.mjs");
  const { NODE_OPTIONS, ...env } = process.env;
  const args = ["-c", 'exec 3>&1; { "$0" "$1" --help; echo "ended with $?" >&3; } | true', process.execPath, program];
  const child = spawn("sh", args, { env });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
  await new Promise((resolve) => child.on("close", resolve));
  assert.equal(text, "ended with 0\n");
});

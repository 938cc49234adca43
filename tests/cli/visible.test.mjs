// Unsafe characters in arguments and files: the terminal receives none, and JSON output keeps the values.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { at } from "../../scripts/process.mjs";
import { batchlight, file, ownModule, place, request } from "./support.mjs";

const nasty = "\x1b]0;owned\x07\x1b[2J\x7f\u009b31m\u202Egpj\u2066\u200F\u2028\u{E0041}";

/** Asserts that a text contains only visible characters, spaces and line breaks. */
const assertVisible = (text) => assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);

test("escape sequences in a file name do not reach the terminal", async () => {
  const name = file("--\x1b]0;X\x07.jsonl", [request("a")]);
  const { code, out, err } = await batchlight(["check", name]);
  assert.deepEqual([code, out], [2, ""]);
  assert.match(err, /^batchlight: unknown option '--␛\]0;X␇\.jsonl'\n/);
  assertVisible(err);
  const checked = await batchlight(["check", "--", name]);
  assert.match(checked.out, /^--␛\]0;X␇\.jsonl: no problems found\n/);
  assertVisible(checked.out);
});

test("errors about invalid usage contain no unsafe characters", async () => {
  file("one.jsonl", [request("a")]);
  const cases = [
    [nasty],
    ["help", nasty],
    ["check", `--${nasty}`],
    ["check", "--max-issues", nasty, "one.jsonl"],
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

test("a line break in an argument does not start a new line", async () => {
  for (const args of [["x\nbatchlight: all is fine"], ["check", "x\nbatchlight: all is fine"]]) {
    const { err } = await batchlight(args);
    assert.match(err, /^batchlight: .*x␊batchlight: all is fine/);
    assert.doesNotMatch(err, /^batchlight: all is fine/m);
  }
});

test("a --batch file without an object is reported without printing its content", async () => {
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

/** Writes an input file and a result file in which every string contains unsafe characters. */
const nastyFiles = () => {
  file("in.jsonl", [request(nasty, { body: { model: nasty, messages: [{ role: "user", content: nasty }] } })]);
  const error = { code: nasty, message: nasty, type: nasty };
  file("out.jsonl", [
    { id: nasty, custom_id: nasty, response: { status_code: 500, body: { error } }, error: null },
    { id: nasty, custom_id: `${nasty}!`, response: null, error },
  ]);
};

test("JSON output escapes control and direction characters and keeps the values", async () => {
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

test("text output contains only visible characters, with and without colors", async () => {
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
      // Only the command's own color codes remain.
      assertVisible(text.replaceAll(/\x1b\[(?:1|2|22|3[1-46]|39)m/g, ""));
      assert.equal(text.includes("\x1b"), colour === "--color");
    }
});

test("any string survives JSON output and is visible on a terminal", async () => {
  const { jsonOf } = await ownModule("terminal/json.ts");
  const { visible } = await ownModule("terminal/terminal-text.ts");
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

test("escape sequences in data are not treated as colors", async () => {
  const { createPaint, renderLine, stripColors } = await ownModule("terminal/colors.ts");
  const paint = createPaint({ option: true, isTerminal: true, env: {} });
  const line = paint(`a\x1b[31mb`, "bold", "red");
  assert.equal(renderLine(line), "\x1b[31m\x1b[1ma␛[31mb\x1b[22m\x1b[39m");
  assert.equal(stripColors(line), "a\x1b[31mb");
});

test("only one module writes to standard output and standard error", () => {
  const folder = at("pkg", "src", "cli");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const writing = names.filter((name) =>
    /\b(?:stdout|stderr)\.write\b|\bconsole\./.test(
      // The examples in comments may write.
      readFileSync(join(folder, name), "utf8").replaceAll(/\/\*\*[\s\S]*?\*\//g, ""),
    ),
  );
  assert.deepEqual(writing, []);
});

test("an unrealistic terminal width does not end the process", async () => {
  file("one.jsonl", ["{oops"]);
  const [usual, ...others] = await Promise.all(
    ["100", "1e9", "1000000000", "99999999999999999999", "-5", "0", "NaN", "", "1", "0.5"].map((COLUMNS) =>
      batchlight(["check", "one.jsonl"], { env: { COLUMNS } }),
    ),
  );
  for (const { code, out, err } of others) assert.deepEqual([code, err, out], [1, "", usual.out]);
});

test("a closed pipe ends the help without an error message", { skip: process.platform === "win32" }, async () => {
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

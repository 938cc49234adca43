// `batchlight check` with valid and invalid files.
import assert from "node:assert/strict";
import { openSync, closeSync, chmodSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { batchlight, file, place, request, start } from "./support.mjs";

const good = [request("a"), request("b")];

before(() => {
  file("good.jsonl", good);
  file("broken.jsonl", [request("a"), "{nonsense", request("a"), request("b", { method: "GET" })]);
  // The valid range depends on the model, so this is a warning.
  file("doubtful.jsonl", [
    request("a", { body: { model: "gpt-5.4-mini", messages: [{ role: "user", content: "x" }], temperature: 9 } }),
  ]);
});

test("a valid file is reported with a summary of its content", async () => {
  const { code, out, err } = await batchlight(["check", "good.jsonl"]);
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /^good\.jsonl: no problems found\n/);
  for (const part of ["2 requests in 2 lines", "/v1/chat/completions", "gpt-5.4-mini", "tokens"])
    assert.ok(out.includes(part), part);
});

test("issues are printed with location, message, help and the marked line", async () => {
  const { code, out, err } = await batchlight(["check", "broken.jsonl"]);
  assert.deepEqual([code, err], [1, ""]);
  assert.match(
    out,
    /^broken\.jsonl:2:2: error\[invalid_json_line\]: expected .*\n  2 \| \{nonsense\n    \|  \^+\n    = help: /m,
  );
  const duplicate = [
    /^broken\.jsonl:3:\d+: error\[duplicate_custom_id\]: .*/,
    /  3 \| .*/,
    /    \| +\^+/,
    /    = help: .*/,
    /    = note: first used at broken\.jsonl:1:\d+$/,
  ];
  assert.match(out, new RegExp(duplicate.map(({ source }) => source).join("\n"), "m"));
  assert.match(out, /^broken\.jsonl: \d+ errors\b/m);
  assert.match(out, /^  error +invalid_json_line +1$/m);
});

test("--json prints one report per line and nothing else", async () => {
  const { code, out, err } = await batchlight(["check", "--json", "good.jsonl", "broken.jsonl"]);
  assert.deepEqual([code, err], [1, ""]);
  const [first, second] = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual([first.file, first.ok, first.requests, first.issues], ["good.jsonl", true, 2, []]);
  assert.deepEqual([second.file, second.ok], ["broken.jsonl", false]);
  assert.ok(second.issues.some(({ code: own, line }) => own === "invalid_json_line" && line === 2));
});

test("warnings affect the exit code only with --strict", async () => {
  const { code, out } = await batchlight(["check", "doubtful.jsonl"]);
  assert.match(out, /warning\[\w+\]/);
  assert.equal(code, 0);
  assert.equal((await batchlight(["check", "--strict", "doubtful.jsonl"])).code, 1);
  assert.equal((await batchlight(["check", "--strict", "good.jsonl"])).code, 0);
});

test("a missing file does not prevent the check of the others", async () => {
  const { code, out, err } = await batchlight(["check", "nowhere.jsonl", "good.jsonl"]);
  assert.deepEqual([code, err], [2, "batchlight: nowhere.jsonl: no such file\n"]);
  assert.match(out, /^good\.jsonl: no problems found/);
});

test("a file without read permission is reported", {
  skip: process.getuid?.() === 0 || process.platform === "win32",
}, async () => {
  chmodSync(join(place, file("secret.jsonl", good)), 0);
  const { code, err } = await batchlight(["check", "secret.jsonl"]);
  assert.deepEqual([code, err], [2, "batchlight: secret.jsonl: permission denied\n"]);
});

test("a read error is reported", { skip: process.platform !== "linux" }, async () => {
  const { code, out, err } = await batchlight(["check", "/proc/self/mem"]);
  assert.deepEqual([code, out], [2, ""]);
  assert.match(err, /^batchlight: \/proc\/self\/mem: .*could not be read: EIO.*\n$/);
});

test("an empty file is an issue", async () => {
  file("empty.jsonl", "");
  const { code, out } = await batchlight(["check", "empty.jsonl"]);
  assert.equal(code, 1);
  assert.match(out, /^empty\.jsonl:1:1: error\[empty_file\]: /);
});

test("standard input is checked with excerpts, from a pipe and from a file", async () => {
  const text = `${JSON.stringify(request("a"))}\n{nonsense\n`;
  const { code, out } = await batchlight(["check", "-"], { stdin: text });
  assert.equal(code, 1);
  assert.match(out, /^<stdin>:2:2: error\[invalid_json_line\].*\n  2 \| \{nonsense\n    \|  \^/);
  const from = openSync(join(place, file("piped.jsonl", text)), "r");
  const child = start(["check"].concat("-"), { stdio: [from, "pipe", "pipe"] });
  let redirected = "";
  for await (const chunk of child.stdout) redirected += chunk;
  closeSync(from);
  assert.equal(redirected, out);
});

test("options are passed to the check", async () => {
  assert.match((await batchlight(["check", "--endpoint", "/v1/embeddings", "good.jsonl"])).out, /error\[invalid_url\]/);
  assert.match((await batchlight(["check", "--max-requests", "1", "good.jsonl"])).out, /^good\.jsonl:.*error\[/m);
  assert.match((await batchlight(["check", "--max-bytes", "10", "good.jsonl"])).out, /^good\.jsonl:.*error\[/m);
  const { code, err } = await batchlight(["check", "--profile", "nobody", "good.jsonl"]);
  assert.equal(code, 2);
  assert.match(err, /^batchlight: expected profile to be one of .*openai.*, found "nobody"\n$/);
});

test("the first issues per code are shown and all are counted", async () => {
  file(
    "many.jsonl",
    Array.from({ length: 1500 }, () => "{oops"),
  );
  const { out } = await batchlight(["check", "--max-issues", "3", "many.jsonl"]);
  assert.equal(out.match(/^many\.jsonl:\d+:\d+: error/gm).length, 3);
  assert.match(out, /^  error +invalid_json_line +1,500 +1,497 not shown$/m);
  assert.equal((await batchlight(["check", "--max-issues", "0", "many.jsonl"])).out.match(/^many\.jsonl:\d/gm), null);
});

test("control and direction characters of a file do not reach the terminal", async () => {
  const nasty = "\x1b[2J\x1b]0;owned\x07 \u202Egpj.exe\u202C \u200B";
  file("nasty.jsonl", [
    request("a", { method: nasty, url: nasty }),
    `{"custom_id": "${nasty}`,
    Buffer.from([0x7b, 0xff, 0xfe]).toString("latin1"),
  ]);
  const { out } = await batchlight(["check", "nasty.jsonl"]);
  assert.doesNotMatch(out.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
  assert.match(out, /<U\+202E>/);
  assert.match(out, /␛\[2J/);
});

test("the caret is aligned after wide and combining characters", async () => {
  // These characters have other widths in cells than in UTF-16 code units.
  file("wide.jsonl", ['{"日本語": "テスト 👩‍👩‍👧 e\u0301", x}']);
  const { out } = await batchlight(["check", "wide.jsonl"]);
  const [, line, mark] = /^  1 \| (.*)\n    \| ( *\^)/m.exec(out);
  // Counted by hand: {" 2, 日本語 6, ": " 4, テスト 6, space 1, the family 2, space 1, é 1, ", 2, space 1.
  assert.equal(mark.length, 2 + 6 + 4 + 6 + 1 + 2 + 1 + 1 + 2 + 1 + 1, line);
});

test("a line wider than the terminal is clipped around the issue", async () => {
  file("long.jsonl", [`{"custom_id": "${"x".repeat(5000)}", oops, "y": "${"z".repeat(5000)}"}`]);
  for (const columns of [60, 100]) {
    const { out } = await batchlight(["check", "long.jsonl"], { env: { COLUMNS: String(columns) } });
    const [, line, mark] = /^(  1 \| .*)\n(    \| +\^+)$/m.exec(out);
    assert.ok(line.length <= columns && line.length > columns - 10, `${line.length} of ${columns}`);
    assert.equal(line[mark.indexOf("^")], "o");
    assert.ok(line.includes("…") && line.endsWith("…"));
  }
});

test("colors are used on terminals and on request", async () => {
  const coloured = async (args, env) =>
    (await batchlight(["check", ...args, "broken.jsonl"], { env })).out.includes("\x1b[");
  assert.deepEqual(
    await Promise.all([
      coloured([], {}),
      coloured([], { NO_COLOR: "1" }),
      coloured([], { FORCE_COLOR: "1" }),
      coloured([], { FORCE_COLOR: "0" }),
      coloured(["--color"], { NO_COLOR: "1" }),
      coloured(["--no-color"], { FORCE_COLOR: "1" }),
    ]),
    [false, false, true, false, true, false],
  );
});

test("a closed pipe ends the command without an error message", async () => {
  file(
    "much.jsonl",
    Array.from({ length: 60_000 }, () => `{${"x".repeat(80)}`),
  );
  const child = start(["check", "--max-issues", "60000", "much.jsonl"]);
  let err = "";
  child.stderr.on("data", (chunk) => (err += chunk));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.stdout.destroy();
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.deepEqual([code, err], [1, ""]);
});

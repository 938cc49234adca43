// Help, version, and errors for invalid usage.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { manifest, project } from "../package/support.mjs";
import { batchlight, file, ownModule, program } from "./support.mjs";

const files = ["check", "fix", "split", "digest", "reconcile", "retry", "merge"];
const commands = [...files, "run", "status", "resume", "download", "cancel", "mock", "board"];

test("npm links the command, and --version prints the package's version", async () => {
  const linked = join(project, "node_modules", ".bin", process.platform === "win32" ? "batchlight.cmd" : "batchlight");
  const { stdout } = await promisify(execFile)(linked, ["--version"], {
    shell: process.platform === "win32",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  assert.equal(stdout, `${manifest.version}\n`);
});

test("the package needs no other package, and bundled libraries have their licenses", () => {
  assert.deepEqual([manifest.dependencies, manifest.optionalDependencies], [undefined, undefined]);
  for (const name of Object.keys(manifest.peerDependencies))
    assert.equal(manifest.peerDependenciesMeta[name].optional, true);
  const text = readFileSync(program, "utf8");
  for (const name of ["commander", "get-east-asian-width"])
    assert.match(text, new RegExp(`^${name} [\\d.]+, MIT:`, "m"));
  assert.match(text, /Copyright \(c\) 2011 TJ Holowaychuk/);
  assert.equal(text.match(/Permission is hereby granted/g).length, 2);
});

test("help lists every command and the exit codes", async () => {
  const { code, out, err } = await batchlight(["--help"]);
  assert.deepEqual([code, err], [0, ""]);
  for (const name of commands) assert.match(out, new RegExp(`^  ${name} `, "m"));
  assert.match(out, /Exit codes:\n  0 .*\n  1 .*\n  2 /);
});

for (const name of commands) {
  test(`the help of ${name} has examples with existing options`, async () => {
    const { code, out, err } = await batchlight([name, "--help"]);
    assert.deepEqual([code, err], [0, ""]);
    assert.ok(
      out.split("\n").every((line) => line.length <= 120),
      "no line is wider than a terminal likes",
    );
    const [usage, shown] = out.split("\nExamples:\n");
    const lines = shown.split("\n").filter((line) => line.startsWith("  $ "));
    assert.ok(lines.length >= 1);
    for (const [option] of lines.join("\n").matchAll(/(?<= )--?[a-z][\w-]*/g)) {
      if (option === "-l") continue; // An option of `wc`.
      assert.match(usage, new RegExp(`(^|[ ,])${option}\\b`, "m"), option);
    }
    assert.equal((await batchlight(["help", name])).out, out);
  });
}

test("invalid usage is reported on standard error", async () => {
  /** @type {[string[], RegExp][]} */
  const cases = [
    [[], /^Usage: batchlight/],
    [["chek"], /^batchlight: unknown command 'chek'\n\(Did you mean check\?\)/],
    [["check"], /^batchlight: missing required argument 'file'/],
    [["check", "--max-isues", "1", "x"], /^batchlight: unknown option '--max-isues'\n\(Did you mean --max-issues\?\)/],
    [["check", "--max-issues", "some", "x"], /expected a whole number of at least 0$/m],
    [["check", "--max-bytes", "2 elephants", "x"], /expected a size in bytes/],
    [["fix", "a", "b"], /too many arguments/],
    [["reconcile", "--output", "x"], /required option '--input <file\.\.\.>'/],
  ];
  for (const [args, message] of cases) {
    const { code, out, err } = await batchlight(args);
    assert.deepEqual([code, out], [2, ""], args.join(" "));
    assert.match(err, message);
  }
});

test("unreadable input is reported on one line", async () => {
  file("some.jsonl", "{}\n");
  /** @type {[string[], string][]} */
  const cases = [
    [["check", "nowhere.jsonl"], "batchlight: nowhere.jsonl: no such file\n"],
    [["check", "."], "batchlight: .: is a directory\n"],
    [["check", "some.jsonl/deeper"], "batchlight: some.jsonl/deeper: a part of the path is not a directory\n"],
    [["digest", "nowhere.jsonl"], "batchlight: nowhere.jsonl: no such file\n"],
    [["fix", "nowhere.jsonl"], "batchlight: nowhere.jsonl: no such file\n"],
    [["split", "nowhere.jsonl"], "batchlight: nowhere.jsonl: no such file\n"],
    [["reconcile", "--input", "some.jsonl", "--output", "nowhere.jsonl"], "batchlight: nowhere.jsonl: no such file\n"],
    [
      ["reconcile", "--input", "some.jsonl", "--output", "some.jsonl", "--batch", "nowhere.json"],
      "batchlight: nowhere.json: no such file\n",
    ],
    [["reconcile", "--input", "some.jsonl"], "batchlight: no result files; use --output and --error\n"],
    [["reconcile", "--input", "-", "--output", "-"], "batchlight: standard input can be read only once; use - once\n"],
    [["check", "-"], "batchlight: standard input is empty\n"],
    [["digest", "-"], "batchlight: standard input is empty\n"],
    [["fix", "some.jsonl", "--json"], "batchlight: --json and the file both use standard output; use -o FILE\n"],
    [["check", "no\x1b[31mwhere"], "batchlight: no␛[31mwhere: no such file\n"],
  ];
  for (const [args, err] of cases)
    assert.deepEqual(await batchlight(args), { code: 2, signal: null, out: "", err }, args.join(" "));
});

test("a --batch file with invalid JSON is reported", async () => {
  file("batch.json", "{");
  const { code, err } = await batchlight([
    "reconcile",
    "--input",
    "some.jsonl",
    "--output",
    "some.jsonl",
    "--batch",
    "batch.json",
  ]);
  assert.equal(code, 2);
  assert.match(err, /^batchlight: batch\.json: invalid JSON: .*\n$/);
});

test("sizes are parsed in all common formats", async () => {
  const { byteCount, wholeNumber } = await ownModule("options.ts");
  const sizes = {
    209715200: 209715200,
    "209,715,200": 209715200,
    "200MiB": 209715200,
    "200mi": 209715200,
    "100MB": 1e8,
    "1.5 GB": 15e8,
    "10k": 1e4,
    "2KiB": 2048,
  };
  for (const [text, size] of Object.entries(sizes)) assert.equal(byteCount(text), size, text);
  for (const text of ["", "MB", "-1", "1e3", "0", "1 PB", "0x10", "1.2.3"])
    assert.throws(() => byteCount(text), /expected a size in bytes/, text);
  assert.equal(wholeNumber(1)("50,000"), 50000);
  for (const text of ["", "0", "-1", "1.5", "1e3", "99999999999999999999"])
    assert.throws(() => wholeNumber(1)(text), /whole number of at least 1/, text);
});

test("numbers and sizes are formatted", async () => {
  const { formatBytes, formatEstimate, formatNumber, pluralize, pluralizeEstimate } =
    await ownModule("../common/format.ts");
  assert.deepEqual([0, 1, 1023, 1024, 1536, 1_048_524, 1_048_525, 209_715_200, 3 * 2 ** 30].map(formatBytes), [
    "0 bytes",
    "1 byte",
    "1,023 bytes",
    "1 KiB",
    "1.5 KiB",
    "1,023.9 KiB",
    "1 MiB",
    "200 MiB",
    "3 GiB",
  ]);
  assert.deepEqual(
    [formatNumber(50000), pluralize(1, "line"), pluralize(2, "line"), pluralize(2, "request has", "requests have")],
    ["50,000", "1 line", "2 lines", "2 requests have"],
  );
  assert.deepEqual([512.4, 9999, 12345, 1234567, 2.5e9].map(formatEstimate), [
    "512",
    "9,999",
    "12.3K",
    "1.23M",
    "2.5B",
  ]);
  assert.deepEqual(
    [0.6, 1, 1.5, 12345].map((value) => pluralizeEstimate(value, "token")),
    ["1 token", "1 token", "2 tokens", "12.3K tokens"],
  );
});

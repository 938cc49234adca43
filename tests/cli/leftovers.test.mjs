// Commands leave no partial files and write nothing outside the named folder.
import assert from "node:assert/strict";
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { batchlight, file, folder, request, start } from "./support.mjs";

const posix = { skip: process.platform === "win32" };
const line = `${JSON.stringify(request("a"))}\n`;

/**
 * Starts the command and waits until it has created its output file. The input exceeds the pipe's buffer, so it is
 * being read by then.
 */
async function begun(args, cwd) {
  const child = start(args, { cwd });
  child.stdin.on("error", () => undefined);
  const before = new Set(readdirSync(cwd));
  await new Promise((resolve) => child.stdin.write(line.repeat(10_000), resolve));
  while (readdirSync(cwd).every((name) => before.has(name))) await new Promise((wake) => setImmediate(wake));
  return child;
}

for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 })) {
  test(`${signal} removes the partial file`, posix, async () => {
    const cwd = folder();
    const child = await begun(["fix", "-", "-o", "fixed.jsonl"], cwd);
    assert.equal(readdirSync(cwd).length, 1);
    child.kill(/** @type {NodeJS.Signals} */ (signal));
    assert.deepEqual(await new Promise((resolve) => child.on("close", (...ending) => resolve(ending))), [code, null]);
    assert.deepEqual(readdirSync(cwd), []);
  });
}

test("SIGHUP stops the mock and unlocks its folder", posix, async () => {
  const data = folder();
  const child = start(["mock", "--port", "0", "--data", data]);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  assert.ok(existsSync(join(data, "lock")));
  child.kill("SIGHUP");
  assert.equal(await new Promise((resolve) => child.on("close", resolve)), 0);
  assert.ok(!existsSync(join(data, "lock")));
});

test("a symbolic link to a missing file is neither replaced nor followed", posix, async () => {
  const cwd = folder();
  const other = folder();
  symlinkSync(join(other, "target.jsonl"), join(cwd, "link.jsonl"));
  file("good.jsonl", line);
  for (const force of [[], ["--force"]]) {
    const { code, out, err } = await batchlight(["fix", "-", "-o", "link.jsonl", ...force], { cwd, stdin: line });
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /^batchlight: link\.jsonl: symbolic link to a missing file; remove the link /);
  }
  assert.ok(lstatSync(join(cwd, "link.jsonl")).isSymbolicLink());
  assert.deepEqual([readdirSync(cwd), readdirSync(other)], [["link.jsonl"], []]);
  // The same applies to the shards of a split.
  mkdirSync(join(cwd, "shards"));
  symlinkSync(join(other, "target.jsonl"), join(cwd, "shards", "manifest.json"));
  const args = ["split", "-", "-o", "shards", "--force"];
  assert.equal((await batchlight(args, { cwd, stdin: line })).code, 2);
  assert.deepEqual([readdirSync(join(cwd, "shards")), readdirSync(other)], [["manifest.json"], []]);
});

test("split --name cannot lead out of the folder", async () => {
  const cwd = folder();
  mkdirSync(join(cwd, "in"));
  for (const name of ["../../x", "../x", "/x", "a/b", "..\\x", "/", ".."]) {
    const args = ["split", "-", "-o", "in", "--name", name, "--force"];
    const { code, err } = await batchlight(args, { cwd, stdin: line });
    // Two dots followed by a number are a valid file name.
    assert.equal(code, name === ".." ? 0 : 2, err);
    if (code === 2) assert.match(err, /expected a file name prefix without \/ and \\/);
  }
  assert.deepEqual(readdirSync(cwd), ["in"]);
  assert.deepEqual(readdirSync(join(cwd, "in")).sort(), ["..-1.jsonl", "manifest.json"]);
  const { shards } = JSON.parse(readFileSync(join(cwd, "in", "manifest.json"), "utf8"));
  assert.deepEqual(
    shards.map(({ name }) => name),
    ["..-1.jsonl"],
  );
});

test("empty values from unset variables are rejected, and nothing is written", async () => {
  const cwd = folder();
  const cases = [
    ["check", ""],
    ["check", "-", ""],
    ["check", "-", "--endpoint", ""],
    ["fix", "-", "-o", ""],
    ["split", "-", "-o", ""],
    ["split", "-", "-o", "shards", "--name", ""],
    ["reconcile", "--input", "", "--output", "-"],
    ["reconcile", "--input", "-", "--output", ""],
    ["reconcile", "--input", "-", "--output", "-", "--batch", ""],
    ["reconcile", "--input", "-", "--output", "-", "--verdicts", ""],
    ["retry", "--input", "-", "--output", "/dev/null", "--only", ""],
    ["mock", "--port", "0", "--data", ""],
    ["board", "--port", "0", "--host", ""],
  ];
  for (const args of cases) {
    const { code, out, err } = await batchlight(args, { cwd, stdin: line });
    assert.deepEqual([code, out], [2, ""], args.join(" "));
    assert.match(err, /^batchlight: .*found an empty string/, args.join(" "));
  }
  assert.deepEqual(readdirSync(cwd), []);
});

test("very large limits behave like no limit", async () => {
  const most = String(Number.MAX_SAFE_INTEGER);
  const broken = `{oops\n${line}`;
  const usual = await batchlight(["check", "-"], { stdin: broken });
  for (const option of ["--max-issues", "--max-requests", "--max-bytes", "--max-embedding-inputs"])
    assert.deepEqual(await batchlight(["check", "-", option, most], { stdin: broken }), usual, option);
  const plan = await batchlight(["split", "-"], { stdin: line });
  for (const option of ["--max-tokens", "--max-requests", "--max-bytes", "--max-embedding-inputs"])
    assert.deepEqual(await batchlight(["split", "-", option, most], { stdin: line }), plan, option);
});

// `batchlight fix` and `split`, and rules of all commands that write: files are complete or absent, and never
// overwritten without --force.
import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { batchlight, file, place, request, start } from "./support.mjs";

const read = (name) => readFileSync(join(place, name), "utf8");
const lines = (...requests) => requests.map((one) => `${JSON.stringify(one)}\n`).join("");
const good = lines(request("a"), request("b"));
const posix = { skip: process.platform === "win32" };

test("fix writes to standard output and lists its changes on standard error", async () => {
  file("windows.jsonl", `\uFEFF${good.replaceAll("\n", "\r\n")}\r\n`);
  const { code, out, err } = await batchlight(["fix", "windows.jsonl"]);
  assert.deepEqual([code, out], [0, good]);
  assert.match(err, /^windows\.jsonl: 5 fixed$/m);
  const checked = await batchlight(["check", "--strict", "-"], { stdin: out });
  assert.equal(checked.code, 0, checked.out);
});

test("fix keeps a valid file byte for byte", async () => {
  file("good.jsonl", good);
  assert.deepEqual(await batchlight(["fix", "good.jsonl"]), {
    code: 0,
    signal: null,
    out: good,
    err: "good.jsonl: nothing to fix in 2 lines\n",
  });
  assert.deepEqual((await batchlight(["fix", "-"], { stdin: good })).out, good);
});

test("fix writes the file, says how many issues are left, and exits with 1 if errors are left", async () => {
  const trailing = good.replace("}}", "},}").replace("POST", "post");
  file("left.jsonl", `${trailing}{'custom_id': 'c'}\n`);
  const { code, err } = await batchlight(["fix", "left.jsonl", "-o", "left-fixed.jsonl"]);
  assert.equal(code, 1, err);
  assert.match(err, /^left\.jsonl:1: removed a trailing comma$/m);
  assert.match(err, /^left\.jsonl: 2 fixed, 1 left \(1 error\)$/m);
  assert.equal(read("left-fixed.jsonl"), `${good}{'custom_id': 'c'}\n`);
  const again = await batchlight(["fix", "left-fixed.jsonl"]);
  assert.deepEqual(again, {
    code: 1,
    signal: null,
    out: read("left-fixed.jsonl"),
    err: "left-fixed.jsonl: nothing to fix in 3 lines, 1 left (1 error)\n",
  });
  const asJson = await batchlight(["fix", "left.jsonl", "--json", "-o", "left-fixed.jsonl", "--force"]);
  assert.equal(asJson.code, 1);
  const { changed, left } = JSON.parse(asJson.out);
  assert.deepEqual([changed, left], [true, [{ code: "invalid_json_line", level: "error", count: 1 }]]);
});

test("check counts and marks what fix solves", async () => {
  const { code, out } = await batchlight(["check", "left.jsonl"]);
  assert.equal(code, 1);
  assert.match(out, /\n1 of 2 fixable with "batchlight fix"\n/);
  assert.equal(out.match(/help: .* \[fixable\]$/gm)?.length, 1, out);
  assert.doesNotMatch((await batchlight(["check", "good.jsonl"])).out, /fixable/);
});

test("fix converts UTF-16", async () => {
  file("utf16.jsonl", Buffer.from(`\uFEFF${good}`, "utf16le"));
  const { code, out, err } = await batchlight(["fix", "utf16.jsonl"]);
  assert.deepEqual([code, out], [0, good], err);
  assert.match(err, /^utf16\.jsonl: 1 fixed$/m);
});

test("fix refuses a file of another kind and writes nothing", async () => {
  const result = JSON.stringify({ custom_id: " a", response: null, error: null });
  for (const [name, content] of /** @type {[string, string | Buffer][]} */ ([
    ["image.png", Buffer.from("\x89PNG\r\n\x1A\n\r\n", "latin1")],
    ["results.jsonl", `${result}\r\n`],
    ["table.csv", "\uFEFFcustom_id,prompt\r\n1,Hello\r\n"],
  ])) {
    file(name, content);
    for (const args of [[], ["-o", "refused.jsonl"], ["-o", "refused.jsonl", "--json"], ["-o", name, "--force"]]) {
      const { code, out, err } = await batchlight(["fix", name, ...args]);
      assert.deepEqual([code, out], [1, ""], err);
      assert.equal(err.match(/error\[wrong_file\]/g)?.length, 1, err);
      assert.ok(err.endsWith(`${name}: not changed\n`), err);
    }
    assert.deepEqual(readFileSync(join(place, name)), Buffer.from(content));
    assert.ok(!existsSync(join(place, "refused.jsonl")));
  }
});

test("fix --assign-ids adds missing ids", async () => {
  const { custom_id, ...nameless } = request("a");
  file("nameless.jsonl", [nameless, nameless]);
  const { out } = await batchlight(["fix", "--assign-ids", "task-", "nameless.jsonl"]);
  const ids = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).custom_id);
  assert.equal(new Set(ids).size, 2);
  assert.ok(
    ids.every((id) => id.startsWith("task-")),
    ids.join(),
  );
});

test("fix --json prints its changes", async () => {
  const { code, out, err } = await batchlight(["fix", "windows.jsonl", "--json", "-o", "fixed.json"]);
  assert.deepEqual([code, err], [0, ""]);
  const report = JSON.parse(out);
  assert.deepEqual([report.file, report.changed, report.requests], ["windows.jsonl", true, 2]);
});

test("an existing file is overwritten only with --force", async () => {
  file("there.jsonl", "precious\n");
  const args = ["fix", "good.jsonl", "-o", "there.jsonl"];
  assert.deepEqual(await batchlight(args), {
    code: 2,
    signal: null,
    out: "",
    err: "batchlight: there.jsonl: already exists; use --force to overwrite\n",
  });
  assert.equal(read("there.jsonl"), "precious\n");
  assert.equal((await batchlight([...args, "--force"])).code, 0);
  assert.equal(read("there.jsonl"), good);
});

test("a file can be fixed in place", async () => {
  file("own.jsonl", `\uFEFF${good}`);
  assert.equal((await batchlight(["fix", "own.jsonl", "-o", "own.jsonl", "--force"])).code, 0);
  assert.equal(read("own.jsonl"), good);
});

test("writing to a link writes its target and keeps the file mode", posix, async () => {
  file("target.jsonl", "old\n");
  writeFileSync(join(place, "target.jsonl"), "old\n", { mode: 0o600 });
  symlinkSync("target.jsonl", join(place, "link.jsonl"));
  const { mode } = statSync(join(place, "target.jsonl"));
  assert.equal((await batchlight(["fix", "good.jsonl", "-o", "link.jsonl", "--force"])).code, 0);
  assert.ok(lstatSync(join(place, "link.jsonl")).isSymbolicLink());
  assert.equal(read("target.jsonl"), good);
  assert.equal(statSync(join(place, "target.jsonl")).mode, mode);
});

test("an unwritable output path is reported before work starts", async () => {
  /** @type {[string, RegExp][]} */
  const cases = [
    ["missing/out.jsonl", /^batchlight: missing\/out\.jsonl: no such directory: missing\n$/],
    [".", /^batchlight: \.: is a directory\n$/],
    ["good.jsonl/out", /^batchlight: good\.jsonl\/out: a part of the path is not a directory\n$/],
  ];
  for (const [path, message] of cases) {
    const { code, out, err } = await batchlight(["fix", "good.jsonl", "-o", path]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, message);
  }
});

test("devices can be written to, and a full disk is reported", { skip: !existsSync("/dev/full") }, async () => {
  assert.equal((await batchlight(["fix", "good.jsonl", "-o", "/dev/null"])).code, 0);
  const full = await batchlight(["fix", "good.jsonl", "-o", "/dev/full"]);
  assert.deepEqual([full.code, full.err], [2, "batchlight: /dev/full: no space left on the disk\n"]);
});

test("a named pipe can be read", posix, async () => {
  const { execFileSync } = await import("node:child_process");
  execFileSync("mkfifo", [join(place, "pipe")]);
  const writing = start(["fix", "good.jsonl", "-o", "pipe"]);
  const { code, out } = await batchlight(["check", "pipe"]);
  assert.equal(code, 0, out);
  assert.match(out, /^pipe: no problems found\n/);
  assert.equal(
    await new Promise((resolve) =>
      writing.exitCode === null ? writing.on("close", resolve) : resolve(writing.exitCode),
    ),
    0,
  );
});

test("no partial files remain", () => {
  assert.deepEqual(
    readdirSync(place).filter((name) => name.endsWith(".tmp")),
    [],
  );
});

test("a closed pipe ends fix without an error message", async () => {
  file(
    "much.jsonl",
    Array.from({ length: 50_000 }, (_, index) => request(`id-${index}`)),
  );
  const child = start(["fix", "much.jsonl"]);
  let err = "";
  child.stderr.on("data", (chunk) => (err += chunk));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.stdout.destroy();
  assert.deepEqual([await new Promise((resolve) => child.on("close", resolve)), err], [0, ""]);
});

const mixed = [
  request("a"),
  request("b", { body: { ...request("b").body, model: "gpt-5.4" } }),
  request("c"),
  request("d"),
];

test("split without -o shows its plan and writes nothing", async () => {
  file("mixed.jsonl", mixed);
  const before = readdirSync(place);
  const { code, out, err } = await batchlight(["split", "--max-requests", "2", "mixed.jsonl"]);
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /^mixed\.jsonl: 3 shards\n/);
  assert.match(out, /gpt-5.4-mini/);
  assert.match(out, /Dry run\. Use -o FOLDER to write\./);
  assert.deepEqual(readdirSync(place), before);
});

test("split writes every line once, byte for byte, with a manifest", async () => {
  const { code, out } = await batchlight(["split", "--max-requests", "2", "mixed.jsonl", "-o", "shards"]);
  assert.equal(code, 0, out);
  const manifest = JSON.parse(read("shards/manifest.json"));
  assert.deepEqual(
    readdirSync(join(place, "shards")).sort(),
    [...manifest.shards.map(({ name }) => name), "manifest.json"].sort(),
  );
  const written = manifest.shards.flatMap(({ name }) => read(join("shards", name)).trimEnd().split("\n"));
  assert.deepEqual(written.sort(), mixed.map((one) => JSON.stringify(one)).sort());
  for (const { name, custom_ids: ids } of manifest.shards) {
    assert.ok(name.startsWith("mixed"), name);
    assert.deepEqual(
      read(join("shards", name))
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).custom_id),
      ids,
    );
    const checked = await batchlight(["check", "--max-requests", "2", join("shards", name)]);
    assert.equal(checked.code, 0, checked.out);
  }
});

test("split and the mock report a folder that cannot be created", {
  skip: process.platform !== "linux",
}, async () => {
  file("two.jsonl", good);
  for (const [path, why] of [
    ["/proc/none/in", "cannot create a directory in /proc"],
    ["/dev/null/in", "a part of the path is not a directory"],
  ]) {
    for (const args of [
      ["split", "two.jsonl", "--max-requests", "1", "-o", path],
      ["mock", "--port", "0", "--data", path],
    ]) {
      const { code, out, err } = await batchlight(args);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, new RegExp(`^batchlight: /.*: ${why}\n$`));
    }
  }
});

test("split overwrites no file without --force", async () => {
  const again = ["split", "mixed.jsonl", "-o", "shards", "--max-requests", "2"];
  const { code, err } = await batchlight(again);
  assert.equal(code, 2);
  assert.match(err, /^batchlight: .*: already exists; use --force to overwrite\n$/);
  assert.equal((await batchlight([...again, "--force", "--json"])).code, 0);
  mkdirSync(join(place, "half"));
  writeFileSync(join(place, "half", "manifest.json"), "precious");
  assert.equal((await batchlight(["split", "mixed.jsonl", "-o", "half"])).code, 2);
  assert.deepEqual(readdirSync(join(place, "half")), ["manifest.json"]);
});

test("split reads standard input and prints its manifest as JSON", async () => {
  const { code, out } = await batchlight(["split", "--json", "--name", "part", "-"], { stdin: lines(...mixed) });
  assert.equal(code, 0);
  const { shards } = JSON.parse(out);
  assert.deepEqual(shards.map(({ model, requests }) => [model, requests]).sort(), [
    ["gpt-5.4", 1],
    ["gpt-5.4-mini", 3],
  ]);
  assert.ok(shards.every(({ name }) => name.startsWith("part")));
});

// --jobs: files that are read at once print exactly what they print one after the other.
import assert from "node:assert/strict";
import { closeSync, ftruncateSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { batchlight, file, place, request, start } from "./support.mjs";

const requests = (name, count) => Array.from({ length: count }, (_, index) => request(`${name}-${index}`));

mkdirSync(join(place, "folder"));
const names = [
  file("good.jsonl", requests("a", 300)),
  file("broken.jsonl", [...requests("b", 5), "{", '{"custom_id": 1}', ...requests("b", 2)]),
  "missing.jsonl",
  "folder",
  file("empty.jsonl", ""),
  file("image.jsonl", Buffer.from("\x89PNG\r\n\x1a\n", "latin1")),
  file("utf16.jsonl", Buffer.from("\ufeff{}", "utf16le")),
  file("latin.jsonl", Buffer.from('{"custom_id": "\xe9"}\n', "latin1")),
  file("results.jsonl", [{ custom_id: "a", response: { status_code: 200, body: {} }, error: null }]),
  file("warnings.jsonl", [request("c-0"), request("c-1", { url: "/v1/embeddings" }), request("c-0")]),
  ...Array.from({ length: 6 }, (_, index) => file(`more-${index}.jsonl`, requests(`m-${index}`, 50))),
];
if (process.platform === "linux") names.splice(4, 0, "/proc/self/mem");

for (const options of [[], ["--json"], ["--strict", "--max-issues", "1"]]) {
  test(["check", ...options].join(" "), async () => {
    const [alone, ...others] = await Promise.all(
      ["1", "2", "5"].map((jobs) => batchlight(["check", ...options, "--jobs", jobs, ...names])),
    );
    assert.equal(alone.code, 2);
    assert.match(alone.err, /missing\.jsonl: no such file/);
    for (const other of others) assert.deepEqual(other, alone);
  });
}

test("check: standard input among files", async () => {
  const stdin = requests("s", 3)
    .map((line) => JSON.stringify(line))
    .join("\n");
  const [alone, other] = await Promise.all(
    ["1", "3"].map((jobs) => batchlight(["check", "-j", jobs, "good.jsonl", "-", "broken.jsonl"], { stdin })),
  );
  assert.equal(alone.code, 1);
  assert.deepEqual(other, alone);
});

test("reconcile, retry and merge in threads", async () => {
  const spaces = `${" ".repeat(1 << 16)}\n`.repeat(64);
  const shards = ["a", "b", "c"].map((name) => ({
    input: file(`${name}-in.jsonl`, [...requests(name, 20).map((line) => JSON.stringify(line)), spaces].join("\n")),
    output: file(`${name}-out.jsonl`, [
      { custom_id: `${name}-3`, response: { status_code: 200, body: {} }, error: null },
    ]),
  }));
  const args = ["--input", ...shards.map(({ input }) => input), "--output", ...shards.map(({ output }) => output)];
  for (const command of [["reconcile", "--json"], ["reconcile", "--verdicts", "-"], ["retry"], ["merge"]]) {
    const [alone, other] = await Promise.all(["1", "2"].map((jobs) => batchlight([...command, "-j", jobs, ...args])));
    assert.notEqual(alone.code, 2, alone.err);
    assert.deepEqual(other, alone);
  }
  const broken = args.map((name) => (name === "b-out.jsonl" ? "missing.jsonl" : name));
  const [alone, other] = await Promise.all(["1", "2"].map((jobs) => batchlight(["reconcile", "-j", jobs, ...broken])));
  assert.equal(alone.code, 2);
  assert.deepEqual(other, alone);
});

test("Ctrl-C ends the command with its threads", async () => {
  // A file that takes minutes to read and no space on the disk.
  const endless = openSync(join(place, "endless.jsonl"), "w");
  ftruncateSync(endless, 2 ** 40);
  closeSync(endless);
  const child = start(["check", "-j", "2", "good.jsonl", "endless.jsonl", "endless.jsonl"]);
  child.stdout.once("data", () => child.kill("SIGINT"));
  const code = await new Promise((resolve) => child.once("close", resolve));
  assert.equal(code, 130);
});

test("the number of jobs is at least one", async () => {
  const { code, err } = await batchlight(["check", "--jobs", "0", "good.jsonl"]);
  assert.equal(code, 2);
  assert.match(err, /expected a whole number of at least 1/);
});

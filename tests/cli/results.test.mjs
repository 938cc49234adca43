// `batchlight digest`, `reconcile`, `retry` and `merge`.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { batchlight, file, place } from "./support.mjs";

const fixture = (name) => new URL(`./fixtures/${name}`, import.meta.url);
const linesOf = (text) => text.split("\n").filter(Boolean);
const idsOf = (text) => linesOf(text).map((line) => JSON.parse(line).custom_id);
const files = ["--input", "batch-input.jsonl", "--output", "batch-output.jsonl", "--error", "batch-error.jsonl"];
const input = readFileSync(fixture("batch-input.jsonl"), "utf8");
const succeeded = ["q-1", "q-2", "q-3", "q-4"];

before(() => {
  for (const name of ["input", "output", "error"])
    copyFileSync(fixture(`batch-${name}.jsonl`), join(place, `batch-${name}.jsonl`));
  file("all.jsonl", linesOf(input).slice(0, 4));
});

test("digest summarizes an output file", async () => {
  const { code, out, err } = await batchlight(["digest", "batch-output.jsonl"]);
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /^batch-output\.jsonl: 4 lines\n  succeeded +4\n  failed +0\n/);
  assert.match(out, /gpt-5.4-mini-2026-03-17 +4 +52 +0 +8 +0 +60/);
});

test("digest of both files shows failure causes with advice", async () => {
  const { code, out } = await batchlight(["digest", "batch-output.jsonl", "batch-error.jsonl"]);
  assert.equal(code, 1);
  assert.match(out, /^2 files: 7 lines\n  succeeded +4\n  failed +3\n/);
  const cause = [
    /^  1  429 rate_limit_exceeded: .*/,
    /     Rate limit reached [\s\S]*?/,
    /     help: .*/,
    /     cause \d+ \(retryable\): q-5$/,
  ];
  assert.match(out, new RegExp(cause.map(({ source }) => source).join("\n"), "m"));
  assert.match(out, /batch_expired/);
});

test("digest prints JSON, and malformed lines are issues", async () => {
  file("torn.jsonl", `${linesOf(readFileSync(fixture("batch-output.jsonl"), "utf8"))[0]}\n{"id": "batch_req\n`);
  const { code, out } = await batchlight(["digest", "--json", "torn.jsonl"]);
  assert.equal(code, 1);
  const { succeeded: good, malformed } = JSON.parse(out);
  assert.deepEqual([good, malformed.count], [1, 1]);
  assert.match((await batchlight(["digest", "torn.jsonl"])).out, /torn\.jsonl:2:\d+: /);
});

test("digest reads standard input", async () => {
  const { code, out } = await batchlight(["digest", "-"], { stdin: readFileSync(fixture("batch-output.jsonl")) });
  assert.equal(code, 0);
  assert.match(out, /^<stdin>: 4 lines/);
});

test("reconcile shows the outcomes of the requests", async () => {
  const { code, out, err } = await batchlight(["reconcile", ...files]);
  assert.deepEqual([code, err], [1, ""]);
  assert.match(out, /^8 requests: .*\n  succeeded +4 +50\.0 %\n  failed +3 +37\.5 %\n  missing +1 +12\.5 %\n/);
  assert.match(out, /429 rate_limit_exceeded/);
});

test("reconcile exits with 0 if every request succeeded", async () => {
  const { code, out } = await batchlight(["reconcile", "--input", "all.jsonl", "--output", "batch-output.jsonl"]);
  assert.equal(code, 0, out);
});

test("reconcile compares the batch's counts with the files", async () => {
  file(
    "batch.json",
    JSON.stringify({
      id: "batch_1",
      object: "batch",
      endpoint: "/v1/chat/completions",
      input_file_id: "file-1",
      completion_window: "24h",
      status: "completed",
      created_at: 1736489775,
      request_counts: { total: 4, completed: 3, failed: 1 },
    }),
  );
  const { code, out } = await batchlight([
    "reconcile",
    "--input",
    "all.jsonl",
    "--output",
    "batch-output.jsonl",
    "--batch",
    "batch.json",
  ]);
  assert.equal(code, 1, out);
  assert.match(out, /^(error|warning)\[\w+\]: /m);
});

test("reconcile writes a verdict for each request in input order", async () => {
  const { code } = await batchlight(["reconcile", ...files, "--verdicts", "verdicts.jsonl"]);
  assert.equal(code, 1);
  const text = readFileSync(join(place, "verdicts.jsonl"), "utf8");
  assert.deepEqual(idsOf(text), idsOf(input));
  assert.deepEqual(
    linesOf(text).map((line) => JSON.parse(line).verdict),
    [...succeeded.map(() => "succeeded"), "failed", "failed", "failed", "missing"],
  );
  const again = await batchlight(["reconcile", ...files, "--verdicts", "verdicts.jsonl"]);
  assert.deepEqual(
    [again.code, again.err],
    [2, "batchlight: verdicts.jsonl: already exists; use --force to overwrite\n"],
  );
  const printed = await batchlight(["reconcile", ...files, "--verdicts", "-"]);
  assert.equal(printed.out, text);
  assert.match(printed.err, /^8 requests/);
});

test("reconcile prints JSON", async () => {
  const { code, out, err } = await batchlight(["reconcile", "--json", ...files]);
  assert.deepEqual([code, err], [1, ""]);
  const found = JSON.parse(out);
  assert.deepEqual(
    [found.requests, found.succeeded, found.failed, found.missing, found.causes.length],
    [8, 4, 3, 1, 3],
  );
});

test("retry writes missing and transiently failed requests byte for byte", async () => {
  const { code, out, err } = await batchlight(["retry", ...files]);
  assert.deepEqual([code, err], [0, "batchlight: 3 of 8 requests to retry\n"]);
  assert.deepEqual(
    linesOf(out),
    linesOf(input).filter((line) => /"q-[578]"/.test(line)),
  );
});

test("retry selects by verdict, retry class, code and cause", async () => {
  const chosen = async (...only) => idsOf((await batchlight(["retry", ...files, "--only", ...only])).out);
  assert.deepEqual(await chosen("failed"), ["q-5", "q-6", "q-7"]);
  assert.deepEqual(await chosen("missing"), ["q-8"]);
  assert.deepEqual(await chosen("transient"), ["q-5", "q-7"]);
  assert.deepEqual(await chosen("permanent,missing"), ["q-6", "q-8"]);
  assert.deepEqual(await chosen("batch_expired"), ["q-7"]);
  assert.deepEqual(await chosen("rate_limit_exceeded", "missing"), ["q-5", "q-8"]);
  const { causes } = JSON.parse((await batchlight(["reconcile", "--json", ...files])).out);
  for (const { id, examples } of causes) assert.deepEqual(await chosen(String(id)), examples);
  const { code, err } = await batchlight(["retry", ...files, "--only", "unlucky"]);
  assert.equal(code, 2);
  assert.match(
    err,
    /^batchlight: --only unlucky: expected one of succeeded, incomplete, failed, missing, .*batch_expired/,
  );
});

test("retry and merge say what may hide results, so that nothing is paid for twice", async () => {
  const batch = file("batch.json", JSON.stringify({ status: "completed", request_counts: { total: 60 } }));
  const cut = file("cut.jsonl", readFileSync(fixture("batch-output.jsonl"), "utf8").slice(0, -40));
  for (const command of ["retry", "merge"]) {
    const unreadable = await batchlight([command, "--input", "all.jsonl", "--output", cut]);
    assert.equal(unreadable.code, 1);
    assert.match(unreadable.err, /cut\.jsonl:4:\d+: error\[invalid_json_line\]/);
    assert.match(unreadable.err, /malformed +1/);
    const other = await batchlight([command, ...files, "--batch", batch]);
    assert.equal(other.code, 1);
    assert.match(other.err, /warning\[total_differs\]/);
  }
  const { code, err } = await batchlight(["retry", ...files, "--batch", file("page.json", '{"object": "list"}')]);
  assert.equal(code, 2);
  assert.match(err, /page\.json: expected a Batch object, found an object without status and request_counts/);
});

test("the null device stands for an error file that a batch does not have", async () => {
  const args = ["--input", "all.jsonl", "--output", "batch-output.jsonl"];
  assert.deepEqual(
    (await batchlight(["reconcile", "--json", ...args, "--error", devNull])).out,
    (await batchlight(["reconcile", "--json", ...args])).out,
  );
});

test("retry writes no file if there is nothing to retry", async () => {
  assert.equal((await batchlight(["retry", ...files, "-o", "again.jsonl"])).code, 0);
  assert.deepEqual(idsOf(readFileSync(join(place, "again.jsonl"), "utf8")), ["q-5", "q-7", "q-8"]);
  const none = await batchlight([
    "retry",
    "--input",
    "all.jsonl",
    "--output",
    "batch-output.jsonl",
    "-o",
    "none.jsonl",
  ]);
  assert.deepEqual([none.code, none.err], [0, "batchlight: 0 of 4 requests to retry; no file written\n"]);
  assert.equal(existsSync(join(place, "none.jsonl")), false);
});

test("merge writes the results of several attempts in input order", async () => {
  const first = linesOf(readFileSync(fixture("batch-output.jsonl"), "utf8"));
  file(
    "second.jsonl",
    [5, 6, 7, 8].map((number) => first[0].replaceAll("q-4", `q-${number}`)),
  );
  const all = await batchlight([
    "merge",
    ...files.slice(0, 3),
    "batch-output.jsonl",
    "second.jsonl",
    ...files.slice(4),
  ]);
  assert.deepEqual([all.code, all.err], [0, "batchlight: 8 of 8 requests have a result\n"]);
  assert.deepEqual(idsOf(all.out), idsOf(input));
  assert.ok(linesOf(all.out).every((line) => JSON.parse(line).response.status_code === 200));
  const part = await batchlight(["merge", ...files]);
  assert.equal(part.code, 1);
  assert.equal(part.err, "batchlight: 7 of 8 requests have a result\n");
});

test("result files can be read from standard input", async () => {
  const { code, out } = await batchlight(["merge", "--input", "all.jsonl", "--output", "-"], {
    stdin: readFileSync(fixture("batch-output.jsonl")),
  });
  assert.equal(code, 0);
  assert.deepEqual(idsOf(out), succeeded);
});

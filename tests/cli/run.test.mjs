// `batchlight run`, `status`, `resume`, `download` and `cancel` against the package's mock.
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { batchesOf, billOf, kindOf, serveRuns } from "./run-server.mjs";
import { batchlight, file, folder, place, request, start } from "./support.mjs";

/** Starts a server that ends with the suite. */
async function served(options) {
  const server = await serveRuns({ advance: "poll", ...options });
  after(server.close);
  return server;
}

const ids = ["a", "b", "c", "d"];
file(
  "in.jsonl",
  ids.map((id) => request(id)),
);

const idsIn = (text) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line).custom_id);
const resultsIn = (name) => idsIn(readFileSync(join(place, name), "utf8"));

test("a file is run, and the same command says that it is complete", async () => {
  const { env, api } = await served();
  const options = ["--max-requests", "3", "--metadata", "team=search", "--metadata", "kind=test"];
  const first = await batchlight(["run", "in.jsonl", "-o", "out.jsonl", ...options], { env });
  assert.equal(first.code, 0, first.err);
  assert.match(first.out, /^4 requests: out\.jsonl\n {2}succeeded {2}4 {2}100\.0 %\n/);
  assert.match(
    first.err,
    /^batchlight: checked: 4 requests, about \d+ input tokens, gpt-5\.4-mini, \/v1\/chat\/completions\n/,
  );
  assert.match(first.err, /\n2\/2 {2}created batch_/);
  assert.deepEqual(resultsIn("out.jsonl"), ids);
  const batches = await batchesOf(api);
  assert.equal(batches.length, 2);
  for (const { metadata } of batches) assert.deepEqual([metadata.team, metadata.kind], ["search", "test"]);
  const again = await batchlight(["run", "in.jsonl", "-o", "out.jsonl"], { env });
  assert.equal(again.code, 0);
  assert.match(again.err, /out\.jsonl: already complete; 4 of 4 requests succeeded/);
  assert.equal((await batchesOf(api)).length, 2);
});

test("requests that fail give exit code 1 and their cause", async () => {
  const { env } = await served({ answers: [{ match: { custom_id: "b" }, status: 400 }] });
  const { code, out } = await batchlight(["run", "in.jsonl", "-o", "some.jsonl"], { env });
  assert.equal(code, 1);
  assert.match(out, /succeeded {2}3 {2}75\.0 %\n {2}failed {5}1 {2}25\.0 %/);
  assert.match(out, /causes of failures/);
  const report = await batchlight(["run", "in.jsonl", "-o", "some.jsonl", "--json", "--force"], { env });
  const { succeeded, failed, complete, output, shards } = JSON.parse(report.out);
  assert.deepEqual([report.code, succeeded, failed, complete, output], [1, 3, 1, true, "some.jsonl"]);
  assert.equal(shards[0].batches.length, 1);
});

test("results go to standard output, and a file comes from standard input", async () => {
  const { env } = await served();
  const piped = await batchlight(["run", "in.jsonl", "-o", "-"], { env });
  assert.deepEqual([piped.code, idsIn(piped.out)], [0, ids]);
  const stdin = readFileSync(join(place, "in.jsonl"));
  const { code } = await batchlight(["run", "-", "-o", "from-stdin.jsonl"], { env, stdin });
  assert.deepEqual([code, resultsIn("from-stdin.jsonl")], [0, ids]);
  const both = await batchlight(["run", "-", "-o", "-"], { env, stdin });
  assert.equal(both.code, 2);
  assert.match(both.err, /the journal needs a place beside a file/);
});

test("a dry run sends nothing and needs no key", async () => {
  const { code, out, err } = await batchlight(
    ["run", "--dry-run", "--max-requests", "3", "in.jsonl", "-o", "dry.jsonl"],
    {
      env: { OPENAI_API_KEY: "" },
    },
  );
  assert.equal(code, 0, err);
  assert.match(out, /^ {2}1 {2}3 requests {2}.*\n {2}2 {3}1 request {2}/);
  assert.match(err, /nothing was sent/);
  assert.equal(existsSync(join(place, "dry.jsonl.run")), false);
});

test("without a key, with an existing file, or with errors in the file nothing is sent", async () => {
  const { env, api } = await served();
  const noKey = await batchlight(["run", "in.jsonl", "-o", "x.jsonl"], { env: { OPENAI_API_KEY: "" } });
  assert.equal(noKey.code, 2);
  assert.match(noKey.err, /OPENAI_API_KEY is not set/);
  file("taken.jsonl", "mine");
  const taken = await batchlight(["run", "in.jsonl", "-o", "taken.jsonl"], { env });
  assert.equal(taken.code, 2);
  assert.match(taken.err, /taken\.jsonl: already exists; use --force/);
  file("wrong.jsonl", [request("a"), request("a")]);
  const wrong = await batchlight(["run", "wrong.jsonl", "-o", "x.jsonl"], { env });
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /error\[duplicate_custom_id\]/);
  assert.match(wrong.err, /1 error in the file; line 2/);
  assert.deepEqual(api.requests(), []);
});

test("with --json or several files, the issues of an invalid file are still printed", async () => {
  const { env } = await served();
  file("invalid.jsonl", [request("a"), request("a")]);
  const { code, out, err } = await batchlight(["run", "--json", "invalid.jsonl", "-o", "x.jsonl"], { env });
  assert.deepEqual([code, out], [2, ""]);
  assert.match(err, /invalid\.jsonl:2:\d+: error\[duplicate_custom_id\]/);
  const several = await batchlight(["run", "in.jsonl", "invalid.jsonl", "-o", "x.jsonl"], { env });
  assert.equal(several.code, 2);
  assert.match(several.err, /invalid\.jsonl:2:\d+: error\[duplicate_custom_id\]/);
});

test("--fix fixes the file first", async () => {
  const { env } = await served();
  file("array.json", JSON.stringify(ids.map((id) => request(id))));
  const { code, err } = await batchlight(["run", "--fix", "array.json", "-o", "fixed.jsonl"], { env });
  assert.equal(code, 0, err);
  assert.deepEqual(resultsIn("fixed.jsonl"), ids);
});

test("large files need --yes outside of a terminal", async () => {
  const { env, api } = await served();
  file(
    "large.jsonl",
    Array.from({ length: 100_001 }, (_, at) => request(`l-${at}`)),
  );
  const { code, err } = await batchlight(["run", "large.jsonl", "-o", "large-out.jsonl"], { env });
  assert.equal(code, 2, err);
  assert.match(err, /a file this large requires --yes; nothing was sent/);
  assert.deepEqual(api.requests(), []);
});

test("Ctrl-C detaches; status, download and resume go on from there", async () => {
  const server = await served({ hold: "in_progress" });
  const { env, api } = server;
  const child = start(["run", "in.jsonl", "-o", "held.jsonl"], { env });
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  let interrupted = false;
  server.setHook((moment, seen) => {
    // A second Ctrl-C would end it at once.
    if (interrupted || moment !== "answered" || kindOf(seen) !== "retrieve") return;
    interrupted = child.kill("SIGINT");
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  assert.equal(code, 3, err);
  assert.match(err, /detached; no batches were cancelled; to continue, run: batchlight run in\.jsonl -o held\.jsonl\n/);
  const status = await batchlight(["status", "held.jsonl"]);
  assert.match(
    status.out,
    /^held\.jsonl\.run: not complete\n {2}1\/1 {2}under way {2}0 of 4 requests succeeded {2}batch_/,
  );
  const early = await batchlight(["download", "held.jsonl"], { env });
  assert.equal(early.code, 2);
  assert.match(early.err, /use -o to write the partial results to a file/);
  server.setHook(() => undefined);
  const [{ id }] = await batchesOf(api);
  while ((await api.advance(id)).status !== "completed");
  const part = await batchlight(["download", "held.jsonl", "-o", "part.jsonl"], { env });
  assert.deepEqual([part.code, resultsIn("part.jsonl")], [0, ids]);
  const resumed = await batchlight(["resume", "held.jsonl"], { env });
  assert.deepEqual([resumed.code, resultsIn("held.jsonl")], [0, ids]);
  assert.equal((await batchesOf(api)).length, 1);
});

test("a report that would be printed where the results go is refused, with a command that works", async () => {
  const { env, api } = await served();
  file(
    "apart.jsonl",
    ids.map((id) => request(id)),
  );
  const refused = (args) => batchlight([...args, "--json"], { env });
  const first = await refused(["run", "apart.jsonl", "-o", "-"]);
  assert.deepEqual([first.code, first.out], [2, ""]);
  assert.equal(first.err, "batchlight: --json and the results both use standard output; use -o FILE\n");
  assert.equal(existsSync(join(place, "apart.jsonl.run")), false);
  const run = await batchlight(["run", "apart.jsonl", "-o", "-"], { env });
  assert.deepEqual([run.code, idsIn(run.out)], [0, ids]);
  for (const args of [
    ["run", "apart.jsonl", "-o", "-"],
    ["resume", "apart.jsonl.run"],
    ["download", "apart.jsonl.run"],
  ]) {
    const { code, out, err } = await refused(args);
    assert.deepEqual([code, out], [2, ""], args.join(" "));
    assert.match(
      err,
      /; leave out --json; .*: batchlight download apart\.jsonl\.run -o FILE --json\n$/,
      args.join(" "),
    );
  }
  const report = await refused(["download", "apart.jsonl.run", "-o", "report.jsonl"]);
  assert.deepEqual([report.code, JSON.parse(report.out).succeeded, resultsIn("report.jsonl")], [0, 4, ids]);
  assert.equal((await batchesOf(api)).length, 1);
});

test("--detach ends with the batches created, and cancel cancels them", async () => {
  const { env, api } = await served({ hold: "in_progress" });
  const { code, err } = await batchlight(["run", "--detach", "in.jsonl", "-o", "later.jsonl"], { env });
  assert.equal(code, 3);
  assert.match(err, /0 of 4 requests succeeded so far; to continue, run: batchlight run in\.jsonl -o later\.jsonl\n/);
  const cancelled = await batchlight(["cancel", "later.jsonl"], { env });
  assert.equal(cancelled.code, 0, cancelled.err);
  assert.match(cancelled.err, /cancelled; 1 batch will end soon/);
  const { code: last } = await batchlight(["resume", "later.jsonl.run"], { env });
  assert.equal(last, 1);
  assert.equal((await batchesOf(api)).length, 1);
});

test("the command that continues a run overwrites its output if the first one did", async () => {
  const { env } = await served({ hold: "in_progress" });
  file("old.jsonl", "old");
  const { code, err } = await batchlight(["run", "--force", "--yes", "--detach", "in.jsonl", "-o", "old.jsonl"], {
    env,
  });
  assert.equal(code, 3, err);
  const [, command] = /to continue, run: batchlight (.*)\n/.exec(err) ?? [];
  assert.equal(command, "run in.jsonl -o old.jsonl --force --yes");
  assert.equal((await batchlight([...command.split(" "), "--detach"], { env })).code, 3);
});

test("a changed file and a second run at the same time are refused", async () => {
  const server = await served({ hold: "in_progress" });
  const { env } = server;
  file("mine.jsonl", [request("a")]);
  const child = start(["run", "mine.jsonl", "-o", "busy.jsonl"], { env });
  child.stderr.resume();
  await new Promise((resolve) =>
    server.setHook((moment, seen) => {
      if (moment === "answered" && kindOf(seen) === "retrieve") resolve(undefined);
    }),
  );
  const second = await batchlight(["run", "mine.jsonl", "-o", "busy.jsonl"], { env });
  assert.equal(second.code, 2);
  assert.match(second.err, new RegExp(`in use by another batchlight run \\(process ${child.pid}\\)`));
  child.kill("SIGTERM");
  assert.equal(await new Promise((resolve) => child.once("close", resolve)), 3);
  writeFileSync(join(place, "mine.jsonl"), `${JSON.stringify(request("b"))}\n`);
  const changed = await batchlight(["run", "mine.jsonl", "-o", "busy.jsonl"], { env });
  assert.equal(changed.code, 2);
  assert.match(changed.err, /the file has changed since the run began; restore it to continue/);
});

test("several runs in a directory are listed, and one has to be named", async () => {
  const { env } = await served({ hold: "in_progress" });
  const cwd = folder();
  writeFileSync(join(cwd, "in.jsonl"), `${JSON.stringify(request("a"))}\n`);
  for (const output of ["one.jsonl", "two.jsonl"])
    assert.equal((await batchlight(["run", "--detach", "in.jsonl", "-o", output], { env, cwd })).code, 3);
  const { out } = await batchlight(["status"], { cwd });
  assert.match(out, /^one\.jsonl\.run: not complete\n.*\ntwo\.jsonl\.run: not complete\n/s);
  const { code, err } = await batchlight(["resume"], { env, cwd });
  assert.equal(code, 2);
  assert.match(err, /several runs in this directory; name one of one\.jsonl\.run, two\.jsonl\.run/);
  const missing = await batchlight(["status", "nothing.jsonl"]);
  assert.equal(missing.code, 2);
  assert.match(missing.err, /nothing\.jsonl: no run found/);
});

test("a folder that the command did not create is listed, and damaged settings are an error", async () => {
  const { env } = await served({ hold: "in_progress" });
  const cwd = folder();
  writeFileSync(join(cwd, "in.jsonl"), `${JSON.stringify(request("a"))}\n`);
  assert.equal((await batchlight(["run", "--detach", "in.jsonl", "-o", "out.jsonl"], { env, cwd })).code, 3);
  const settings = join(cwd, "out.jsonl.run", "run.json");
  rmSync(settings);
  const { code, out } = await batchlight(["status"], { cwd });
  assert.deepEqual([code, out.split("\n")[0]], [0, "out.jsonl.run: not complete"]);
  writeFileSync(settings, "{");
  const damaged = await batchlight(["status"], { cwd });
  assert.equal(damaged.code, 2);
  assert.match(
    damaged.err,
    /^batchlight: out\.jsonl\.run.run\.json: expected JSON with the output; restore the file\n$/,
  );
});

test("what was billed is what was asked for", async () => {
  const { env, api } = await served({
    failureRate: 0.3,
    seed: 5,
    faults: { rateLimit: 0.05, serverError: 0.05, drop: 0.05 },
  });
  file(
    "many.jsonl",
    Array.from({ length: 200 }, (_, at) => request(`m-${at}`)),
  );
  const { code, err } = await batchlight(["run", "many.jsonl", "-o", "many-out.jsonl", "--max-requests", "60"], {
    env,
  });
  assert.ok(code === 0 || code === 1, err);
  const journal = readFileSync(join(place, "many-out.jsonl.run", "journal.jsonl"), "utf8");
  const records = journal
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const inputs = [...records[0].shards, ...records.flatMap(({ next }) => next ?? [])];
  const { bill, doubled } = await billOf(api);
  assert.deepEqual(doubled, []);
  assert.equal(
    [...bill.values()].reduce((sum, { runs }) => sum + runs, 0),
    inputs.reduce((sum, { requests }) => sum + requests, 0),
  );
  assert.equal(resultsIn("many-out.jsonl").length, 200);
});

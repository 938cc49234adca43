// The examples of docs/run-many.md that need no other engine. `npm run test:clients -- engines` runs those of Ray,
// Spark and Beam.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { pathToFileURL } from "node:url";
import { exampleNames, exampleOf, prepare, runPython } from "../clients/many.mjs";
import { batchesOf, billOf, serveRuns } from "./run-server.mjs";
import { folder, program } from "./support.mjs";

const call = promisify(execFile);
const sum = /^3 reports: 6 requests\n {2}succeeded {2}6 {2}100\.0 %\n/m;

async function prepared() {
  const server = await serveRuns({ advance: "poll" });
  after(server.close);
  const cwd = folder();
  return { server, cwd, ...prepare(cwd, { url: server.url, command: program }) };
}

test("the page has an example for each engine", () => {
  assert.deepEqual(exampleNames, [
    "xargs",
    "kubernetes",
    "run_part.py",
    "with_ray.py",
    "with_spark.py",
    "with_beam.py",
    "worker.js",
  ]);
});

test("xargs runs the parts, a second time without a request, and their reports add up", async () => {
  const { server, cwd, env } = await prepared();
  const run = () => call("sh", ["-c", exampleOf("xargs")], { cwd, env });
  assert.match((await run()).stdout, sum);
  const { length } = server.api.requests();
  assert.match((await run()).stdout, sum);
  assert.equal(server.api.requests().length, length);
  assert.ok([...(await billOf(server.api)).bill.values()].every(({ runs }) => runs === 1));
});

test("the command of the Kubernetes Job runs the part of its index", async () => {
  const { cwd, env } = await prepared();
  const [, indent, script] = /\n( +)- \|\n(.*?)\n {10}envFrom/s.exec(exampleOf("kubernetes"));
  const lines = script.split("\n").map((each) => each.slice(indent.length + 2));
  await call("sh", ["-c", lines.join("\n")], { cwd: join(cwd, "parts"), env: { ...env, JOB_COMPLETION_INDEX: "1" } });
  const report = JSON.parse(readFileSync(join(cwd, "parts", "part-1.report"), "utf8"));
  assert.deepEqual([report.complete, report.requests, report.output], [true, 2, "part-1.results"]);
});

test("the functions in Python run a part and add up the reports", async (context) => {
  const { cwd, env, parts } = await prepared();
  const python = "python3";
  if (!(await call(python, ["--version"]).catch(() => undefined))) return context.skip("Python is not installed");
  const main = "import sys\nfrom run_part import merge, run_part\nmerge(map(run_part, sys.argv[1:]))\n";
  writeFileSync(join(cwd, "main.py"), main);
  assert.match(await runPython({ python, program: "main.py", folder: cwd, parts, env }), sum);
});

/** A bucket in memory, with the methods that the Worker uses. */
function bucket() {
  const files = new Map();
  return {
    get: async (key) => {
      const blob = files.get(key);
      return blob && { body: blob.stream(), arrayBuffer: () => blob.arrayBuffer() };
    },
    put: async (key, bytes) => void files.set(key, new Blob([bytes])),
  };
}

test("the Worker sends a file once and writes its results after several messages", async () => {
  const { server, cwd, env, parts } = await prepared();
  const file = join(cwd, "worker.mjs");
  const base = "class DurableObject { constructor(ctx, env) { Object.assign(this, { ctx, env }); } }";
  writeFileSync(file, exampleOf("worker.js").replace('import { DurableObject } from "cloudflare:workers";', base));
  const { default: worker, Run } = await import(pathToFileURL(file).href);
  const FILES = bucket();
  await FILES.put("part.jsonl", readFileSync(parts[0]));
  const values = new Map();
  const storage = {
    list: async () => new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1))),
    put: async (key, value) => void values.set(key, value),
    sync: async () => undefined,
  };
  // Each message reaches a new object, as after a restart.
  const RUNS = { idFromName: (name) => name, get: () => new Run({ storage }, { ...env, FILES }) };
  let state = "waiting";
  for (let messages = 0; state === "waiting" && messages < 20; messages++) {
    const message = { body: "part.jsonl", ack: () => (state = "done"), retry: () => undefined };
    await worker.queue({ messages: [message] }, { RUNS });
  }
  assert.equal(state, "done");
  const results = await new Response((await FILES.get("part.jsonl.results")).body).text();
  assert.deepEqual(
    results
      .trim()
      .split("\n")
      .map((each) => JSON.parse(each).custom_id),
    ["0-a", "0-b"],
  );
  assert.equal((await batchesOf(server.api)).length, 1);
});

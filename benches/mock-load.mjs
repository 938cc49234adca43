// node benches/mock-load.mjs [seconds] [requests per second] [--data FOLDER]: puts `batchlight mock` under load. A
// thousand batches run. Requests retrieve and list them, and upload, download and delete files, at a fixed rate that
// does not depend on the response times. Prints errors, times and the server's memory. Requires a build. Exits with 1
// if there was an error.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { at, print } from "../scripts/process.mjs";

/** The number of running batches. */
const alive = 1000;
const [seconds = 60, rate = 200] = process.argv
  .slice(2)
  .filter((each) => /^\d+$/.test(each))
  .map(Number);
const data = process.argv.includes("--data")
  ? process.argv.slice(process.argv.indexOf("--data"), process.argv.indexOf("--data") + 2)
  : [];

const server = spawn(process.execPath, [at("pkg", "dist", "cli.js"), "mock", "--port", "0", ...data], {
  stdio: ["ignore", "pipe", "inherit"],
});
process.once("exit", () => server.kill());
const url = await new Promise((resolve) => {
  let text = "";
  server.stdout.on("data", (chunk) => {
    text += chunk;
    if (text.includes("Ctrl-C")) resolve(/http:\S+\/v1/.exec(text)[0]);
  });
});
const memory = () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1]) / 1024;

async function ask(path, init = {}) {
  const response = await fetch(`${url}/${path}`, {
    ...init,
    headers: { authorization: "Bearer any", ...init.headers },
  });
  const body = await response.text();
  if (!response.ok) throw new Error(`${response.status} to ${path}: ${body.slice(0, 200)}`);
  return body;
}

const line = (at) =>
  JSON.stringify({
    custom_id: `r-${at}`,
    method: "POST",
    url: "/v1/embeddings",
    body: { model: "text-embedding-3-small", input: `text ${at}` },
  });
const input = Array.from({ length: 200 }, (_, at) => `${line(at)}\n`).join("");
async function upload() {
  const body = new FormData();
  body.set("purpose", "batch");
  body.set("file", new File([input], "input.jsonl"));
  return JSON.parse(await ask("files", { method: "POST", body })).id;
}

const file = await upload();
const body = JSON.stringify({ input_file_id: file, endpoint: "/v1/embeddings", completion_window: "24h" });
const headers = {
  "content-type": "application/json",
  "x-batchlight-plan": JSON.stringify({ validationSeconds: 1, runSeconds: 80_000 }),
};
const batches = [];
while (batches.length < alive) batches.push(JSON.parse(await ask("batches", { method: "POST", headers, body })).id);

/** Twenty requests, in which each kind occurs according to its share. */
const kinds = [
  ...Array(13).fill(["retrieve", (turn) => ask(`batches/${batches[(turn * 7919) % alive]}`)]),
  ...Array(3).fill(["list", () => ask("batches?limit=20")]),
  ...Array(2).fill(["download", () => ask(`files/${file}/content`)]),
  ["upload", async () => void uploaded.push(await upload())],
  [
    "delete",
    () => (uploaded.length > 0 ? ask(`files/${uploaded.shift()}`, { method: "DELETE" }) : ask("files?limit=1")),
  ],
];
const uploaded = [];
const times = [];
const errors = new Map();
const memories = [];
const pending = new Set();

const begun = performance.now();
for (let turn = 0; turn < seconds * rate; turn++) {
  const due = begun + (turn * 1000) / rate;
  if (due > performance.now()) await wait(due - performance.now());
  if (turn % (rate * 5) === 0) memories.push(memory());
  const [, work] = kinds[turn % kinds.length];
  const request = work(turn)
    .catch((error) => errors.set(error.message, (errors.get(error.message) ?? 0) + 1))
    // Measured from when the request was due, so that a slow response counts for all requests that wait for it.
    .then(() => void times.push(performance.now() - due))
    .finally(() => pending.delete(request));
  pending.add(request);
}
await Promise.all(pending);
memories.push(memory());
times.sort((a, b) => a - b);
const share = (part) => `${times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1)} ms`;
const failed = [...errors.values()].reduce((sum, each) => sum + each, 0);
const took = ((performance.now() - begun) / 1000).toFixed(1);
print(`${times.length} requests in ${took} s, ${alive} running batches: ${failed} errors`);
print(`response time from when a request was due: p50 ${share(0.5)}, p99 ${share(0.99)}, max ${share(1)}`);
print(`memory of the server, every 5 s, in MiB: ${memories.map(Math.round).join(" ")}`);
for (const [message, count] of errors) print(`  ${count} times: ${message}`);
process.exitCode = failed > 0 ? 1 : 0;
server.kill("SIGINT");

// `npm run chaos -- run`: kills `batchlight run` at random requests and file changes, while the server drops, delays
// and repeats answers and the network is cut, until a number of kills is reached. Every run must end with each result
// once, no batch may exist twice, and no request may run again unless it failed.
import { existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { heading, print, ScriptError } from "../../scripts/process.mjs";
import { random } from "../../scripts/random.mjs";
import { startCutProxy } from "../cli/cut-proxy.mjs";
import { start } from "../cli/program.mjs";
import { batchesOf, billOf, kindOf, serveRuns } from "../cli/run-server.mjs";

/** The number of requests of a run, and of each batch. */
const requests = 24;
const perBatch = 10;

const line = (at) =>
  JSON.stringify({
    custom_id: `q-${at}`,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model: "gpt-5.4-mini", messages: [{ role: "user", content: `Say ${at}.` }] },
  });

/**
 * Kills runs.
 *
 * @param {{ kills: number, seed: number }} options
 */
export async function killRuns({ kills, seed }) {
  heading(`chaos run: --seed ${seed} --kills ${kills}`);
  const below = random(seed);
  const total = {
    runs: 0,
    kills: 0,
    lost: 0,
    cuts: 0,
    faults: 0,
    found: 0,
    limited: 0,
    batches: 0,
    asked: 0,
    billed: 0,
    results: 0,
  };
  while (total.kills < kills) await oneRun(total, below, kills);
  for (const [name, count] of Object.entries(total)) print(`  ${name.padEnd(12)} ${count}`);
}

/** Runs one file to its end, over several kills. */
async function oneRun(total, below, kills) {
  const folder = mkdtempSync(join(tmpdir(), "batchlight-runs-"));
  const failed = new Set();
  let limited = 0;
  const server = await serveRuns({
    seed: below(2 ** 31),
    faults: {
      drop: 0.05,
      rateLimit: 0.03,
      serverError: 0.03,
      stale: 0.05,
      slow: 0.01,
      slowMilliseconds: 20,
      notFound: 0.1,
    },
    plan: () => ({
      validationSeconds: 20,
      runSeconds: 600,
      finalizingSeconds: 20,
      ...(below(6) === 0 &&
        limited++ < 2 && {
          errors: [{ code: "token_limit_exceeded", message: "Enqueued token limit reached", line: null, param: null }],
        }),
    }),
    responder({ custom_id }) {
      if (failed.has(custom_id) || below(8) > 0) return undefined;
      failed.add(custom_id);
      return { status: 500 };
    },
  });
  const proxy = await startCutProxy(server.url);
  try {
    writeFileSync(join(folder, "in.jsonl"), Array.from({ length: requests }, (_, at) => `${line(at)}\n`).join(""));
    for (let wanted = 1 + below(8); wanted > 0 && total.kills < kills; wanted--) {
      const code = await runOnce({ server, proxy, folder }, total, below, true);
      if (code === 0) break;
    }
    const code = await runOnce({ server, proxy, folder }, total, below, false);
    if (code !== 0) throw new ScriptError(`the last run ended with code ${code}: ${folder}`);
    await verify(server, folder, total);
    total.runs++;
    total.limited += limited;
    total.cuts += proxy.cuts;
    rmSync(folder, { recursive: true, force: true });
  } finally {
    proxy.close();
    server.close();
  }
}

/** Runs the command once. Kills it at a random request or file change if asked. */
async function runOnce({ server, proxy, folder }, total, below, isKilled) {
  const moment = ["before", "handled", "answered"][below(3)];
  const at = below(15);
  const byFile = below(3) === 0;
  let changes = below(25);
  let killed = false;
  const child = start(["run", "in.jsonl", "-o", "out.jsonl", "--max-requests", String(perBatch), "--force"], {
    cwd: folder,
    env: { ...server.env, OPENAI_BASE_URL: proxy.url },
  });
  const kill = () => {
    if (killed || !isKilled) return;
    killed = true;
    child.kill("SIGKILL");
  };
  server.setHook((now, seen) => {
    if (!byFile && now === moment && seen.index >= at) kill();
    // The network is cut at once, or within an answer.
    if (now === "handled" && below(20) === 0) {
      if (below(2) === 0) proxy.cut();
      else proxy.cutAfter(below(4000));
    }
    // The answer to every fifth creation is lost after the batch exists.
    const isLost = now === "handled" && kindOf(seen) === "create" && below(5) === 0;
    if (isLost) total.lost++;
    return isLost;
  });
  const runFolder = join(folder, "out.jsonl.run");
  const watchers = [folder, ...(existsSync(runFolder) ? [runFolder] : [])].map((path) =>
    watch(path, () => {
      if (byFile && changes-- === 0) kill();
    }),
  );
  let err = "";
  child.stdout.resume();
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  for (const watcher of watchers) watcher.close();
  total.found += err.split("found batch_").length - 1;
  total.faults += err.split("the server did not respond as expected").length - 1;
  if (killed && code === null) total.kills++;
  else if (code !== 0) throw new ScriptError(`a run ended with code ${code} in ${folder}: ${err}`);
  return code;
}

async function verify(server, folder, total) {
  const results = readFileSync(join(folder, "out.jsonl"), "utf8").trim().split("\n");
  const ids = results.map((each) => JSON.parse(each).custom_id);
  const expected = Array.from({ length: requests }, (_, at) => `q-${at}`);
  const check = (isTrue, message) => {
    if (!isTrue) throw new ScriptError(`${message}: ${folder}`);
  };
  check(JSON.stringify(ids) === JSON.stringify(expected), `expected each result once, found ${ids}`);
  const { bill, doubled } = await billOf(server.api);
  check(doubled.length === 0, `batches exist twice: ${doubled}`);
  const records = readFileSync(join(folder, "out.jsonl.run", "journal.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text));
  const [plan] = records;
  const inputs = [...plan.shards, ...records.flatMap(({ next }) => next ?? [])];
  const asked = inputs.reduce((sum, input) => sum + input.requests, 0);
  const billed = [...bill.values()].reduce((sum, { runs }) => sum + runs, 0);
  check(asked === billed, `asked for ${asked} requests, billed ${billed}`);
  check(
    [...bill.values()].every(({ successes }) => successes === 1),
    "a request succeeded more than once, or never",
  );
  total.asked += asked;
  total.billed += billed;
  total.results += ids.length;
  total.batches += (await batchesOf(server.api)).length;
}

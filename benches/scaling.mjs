// Measures how the time of a request depends on the number of requests: checkInput of one stream, and the command
// reconcile of a million requests in shards. Draws docs/scaling.svg.
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { at, cache } from "../scripts/process.mjs";
import { recipeOf } from "./corpora.mjs";
import { block, quartiles } from "./document.mjs";
import { peakOf } from "./peak-memory.mjs";
import { plot } from "./plot.mjs";
import { decimal, median, spread, table } from "./tables.mjs";

const counts = [1000, 5000, 20_000, 50_000, 200_000, 1_000_000, 5_000_000];
const rounds = 5;
/** The minimum number of requests of a turn; small files are checked several times. */
const minPerTurn = 50_000;
const perChunk = 5000;
const limits = { requests: 1e9, bytes: 1e12 };

const shards = 20;
const perShard = 50_000;
const shardRounds = 3;

/** Measures, prints tables, draws the plot and returns the results and the blocks of the document. */
export async function measureScaling() {
  const { checkInput } = await import(pathToFileURL(at("pkg", "dist", "files.js")).href);
  /** @type {{ nanoseconds: number[], memory: number }[]} */
  const results = counts.map(() => ({ nanoseconds: [], memory: 0 }));
  for (let round = 0; round <= rounds; round++)
    for (const [index, count] of counts.entries()) {
      const result = results[index];
      const nanoseconds = await turn(checkInput, count, (memory) => {
        result.memory = Math.max(result.memory, memory);
      });
      if (round > 0) result.nanoseconds.push(nanoseconds);
    }
  const reconciled = await measureShards();
  const rows = results.map(({ nanoseconds, memory }, index) => [
    decimal(counts[index]),
    spread(nanoseconds),
    (memory / 2 ** 20).toFixed(1),
  ]);
  const heads = ["requests", "ns per request", "memory of the module, MiB"];
  const size = Math.round(template.length / perChunk);
  table(`checkInput of a stream, requests of ${size} bytes: median of ${rounds} turns`, heads, rows);
  const shardRows = [
    [
      `${decimal(shards * perShard)} requests in ${shards} shards, ${Math.round(reconciled.bytes / 1e6)} MB`,
      spread(reconciled.seconds, 1),
      spread(reconciled.peaks),
    ],
  ];
  const shardHeads = ["reconcile", "seconds", "peak memory of the process, MB"];
  table(`The command reconcile: median of ${shardRounds} runs`, shardHeads, shardRows);
  const points = counts.map((count, index) => ({ x: count, ys: results[index].nanoseconds }));
  writeFileSync(at("docs", "scaling.svg"), plot(points));
  return {
    measured: { counts, results, reconciled },
    blocks: {
      scaling: block(
        [`requests of ${size} bytes in chunks of ${Math.round(template.length / 1000)} kB`, quartiles(rounds)],
        [heads, ...rows],
      ),
      shards: block([quartiles(shardRounds, "runs")], [shardHeads, ...shardRows]),
    },
  };
}

/** Checks files with a number of requests. Returns the nanoseconds per request, without those that made the stream. */
async function turn(checkInput, count, onMemory) {
  const files = Math.ceil(minPerTurn / count);
  let making = 0;
  const start = performance.now();
  for (let file = 0; file < files; file++) {
    const stream = chunks(count, (spent) => (making += spent));
    const onProgress = ({ memory }) => onMemory(memory);
    const report = await checkInput(stream, { limits, onProgress });
    // A note says that a file has too many requests to compare all ids.
    const errors = report.issues.filter(({ level }) => level === "error");
    if (report.requests !== count || errors.length > 0)
      throw new Error(`expected ${count} requests without errors, found ${report.requests} and ${errors.length}`);
  }
  return ((performance.now() - start - making) * 1e6) / (files * count);
}

const idDigits = 8;
const line = (id) =>
  `{"custom_id":"request-${id}","method":"POST","url":"/v1/chat/completions","body":` +
  `{"model":"gpt-5.4-mini","messages":[{"role":"user","content":"Name the first prime above this number."}]}}\n`;
const template = Buffer.from(line("0".repeat(idDigits)).repeat(perChunk));
const lineLength = template.length / perChunk;
const idEnd = line("0".repeat(idDigits)).indexOf('","method"');

/** The chunks of a file: copies of one, in which only the ids are written. */
async function* chunks(count, onMade) {
  for (let first = 0; first < count; first += perChunk) {
    const start = performance.now();
    const lines = Math.min(perChunk, count - first);
    const chunk = Buffer.from(template.subarray(0, lines * lineLength));
    for (let index = 0; index < lines; index++)
      for (let id = first + index, at = index * lineLength + idEnd - 1; id > 0; id = Math.floor(id / 10), at--)
        chunk[at] = 48 + (id % 10);
    onMade(performance.now() - start);
    yield chunk;
  }
}

/** Runs the command for a million requests and their results in shards. */
async function measureShards() {
  const folder = await writeShards();
  const files = (name) => Array.from({ length: shards }, (_, shard) => join(folder, `${name}-${shard}.jsonl`));
  const [inputs, outputs] = [files("input"), files("output")];
  const bytes = [...inputs, ...outputs].reduce((sum, file) => sum + statSync(file).size, 0);
  const [seconds, peaks] = [[], []];
  for (let round = 0; round <= shardRounds; round++) {
    const start = performance.now();
    const { peak, code, printed } = await peakOf(["reconcile", "--input", ...inputs, "--output", ...outputs, "--json"]);
    if (code !== 0) throw new Error(`expected the exit code 0 of reconcile, found ${code}: ${printed}`);
    if (round > 0) {
      seconds.push((performance.now() - start) / 1000);
      peaks.push(peak);
    }
  }
  return { bytes, seconds, peaks, median: median(seconds) };
}

/**
 * Writes the shards into the cache folder unless they exist. Results are in another order than requests. The name of
 * the folder contains a hash of this file, so that a change of the file makes new ones.
 */
async function writeShards() {
  const recipe = recipeOf(new URL(import.meta.url));
  const folder = join(cache, "corpora", `shards-${recipe}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const result = (id) =>
    `{"id": "batch_req_${id}", "custom_id": "request-${id}", "response": {"status_code": 200, ` +
    `"request_id": "req_${id}", "body": {"id": "chatcmpl-${id}", "object": "chat.completion", ` +
    `"created": 1736489777, "model": "gpt-5.4-mini", ` +
    `"choices": [{"index": 0, "message": {"role": "assistant", "content": "Two.", "refusal": null}, ` +
    `"finish_reason": "stop"}], "usage": {"prompt_tokens": 21, "completion_tokens": 2, "total_tokens": 23}}}, ` +
    `"error": null}\n`;
  for (let shard = 0; shard < shards; shard++) {
    const ids = Array.from({ length: perShard }, (_, index) =>
      String(shard * perShard + index).padStart(idDigits, "0"),
    );
    await writeLines(join(unfinished, `input-${shard}.jsonl`), ids.map(line));
    await writeLines(join(unfinished, `output-${shard}.jsonl`), ids.toReversed().map(result));
  }
  renameSync(unfinished, folder);
  return folder;
}

async function writeLines(path, lines) {
  const out = createWriteStream(path);
  for (let start = 0; start < lines.length; start += 1000)
    if (!out.write(lines.slice(start, start + 1000).join(""))) await once(out, "drain");
  out.end();
  await once(out, "close");
}

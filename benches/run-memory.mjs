// node benches/run-memory.mjs: the peak memory and the time of `batchlight run` for one batch and for 20, against a
// mock on this machine that keeps its files on the disk. Requires a build.
import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { print, ScriptError } from "../scripts/process.mjs";
import { command, peakOf } from "./peak-memory.mjs";

const perBatch = 50_000;
const folder = mkdtempSync(join(tmpdir(), "batchlight-run-memory-"));

const line = (id) => {
  const messages = [{ role: "user", content: `Name a prime above ${id}.` }];
  const body = { model: "gpt-5.4-mini", messages };
  return `${JSON.stringify({ custom_id: `request-${id}`, method: "POST", url: "/v1/chat/completions", body })}\n`;
};

async function writeRequests(path, count) {
  const out = createWriteStream(path);
  for (let id = 0; id < count; id += 1000) {
    const text = Array.from({ length: 1000 }, (_, at) => line(id + at)).join("");
    if (!out.write(text)) await once(out, "drain");
  }
  out.end();
  await once(out, "close");
}

/** Runs the batches against a new mock. */
async function measure(batches) {
  const data = join(folder, `mock-${batches}`);
  const mock = spawn(process.execPath, [command, "mock", "--port", "0", "--speed", "20000", "--data", data]);
  try {
    const [greeting] = await once(createInterface({ input: mock.stdout }), "line");
    const [url] = /http:\S+\/v1/.exec(greeting);
    const [input, output] = [`in-${batches}.jsonl`, `out-${batches}.jsonl`];
    await writeRequests(join(folder, input), batches * perBatch);
    const env = { OPENAI_API_KEY: "any", OPENAI_BASE_URL: url };
    const begin = performance.now();
    const { peak, code, printed } = await peakOf(["run", "--yes", input, "-o", output], { env, cwd: folder });
    if (code !== 0) throw new ScriptError(`batchlight run ended with code ${code}: ${printed}`);
    const seconds = Math.round((performance.now() - begin) / 1000);
    print(`${batches * perBatch} requests in ${batches} batches: at most ${Math.round(peak)} MB, ${seconds} s`);
  } finally {
    mock.kill();
    await once(mock, "close");
  }
}

try {
  for (const batches of [1, 20]) await measure(batches);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

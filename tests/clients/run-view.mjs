// What the official Python client sees of a run of the command: one batch for each shard, with the run in its metadata.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { at } from "../../scripts/process.mjs";
import { requestLine } from "./many.mjs";

const call = promisify(execFile);
const here = at("tests", "clients");
const [requests, perBatch] = [5, 2];

/**
 * Runs a file in three shards against a mock without batches, and compares what the client lists with the journal.
 *
 * @param {{ url: string, python: string, command: string }} options the mock, the interpreter, and the command's file
 * @returns {Promise<{ version: string, batches: number }>}
 */
export async function assertRunSeen({ url, python, command }) {
  const folder = mkdtempSync(join(tmpdir(), "batchlight-view-"));
  try {
    const lines = Array.from({ length: requests }, (_, index) => requestLine(`q-${index}`));
    writeFileSync(join(folder, "in.jsonl"), lines.join(""));
    const env = { ...process.env, OPENAI_API_KEY: "any", OPENAI_BASE_URL: url, PYTHONPATH: here, NODE_OPTIONS: "" };
    const options = ["--max-requests", String(perBatch), "--metadata", "team=search"];
    await call(process.execPath, [command, "run", "in.jsonl", "-o", "out.jsonl", ...options], { env, cwd: folder });
    const { stdout } = await call(python, [join(here, "run_view.py"), url, "clean"], { env, cwd: folder });
    const { version, batches } = JSON.parse(stdout);
    const [plan] = readFileSync(join(folder, "out.jsonl.run", "journal.jsonl"), "utf8").split("\n");
    const { run } = JSON.parse(plan);
    const shards = [lines.slice(0, 2), lines.slice(2, 4), lines.slice(4)].map((each) => each.join(""));
    assert.deepEqual(
      batches,
      shards.map((input, index) => ({
        status: "completed",
        endpoint: "/v1/chat/completions",
        requests: input.trim().split("\n").length,
        metadata: {
          team: "search",
          batchlight_run: `${run}/${index + 1}/1/1`,
          batchlight_sha256: createHash("sha256").update(input).digest("hex"),
        },
        input,
      })),
    );
    return { version, batches: batches.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

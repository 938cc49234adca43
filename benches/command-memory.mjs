// node benches/command-memory.mjs: compares the memory of the command for a file of 100 MB and for one line. Both
// should be nearly equal, because files are read in chunks. Requires a build.
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { print } from "../scripts/process.mjs";
import { peakOf } from "./peak-memory.mjs";

const folder = mkdtempSync(join(tmpdir(), "batchlight-memory-"));
const [small, large] = ["small.jsonl", "large.jsonl"].map((name) => join(folder, name));
const size = 100e6;

const line = (id) => {
  const messages = [{ role: "user", content: "x".repeat(4000) }];
  const body = { model: "gpt-5.4-mini", messages };
  return `${JSON.stringify({ custom_id: `request-${id}`, method: "POST", url: "/v1/chat/completions", body })}\n`;
};

async function writeFiles() {
  writeFileSync(small, line(0));
  const out = createWriteStream(large);
  for (let written = 0, id = 0; written < size; id += 1) {
    const text = line(id);
    written += text.length;
    if (!out.write(text)) await once(out, "drain");
  }
  out.end();
  await once(out, "close");
}

/** The peak memory of the command, in MB. */
const peak = async (args, stdin) => (await peakOf(args, { stdin })).peak;

try {
  await writeFiles();
  for (const command of ["check", "fix"]) {
    const baseline = await peak([command, small]);
    const peaks = { disk: await peak([command, large]), "a pipe": await peak([command, "-"], large) };
    for (const [from, found] of Object.entries(peaks)) {
      const more = `${Math.round(found - baseline)} MB more than the ${Math.round(baseline)} MB of one line`;
      print(`${command} of 100 MB from ${from}: ${more}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

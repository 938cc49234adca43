// A file of 100 MB. benches/command-memory.mjs measures the memory usage.
import assert from "node:assert/strict";
import { closeSync, createReadStream, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { place, request, start } from "./support.mjs";

const size = 100e6;

before(() => {
  const out = openSync(join(place, "large.jsonl"), "w");
  const line = JSON.stringify(
    request("NAME", { body: { model: "gpt-5.4-mini", messages: [{ role: "user", content: "x".repeat(4000) }] } }),
  );
  for (let written = 0, id = 0; written < size; id += 100) {
    written += writeSync(
      out,
      Array.from({ length: 100 }, (_, index) => `${line.replace("NAME", `request-${id + index}`)}\n`).join(""),
    );
  }
  closeSync(out);
});

/** Runs the command. Returns its exit code and the number of bytes it printed. */
async function counted(args, stdin) {
  const child = start(args);
  if (stdin) createReadStream(stdin).pipe(child.stdin);
  else child.stdin.end();
  let printed = 0;
  child.stdout.on("data", (chunk) => (printed += chunk.length));
  child.stderr.resume();
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, printed };
}

for (const command of ["check", "fix"]) {
  test(`${command} of 100 MB, from disk and from a pipe`, async () => {
    const path = join(place, "large.jsonl");
    for (const { code, printed } of [await counted([command, "large.jsonl"]), await counted([command, "-"], path)]) {
      assert.equal(code, 0);
      if (command === "fix") assert.equal(printed, statSync(path).size);
    }
  });
}

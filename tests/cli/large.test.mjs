// A file of 100 MB takes hardly more memory than one of a line.
import assert from "node:assert/strict";
import { closeSync, createReadStream, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { file, place, request, start } from "./support.mjs";

const size = 100e6;
// Told by the system when the process ends, in kB.
const telling =
  "data:text/javascript," +
  'process.on("exit",()=>process.stderr.write("most memory: "+process.resourceUsage().maxRSS))';

before(() => {
  file("small.jsonl", [request("a")]);
  const out = openSync(join(place, "large.jsonl"), "w");
  const line = JSON.stringify(
    request("NAME", { body: { model: "gpt-4o-mini", messages: [{ role: "user", content: "x".repeat(4000) }] } }),
  );
  for (let written = 0, id = 0; written < size; id += 100) {
    written += writeSync(
      out,
      Array.from({ length: 100 }, (_, index) => `${line.replace("NAME", `request-${id + index}`)}\n`).join(""),
    );
  }
  closeSync(out);
});

/** Runs the command and gives its exit code, the bytes it printed, and the most memory it had, in MB. */
async function measured(args, stdin) {
  const child = start(args, { options: [`--import=${telling}`] });
  if (stdin) createReadStream(stdin).pipe(child.stdin);
  else child.stdin.end();
  let [printed, err] = [0, ""];
  child.stdout.on("data", (chunk) => (printed += chunk.length));
  child.stderr.on("data", (chunk) => (err += chunk));
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, printed, memory: Number(/most memory: (\d+)/.exec(err)[1]) / 1000 };
}

// Measured: see each; the room is for other versions of Node.
for (const [args, most] of /** @type {[string[], number][]} */ ([
  [["check"], 70],
  [["fix"], 70],
])) {
  test(`${args[0]} of 100 MB, from disk and from a pipe`, async () => {
    const small = await measured([...args, "small.jsonl"]);
    const path = join(place, "large.jsonl");
    for (const large of [await measured([...args, "large.jsonl"]), await measured([...args, "-"], path)]) {
      assert.equal(large.code, 0);
      if (args[0] === "fix") assert.equal(large.printed, statSync(path).size);
      const more = large.memory - small.memory;
      assert.ok(more < most, `${Math.round(more)} MB more than the ${Math.round(small.memory)} MB of a small file`);
    }
  });
}

// `batchlight run` is killed at each kind of request: before the server sees it, after it was handled but before the
// answer, and after the answer. Continued, it ends with each result once, and each request was run once.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { billOf, kindOf, serveRuns } from "./run-server.mjs";
import { batchlight, file, place, request, start } from "./support.mjs";

const ids = Array.from({ length: 6 }, (_, at) => `q-${at}`);
file(
  "kill.jsonl",
  ids.map((id) => request(id)),
);

/** Runs the command until it ends by itself, or is killed. */
async function runOnce(output, env, onChild = (_) => undefined) {
  const child = start(["run", "kill.jsonl", "-o", output, "--max-requests", "3"], { env });
  onChild(child);
  child.stdout.resume();
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, err };
}

const kinds = ["upload", "create", "retrieve", "content"];
const moments = ["before", "handled", "answered"];

for (const kind of kinds)
  for (const moment of moments)
    test(`killed at ${kind}, ${moment}`, async () => {
      const server = await serveRuns({ advance: "poll" });
      after(server.close);
      const output = `${kind}-${moment}.jsonl`;
      let child;
      let killed = false;
      server.setHook((at, seen) => {
        if (killed || at !== moment || kindOf(seen) !== kind) return false;
        killed = true;
        return child.kill("SIGKILL");
      });
      const first = await runOnce(output, server.env, (started) => {
        child = started;
      });
      assert.equal(killed, true);
      // After the last answer, the program may have ended by itself.
      if (first.code !== 0) {
        const second = await runOnce(output, server.env);
        assert.equal(second.code, 0, second.err);
      }
      const results = readFileSync(join(place, output), "utf8").trim().split("\n");
      assert.deepEqual(
        results.map((line) => JSON.parse(line).custom_id),
        ids,
      );
      const { bill, doubled } = await billOf(server.api);
      assert.deepEqual(doubled, []);
      assert.deepEqual(
        [...bill].sort().map(([id, { runs }]) => [id, runs]),
        ids.map((id) => [id, 1]),
      );
    });

test("answers that are lost after the batch was created do not create it again", async () => {
  let lost = 0;
  const server = await serveRuns({
    advance: "poll",
    hook: (at, seen) => at === "handled" && kindOf(seen) === "create" && lost++ < 4,
  });
  after(server.close);
  const { code, err } = await batchlight(["run", "kill.jsonl", "-o", "lost.jsonl", "--max-requests", "3"], {
    env: server.env,
  });
  assert.equal(code, 0, err);
  assert.match(err, /found batch_/);
  const { bill, doubled } = await billOf(server.api);
  assert.deepEqual(doubled, []);
  assert.ok([...bill.values()].every(({ runs }) => runs === 1));
  assert.equal(lost, 2);
});

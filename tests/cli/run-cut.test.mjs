// Cuts the network of a run: after the second batch was created but before the response arrives, within the download of
// a result file, and, in another test, at the start. All results arrive, and each request was run once.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { startCutProxy } from "./cut-proxy.mjs";
import { billOf, kindOf, serveRuns } from "./run-server.mjs";
import { batchlight, file, place, request } from "./support.mjs";

test("a run survives two cuts of the network", async () => {
  const ids = Array.from({ length: 90 }, (_, at) => `q-${at}`);
  file(
    "cut.jsonl",
    ids.map((id) => request(id)),
  );
  const server = await serveRuns({ advance: "poll" });
  after(server.close);
  const proxy = await startCutProxy(server.url);
  after(proxy.close);
  const seen = { creations: 0, downloads: 0 };
  server.setHook((moment, what) => {
    if (moment !== "handled") return;
    if (kindOf(what) === "create" && ++seen.creations === 2) proxy.cut();
    // More than the head of the response, and less than the file.
    if (kindOf(what) === "content" && ++seen.downloads === 1) proxy.cutAfter(4000);
  });
  const { code, err } = await batchlight(["run", "cut.jsonl", "-o", "cut-out.jsonl", "--max-requests", "30"], {
    env: { ...server.env, OPENAI_BASE_URL: proxy.url },
  });
  assert.equal(code, 0, err);
  assert.equal(proxy.cuts, 2);
  assert.match(err, /\d\/3 {2}found batch_/);
  assert.match(err, /the server did not respond as expected/);
  const results = readFileSync(join(place, "cut-out.jsonl"), "utf8").trim().split("\n");
  assert.deepEqual(
    results.map((each) => JSON.parse(each).custom_id),
    ids,
  );
  const { bill, doubled } = await billOf(server.api);
  assert.deepEqual(doubled, []);
  assert.deepEqual([seen.creations, bill.size], [3, 90]);
  assert.ok([...bill.values()].every(({ runs, successes }) => runs === 1 && successes === 1));
});

test("a run survives that the server closes its first connections at once", async () => {
  file("closed.jsonl", [request("a")]);
  for (const round of [1, 2, 3]) {
    const server = await serveRuns({ advance: "poll" });
    after(server.close);
    const proxy = await startCutProxy(server.url);
    after(proxy.close);
    proxy.cut();
    const { code, err } = await batchlight(["run", "closed.jsonl", "-o", `closed-out-${round}.jsonl`], {
      env: { ...server.env, OPENAI_BASE_URL: proxy.url },
    });
    assert.equal(code, 0, err);
    assert.match(err, /the server did not respond as expected/);
  }
});

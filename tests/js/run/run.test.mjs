// The whole way of a run: what is sent, what is sent again, and what comes back.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { isBatchlightRunError, planRun, runStatus } from "batchlight/run";
import { billed, fileOf, linesOf, listOf, memoryStore, request, resultsOf, runAll, server } from "./support.mjs";

/** The ids of results, in their order. */
const idsOf = async (result) => (await resultsOf(result)).map(({ custom_id }) => custom_id);

const idsFrom = (count) => Array.from({ length: count }, (_, at) => `q-${at}`);

test("a file becomes batches within the limits, and its results come back in the order of the input", async () => {
  const mock = server();
  const events = [];
  const result = await runAll(fileOf(25), mock, {
    limits: { requests: 10 },
    metadata: { team: "search" },
    onUpdate: (event) => events.push(event.type),
  }).result;
  assert.deepEqual(await idsOf(result), idsFrom(25));
  assert.deepEqual([result.complete, result.requests, result.succeeded], [true, 25, 25]);
  const batches = await listOf(mock.api, "batches");
  assert.equal(batches.length, 3);
  for (const { metadata } of batches) assert.equal(metadata.team, "search");
  assert.equal(new Set(batches.map(({ metadata }) => metadata.batchlight_run)).size, 3);
  assert.deepEqual(
    batches.map(({ metadata }) => metadata.batchlight_sha256).sort(),
    result.shards.map(({ sha256 }) => sha256).sort(),
  );
  const sha256 = createHash("sha256").update(fileOf(10)).digest("hex");
  assert.equal(result.shards[0].sha256, sha256);
  assert.equal(events[0], "planned");
  for (const type of ["uploaded", "created", "ended", "reconciled"])
    assert.equal(events.filter((each) => each === type).length, 3, type);
});

test("a file handle that cannot be read is an error of the file", async () => {
  const broken = new Error("disk failure");
  const size = async () => ({ size: 5, isFile: () => true });
  const fail = () => Promise.reject(broken);
  for (const handle of [
    { stat: fail, read: fail },
    { stat: size, read: fail },
  ])
    await assert.rejects(planRun(handle), { name: "BatchlightFileError", code: "unreadable_source", cause: broken });
  await assert.rejects(planRun([{ stat: size, read: fail }, "{}"]), { code: "unreadable_source", cause: broken });
  const wrong = /** @type {any} */ ({ stat: size, read: async () => 5 });
  await assert.rejects(planRun(wrong), { name: "BatchlightFileError", code: "wrong_source" });
});

test("only requests that failed temporarily are resent, and not more often than asked", async () => {
  const answers = {
    "q-1": [{ status: 500 }, undefined],
    "q-2": [{ status: 429, body: { error: { code: "insufficient_quota", message: "quota", type: "x", param: null } } }],
    "q-3": [{ status: 400, body: { error: { code: "invalid_prompt", message: "no", type: "x", param: null } } }],
    "q-4": [{ status: 503 }, { status: 503 }, { status: 503 }, { status: 503 }],
  };
  const sent = new Map();
  const mock = server({
    responder: ({ custom_id }) => {
      const before = sent.get(custom_id) ?? 0;
      sent.set(custom_id, before + 1);
      return answers[custom_id]?.[before];
    },
  });
  const retrying = [];
  const result = await runAll(fileOf(6), mock, {
    attempts: 3,
    onUpdate: (event) => event.type === "reconciled" && retrying.push(event.retrying),
  }).result;
  assert.deepEqual(Object.fromEntries(sent), { "q-0": 1, "q-1": 2, "q-2": 1, "q-3": 1, "q-4": 3, "q-5": 1 });
  assert.deepEqual(retrying, [2, 1, 0]);
  assert.deepEqual([result.succeeded, result.failed, result.missing], [3, 3, 0]);
  assert.deepEqual(result.shards[0].settled, { requests: 6, succeeded: 3, incomplete: 0, failed: 3, missing: 0 });
  assert.deepEqual(await idsOf(result), idsFrom(6));
  assert.equal(result.causes.length, 3);
});

test("expired batches are sent again; what they had finished is kept", async () => {
  let batches = 0;
  const mock = server({ plan: () => (batches++ === 0 ? { runSeconds: 200_000 } : undefined) });
  const result = await runAll(fileOf(8), mock).result;
  const runs = await billed(mock.api);
  assert.equal(result.succeeded, 8);
  const [, first] = await listOf(mock.api, "batches");
  const kept = first.output_file_id ? (await linesOf(mock.api, first.output_file_id)).length : 0;
  assert.equal([...runs.values()].filter((count) => count === 1).length, kept);
});

test("a batch at the token limit waits for another one and is not a failure", async () => {
  let running = 0;
  const mock = server({
    plan: () =>
      ++running === 2
        ? {
            errors: [
              { code: "token_limit_exceeded", message: "Enqueued token limit reached", line: null, param: null },
            ],
          }
        : undefined,
  });
  const waits = [];
  const result = await runAll(fileOf(20), mock, {
    limits: { requests: 10 },
    onUpdate: (event) => event.type === "waiting" && waits.push(event.reason),
  }).result;
  assert.deepEqual([result.succeeded, result.failed], [20, 0]);
  assert.ok(waits.includes("token_limit"));
  const batches = await listOf(mock.api, "batches");
  assert.deepEqual(batches.map(({ status }) => status).sort(), ["completed", "completed", "failed"]);
  const [later, , earlier] = batches;
  assert.ok(later.created_at > earlier.created_at);
});

test("no more tokens than asked are under way for a model", async () => {
  const mock = server();
  const { shards } = await planRun(fileOf(30));
  const tokens = Math.ceil(shards[0].tokens / 3) + 2;
  const open = new Map();
  let most = 0;
  let tokensOf = [];
  const result = await runAll(fileOf(30), mock, {
    limits: { queueTokens: tokens },
    onUpdate: (event) => {
      if (event.type === "planned") tokensOf = event.plan.shards.map((shard) => shard.tokens);
      if (event.type === "created") open.set(event.shard, tokensOf[event.shard]);
      if (event.type === "ended") open.delete(event.shard);
      most = Math.max(
        most,
        [...open.values()].reduce((sum, each) => sum + each, 0),
      );
    },
  }).result;
  assert.ok(result.shards.length >= 3);
  assert.ok(most > 0 && most <= tokens, `${most} of ${tokens}`);
  assert.equal(result.succeeded, 30);
});

test("rate limits are waited for, and a batch that is not found at first is waited for, too", async () => {
  const mock = server({ faults: { notFound: 1, notFoundSeconds: 20 } });
  mock.api.fault("rate_limit", 3);
  const seconds = [];
  const result = await runAll(fileOf(3), mock, {
    onUpdate: (event) => event.type === "waiting" && seconds.push(event.seconds),
  }).result;
  assert.equal(result.succeeded, 3);
  assert.ok(seconds.length >= 3);
  assert.deepEqual([...(await billed(mock.api)).values()], [1, 1, 1]);
});

test("an account without quota stops the run with a clear word, and it continues later", async () => {
  const mock = server();
  const store = memoryStore();
  let isBroke = true;
  const body = { error: { code: "insufficient_quota", message: "You exceeded your current quota", type: "x" } };
  const fetch = (url, init) =>
    isBroke && init?.method === "POST" && String(url).endsWith("/batches")
      ? Promise.resolve(Response.json(body, { status: 429 }))
      : mock.api.fetch(url, init);
  const error = await runAll(fileOf(3), mock, { fetch, store }).result.catch((caught) => caught);
  assert.ok(isBatchlightRunError(error));
  assert.equal(error.code, "account");
  assert.match(error.message, /add credit/);
  isBroke = false;
  assert.equal((await runAll(fileOf(3), mock, { fetch, store }).result).succeeded, 3);
  assert.deepEqual([...(await billed(mock.api)).values()], [1, 1, 1]);
});

test("a file that mixes models keeps its order", async () => {
  const lines = idsFrom(9).map((id, at) => request(id, at % 2 ? "gpt-5.4-mini" : "gpt-5.4"));
  const result = await runAll(`${lines.join("\n")}\n`, server()).result;
  assert.equal(result.shards.length, 2);
  assert.deepEqual(await idsOf(result), idsFrom(9));
});

test("an error in a shard of mixed models names the request, because its lines are not those of the file", async () => {
  const lines = idsFrom(5).map((id, at) => request(id, at % 2 ? "gpt-5.4-mini" : "gpt-5.4"));
  lines[3] = lines[3].replaceAll("/v1/chat/completions", "/v1/chat/completion");
  const error = await runAll(`${lines.join("\n")}\n`, server()).result.catch((caught) => caught);
  assert.deepEqual([error.code, error.report], ["invalid_input", undefined]);
  assert.match(
    error.message,
    /^1 error in the file; request "q-3": expected one of .*, found "\/v1\/chat\/completion" at url$/,
  );
});

test("an error about a request that is too large names the limit", async () => {
  const error = await planRun(fileOf(2), { limits: { queueTokens: 1 } }).catch((caught) => caught);
  assert.match(error.message, /^line 1: .* more tokens than .*; remove the line, or raise the limit queueTokens$/);
});

test("sources are streams, several files, and files that are fixed first", async () => {
  const stream = new Blob([fileOf(2)]).stream();
  assert.deepEqual(await idsOf(await runAll(stream, server()).result), idsFrom(2));
  const files = [fileOf(2).trimEnd(), new Blob([fileOf(1, 2)])];
  assert.deepEqual(await idsOf(await runAll(files, server()).result), idsFrom(3));
  const commas = `[${fileOf(2).trim().split("\n").join(",")}]`;
  await assert.rejects(runAll(commas, server()).result, { code: "invalid_input" });
  assert.deepEqual(await idsOf(await runAll(commas, server(), { fix: true }).result), idsFrom(2));
});

test("a file with errors is not sent, and the error has its report", async () => {
  const mock = server();
  const file = `${request("a")}\n${request("a")}\n`;
  const error = await runAll(file, mock).result.catch((caught) => caught);
  assert.equal(error.code, "invalid_input");
  assert.match(error.message, /^1 error in the file; line 2: /);
  assert.equal(error.report.ok, false);
  assert.deepEqual(mock.api.requests(), []);
});

test("result files that were cut on their way are fetched again, and nothing is sent again for them", async () => {
  const mock = server();
  let cuts = 0;
  const fetch = async (url, init) => {
    const response = await mock.api.fetch(url, init);
    if (!String(url).endsWith("/content") || cuts++ > 0) return response;
    const text = await response.text();
    return new Response(text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1));
  };
  const result = await runAll(fileOf(5), mock, { fetch }).result;
  assert.equal(result.succeeded, 5);
  assert.equal(cuts, 2);
  assert.equal((await listOf(mock.api, "batches")).length, 1);
});

test("plans without a store keep nothing, and statuses need a run", async () => {
  const plan = await planRun(fileOf(3), { limits: { requests: 2 } });
  assert.deepEqual(
    plan.shards.map(({ requests }) => requests),
    [2, 1],
  );
  await assert.rejects(runStatus({ store: memoryStore() }), { code: "no_run" });
});

// Official clients against `batchlight mock`, over HTTP.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createOpenAI } from "@ai-sdk/openai";
import * as ai from "ai";
import * as openai from "openai7";
import { findPython } from "./clients/python.mjs";
import { faults, input, long, mockServer } from "./clients/support.mjs";

const { url } = await mockServer("--speed", "3600", "--fail", "0.25", "--seed", "4");
const ends = ["completed", "failed", "expired", "cancelled"];
const ids = Array.from({ length: 40 }, (_, at) => `request-${at}`);

test("the official client for JavaScript: upload, create, poll to the end, download, cancel, list with paging", async () => {
  const client = new openai.OpenAI({ baseURL: url, apiKey: "any", maxRetries: 0 });
  const text = input(40);
  const file = await client.files.create({ file: await openai.toFile(Buffer.from(text), "input.jsonl"), purpose: "batch" });
  assert.equal(await (await client.files.content(file.id)).text(), text);
  const asked = { input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" };
  let batch = await client.batches.create({ ...asked, metadata: { job: "nightly" } });
  assert.deepEqual([batch.status, batch.metadata], ["validating", { job: "nightly" }]);
  while (!ends.includes(batch.status)) {
    await wait(50);
    batch = await client.batches.retrieve(batch.id);
  }
  assert.equal(batch.status, "completed");
  const lines = async (id) => (await (await client.files.content(id)).text()).trimEnd().split("\n").map((each) => JSON.parse(each));
  const [output, error] = [await lines(batch.output_file_id), await lines(batch.error_file_id)];
  assert.deepEqual({ completed: output.length, failed: error.length, total: 40 }, batch.request_counts);
  assert.ok(error.length > 0);
  assert.deepEqual([...output, ...error].map(({ custom_id }) => custom_id).sort(), ids.toSorted());

  const running = await client.batches.create(asked, { headers: long });
  assert.equal((await client.batches.cancel(running.id)).status, "cancelling");
  const others = [];
  for (let at = 0; at < 3; at++) others.push((await client.batches.create(asked, { headers: long })).id);
  const listed = [];
  for await (const each of client.batches.list({ limit: 2 })) listed.push(each.id);
  const own = new Set([batch.id, running.id, ...others]);
  assert.deepEqual(listed.filter((id) => own.has(id)), [...others.toReversed(), running.id, batch.id]);
  assert.equal((await client.batches.list({ limit: 2 })).has_more, true);
});

test("the official client for JavaScript raises its own errors", async () => {
  const client = new openai.OpenAI({ baseURL: url, apiKey: "any", maxRetries: 0 });
  for (const [name, kind] of Object.entries(faults)) {
    const failure = await client.batches.list({}, { headers: { "x-batchlight-fault": name } }).then(() => undefined, (error) => error);
    assert.ok(failure instanceof openai[kind], `${name}: expected ${kind}, found ${failure?.constructor.name}`);
  }
  await assert.rejects(client.batches.list({}, { headers: { "x-batchlight-fault": "slow" }, timeout: 300 }), openai.APIConnectionTimeoutError);
  await assert.rejects(client.batches.list({}, { headers: { "x-batchlight-fault": "rain" } }), openai.APIError);
  await assert.rejects(client.batches.list({}, { headers: { authorization: null } }), openai.AuthenticationError);
  await assert.rejects(client.files.retrieve("file-nowhere"), openai.NotFoundError);
  await assert.rejects(client.files.create({ file: await openai.toFile(Buffer.from("{}"), "input.txt"), purpose: "batch" }), openai.BadRequestError);
  // By itself it waits as long as it is told, and asks again.
  const begun = performance.now();
  const patient = new openai.OpenAI({ baseURL: url, apiKey: "any", maxRetries: 1 });
  const { response } = await patient.batches.list({}, { headers: { "x-batchlight-fault": "rate_limit" } }).withResponse().catch((error) => ({ response: error }));
  assert.ok(response instanceof openai.RateLimitError && response.headers.get("retry-after") === "1");
  assert.ok(performance.now() - begun >= 990);
});

// Python is looked for in the test: what is awaited between two tests lets the runner think that all are done, and clear up.
test("the official client for Python: the same way, and its own errors", async (context) => {
  const { python, reason } = await findPython();
  if (!python) return context.skip(reason);
  const own = await mockServer("--speed", "3600", "--fail", "0.25", "--seed", "4");
  const args = [own.url, input(40), JSON.stringify(long), JSON.stringify(Object.keys(faults))];
  const { stdout } = await promisify(execFile)(python, [fileURLToPath(new URL("./clients/journey.py", import.meta.url)), ...args], { timeout: 60_000 });
  const { version, output, error, listed, expected, counts, statuses, ...rest } = JSON.parse(stdout);
  assert.match(version, /^\d+\./);
  assert.deepEqual([statuses[0], statuses.at(-1)], ["validating", "completed"]);
  assert.deepEqual(counts, { completed: output.length, failed: error.length, total: 40 });
  assert.deepEqual([...output, ...error].sort(), ids.toSorted());
  assert.deepEqual(listed, expected);
  assert.deepEqual(rest, {
    metadata: { job: "nightly" },
    same: true,
    cancelling: "cancelling",
    deleted: true,
    gone: "NotFoundError",
    wrong: "BadRequestError",
    keyless: "AuthenticationError",
    faults,
    slow: "APITimeoutError",
  });
});

test("the AI SDK: from start to results, cancel and list", async () => {
  const { url: baseURL } = await mockServer("--speed", "3600");
  const provider = createOpenAI({ baseURL, apiKey: "any" });
  const requests = ["one", "two", "three"].map((id) => ({ id, type: "text", model: "gpt-4o-mini", prompt: `Say ${id}.` }));
  const batch = await ai.experimental_startBatch({ provider, requests });
  assert.deepEqual([batch.status, batch.rawStatus, batch.warnings], ["pending", "validating", []]);
  let now = batch;
  while (now.status === "pending") {
    await wait(50);
    now = await ai.experimental_getBatchStatus({ provider, batch });
  }
  assert.deepEqual([now.status, now.requestCounts], ["completed", { total: 3, pending: 0, completed: 3, failed: 0 }]);
  const results = new Map();
  for await (const result of ai.experimental_getBatchResults({ provider, batch })) results.set(result.id, result);
  assert.equal(results.size, 3);
  for (const { id, prompt } of requests) {
    const { status, text, finishReason, usage } = results.get(id);
    assert.deepEqual([status, finishReason], ["succeeded", "stop"]);
    assert.ok(text.includes(prompt));
    assert.ok(usage.totalTokens > 0);
  }
  const other = await ai.experimental_startBatch({ provider, requests, headers: long });
  await ai.experimental_cancelBatch({ provider, batch: other });
  assert.equal((await ai.experimental_getBatchStatus({ provider, batch: other })).rawStatus, "cancelling");
  const { batches, nextCursor } = await ai.experimental_listBatches({ provider, limit: 1 });
  assert.deepEqual(batches.map(({ id }) => id), [other.id]);
  const { batches: rest } = await ai.experimental_listBatches({ provider, limit: 1, cursor: nextCursor });
  assert.deepEqual(rest.map(({ id }) => id), [batch.id]);
});

// Official clients with `batchlight mock` over HTTP.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createOpenAI } from "@ai-sdk/openai";
import * as ai from "ai";
import * as openai from "openai7";
import { travel } from "./clients/journey.mjs";
import { findPython } from "./clients/python.mjs";
import { faults, input, long, mockServer } from "./clients/support.mjs";

const text = input(40);

/** Starts a server on which one day takes 24 seconds and a quarter of the requests fail. */
const server = () => mockServer("--speed", "3600", "--fail", "0.25", "--seed", "4");

/**
 * Checks what a client observed. Only the name of the timeout error differs between languages.
 *
 * @typedef {object} Journey
 * @property {string[]} statuses
 * @property {object} counts
 * @property {string[]} output
 * @property {string[]} error
 * @property {unknown} listed
 * @property {unknown} expected
 * @param {Journey} journey
 * @param {string} timeout
 */
function arrived({ statuses, counts, output, error, listed, expected, ...rest }, timeout) {
  assert.deepEqual([statuses[0], statuses.at(-1)], ["validating", "completed"]);
  assert.ok(error.length > 0);
  assert.deepEqual(counts, { completed: output.length, failed: error.length, total: 40 });
  assert.deepEqual([...output, ...error].sort(), Array.from({ length: 40 }, (_, at) => `request-${at}`).sort());
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
    slow: timeout,
  });
}

for (const name of ["openai4", "openai5", "openai6", "openai7"]) {
  test(`${name}: upload, create, poll, download, cancel, paginate and error classes`, async () => {
    const { url } = await server();
    arrived(
      /** @type {Journey} */ (/** @type {unknown} */ (await travel(name, url, text))),
      "APIConnectionTimeoutError",
    );
  });
}

test("the official Python client: the same journey and error classes", async (context) => {
  // Awaited inside the test: between two tests, the runner would consider all tests finished and clean up.
  const { python, reason } = await findPython();
  if (!python) return context.skip(reason);
  const { url } = await server();
  const args = [url, text, JSON.stringify(long), JSON.stringify(Object.keys(faults))];
  const { stdout } = await promisify(execFile)(
    python,
    [fileURLToPath(new URL("./clients/journey.py", import.meta.url)), ...args],
    { timeout: 120_000 },
  );
  const { version, ...seen } = JSON.parse(stdout);
  assert.match(version, /^\d+\./);
  arrived(seen, "APITimeoutError");
});

test("the official client retries after Retry-After, and an unknown fault is rejected", async () => {
  const { url } = await server();
  const list = (maxRetries, fault) =>
    new openai.OpenAI({ baseURL: url, apiKey: "any", maxRetries }).batches.list(
      {},
      { headers: { "x-batchlight-fault": fault } },
    );
  const begun = performance.now();
  await assert.rejects(
    list(1, "rate_limit"),
    (error) => error instanceof openai.RateLimitError && error.headers.get("retry-after") === "1",
  );
  assert.ok(performance.now() - begun >= 990);
  const faults = "rate_limit, server_error, drop, slow, stale, not_found";
  await assert.rejects(list(0, "rain"), {
    status: 400,
    message: new RegExp(`expected one of ${faults}, or a status from 400 to 599 in the header`),
  });
});

test("the AI SDK: start, poll, results, cancel and list", async () => {
  const { url: baseURL } = await mockServer("--speed", "3600");
  const provider = createOpenAI({ baseURL, apiKey: "any" });
  const requests = ["one", "two", "three"].map((id) => ({
    id,
    type: /** @type {const} */ ("text"),
    model: "gpt-5.4-mini",
    prompt: `Say ${id}.`,
  }));
  const batch = await ai.experimental_startBatch({ provider, requests });
  assert.deepEqual([batch.status, batch.rawStatus, batch.warnings], ["pending", "validating", []]);
  /** @type {Awaited<ReturnType<typeof ai.experimental_getBatchStatus>>} */
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
  assert.deepEqual(
    batches.map(({ id }) => id),
    [other.id],
  );
  const { batches: rest } = await ai.experimental_listBatches({ provider, limit: 1, cursor: nextCursor });
  assert.deepEqual(
    rest.map(({ id }) => id),
    [batch.id],
  );
});

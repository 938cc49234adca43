// The mock as a handler of msw, with an unchanged production client.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { http } from "msw";
import { setupServer } from "msw/node";
import * as openai from "openai7";
import { createMockApi, manualClock } from "batchlight/mock";
import { created, input, quick } from "./support.mjs";

const clock = manualClock(created);
const api = createMockApi({ clock, failureRate: 0.3, seed: 4, plan: () => quick });
const server = setupServer(
  http.all("https://api.openai.com/v1/*", ({ request }) => api.fetch(request).catch(() => Response.error())),
);

// The client tests once whether fetch supports forms, with a data URL.
before(() =>
  server.listen({ onUnhandledRequest: ({ url }, print) => void (url.startsWith("data:") || print.error()) }),
);
after(() => server.close());

const client = new openai.OpenAI({ apiKey: "any", maxRetries: 0 });

test("upload, create, poll, download both files, cancel", async () => {
  const text = input(40);
  const file = await client.files.create({
    file: await openai.toFile(Buffer.from(text), "input.jsonl"),
    purpose: "batch",
  });
  assert.equal(await (await client.files.content(file.id)).text(), text);
  /** @type {openai.OpenAI.BatchCreateParams} */
  const asked = { input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" };
  const batch = await client.batches.create(asked);
  assert.equal(batch.status, "validating");
  clock.advance(600);
  const done = await client.batches.retrieve(batch.id);
  const lines = async (id) => (await (await client.files.content(id)).text()).trimEnd().split("\n").length;
  assert.deepEqual(done.request_counts, {
    total: 40,
    completed: await lines(done.output_file_id),
    failed: await lines(done.error_file_id),
  });
  const other = await client.batches.create(asked);
  assert.equal((await client.batches.cancel(other.id)).status, "cancelling");
  const listed = [];
  for await (const each of client.batches.list({ limit: 1 })) listed.push(each.id);
  assert.deepEqual(listed, [other.id, batch.id]);
});

test("errors and broken connections have the client's classes", async () => {
  await assert.rejects(client.batches.retrieve("batch_0"), openai.NotFoundError);
  /** @type {[import("batchlight/mock").Fault, Function][]} */
  const cases = [
    ["rate_limit", openai.RateLimitError],
    ["server_error", openai.InternalServerError],
    ["drop", openai.APIConnectionError],
  ];
  for (const [fault, kind] of cases) {
    api.fault(fault);
    await assert.rejects(client.batches.list(), (error) => error instanceof kind, String(fault));
  }
});

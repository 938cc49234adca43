// Endpoints beside files and batches: direct requests, uploads in parts, models, webhook endpoints, and Azure's client.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AzureOpenAI, OpenAI, toFile } from "openai7";
import { createMockApi, manualClock } from "batchlight/mock";
import { created, input, mock, quick } from "./support.mjs";

/** An official client of a mock. */
function clientOf(options = {}) {
  const clock = manualClock(created);
  const api = createMockApi({ clock, plan: quick, ...options });
  const client = new OpenAI({ apiKey: "any", fetch: api.fetch, maxRetries: 0, webhookSecret: "unused" });
  return { clock, api, client };
}

const messages = [{ role: /** @type {const} */ ("user"), content: "hi" }];
const model = "gpt-4o-mini";

test("direct requests: the official client reads every response", async () => {
  const { client } = clientOf();
  const completion = await client.chat.completions.create({ model, messages });
  assert.equal(completion.choices[0].message.content, "Simulated answer to: hi");
  assert.equal(completion.model, "gpt-4o-mini-2024-07-18");
  const response = await client.responses.create({ model, input: "hi" });
  assert.equal(response.output_text, "Simulated answer to: hi");
  const { data } = await client.embeddings.create({ model: "text-embedding-3-small", input: "hi", dimensions: 4 });
  assert.equal(data[0].embedding.length, 4);
  const { results } = await client.moderations.create({ input: "hi" });
  assert.equal(results[0].flagged, false);
});

test("direct requests are checked as lines of a batch, and do not stream", async () => {
  const { client } = clientOf();
  const create = (body) => client.chat.completions.create(/** @type {any} */ (body));
  await assert.rejects(create({ model }), { status: 400, param: "messages", code: "missing_required_parameter" });
  await assert.rejects(create({ messages }), { status: 400, param: "model" });
  await assert.rejects(create({ model: "gtp-4o", messages }), { status: 404, code: "model_not_found", param: "model" });
  await assert.rejects(create({ model, messages, stream: true }), {
    status: 400,
    param: "stream",
    message: /the mock does not stream; remove stream or set it to false/,
  });
});

test("direct requests: rules, responders and failures apply", async () => {
  const ruled = clientOf({ answers: [{ content: "by rule" }], responder: () => undefined });
  const { choices } = await ruled.client.chat.completions.create({ model, messages });
  assert.equal(choices[0].message.content, "by rule");
  const failing = clientOf({ failureRate: 1 });
  await assert.rejects(failing.client.chat.completions.create({ model, messages }), ({ status }) => status >= 400);
});

test("uploads in parts become files", async () => {
  const { client, clock, api } = clientOf();
  const text = input(5);
  const bytes = Buffer.from(text);
  const [first, second] = [bytes.subarray(0, 100), bytes.subarray(100)];
  const start = () =>
    client.uploads.create({
      bytes: bytes.length,
      filename: "in.jsonl",
      mime_type: "application/jsonl",
      purpose: "batch",
    });
  const upload = await start();
  assert.deepEqual([upload.status, upload.object, upload.expires_at], ["pending", "upload", created + 3600]);
  // Sent in the wrong order: the list of ids decides.
  const part2 = await client.uploads.parts.create(upload.id, { data: await toFile(second, "part") });
  const part1 = await client.uploads.parts.create(upload.id, { data: await toFile(first, "part") });
  await assert.rejects(client.uploads.complete(upload.id, { part_ids: [part1.id] }), /expected \d+ bytes, found 100/);
  const { status, file } = await client.uploads.complete(upload.id, { part_ids: [part1.id, part2.id] });
  assert.equal(status, "completed");
  assert.equal(await (await client.files.content(file.id)).text(), text);
  const batch = await client.batches.create({
    input_file_id: file.id,
    endpoint: "/v1/chat/completions",
    completion_window: "24h",
  });
  clock.advance(86_400);
  assert.equal((await client.batches.retrieve(batch.id)).request_counts.completed, 5);
  await assert.rejects(client.uploads.complete(upload.id, { part_ids: [] }), /the upload is completed/);
  const other = await start();
  assert.equal((await client.uploads.cancel(other.id)).status, "cancelled");
  const late = await start();
  clock.advance(3600);
  await assert.rejects(client.uploads.cancel(late.id), /the upload is expired/);
  await assert.rejects(client.uploads.cancel("upload_0"), { status: 404 });
  const { data } = /** @type {any} */ (
    await (await api.fetch("http://x/v1/files", { headers: { "api-key": "any" } })).json()
  );
  assert.deepEqual(
    data.map(({ purpose }) => purpose),
    ["batch_output", "batch"],
  );
});

test("models: those that requests may name", async () => {
  const { client } = clientOf();
  const names = [];
  for await (const { id } of client.models.list()) names.push(id);
  assert.ok(names.length > 100 && names.includes("gpt-4o-mini") && names.includes("text-embedding-3-small"));
  assert.equal((await client.models.retrieve("gpt-4o")).object, "model");
  await assert.rejects(client.models.retrieve("gtp"), { status: 404, code: "model_not_found" });
  // Each of them is accepted.
  const lines = names
    .filter((name) => /^(gpt-[45]|o\d)/.test(name))
    .map((name) => client.chat.completions.create({ model: name, messages }));
  await Promise.all(lines);
});

test("webhook endpoints: created, changed, listed, tested, rotated, deleted", async () => {
  const received = [];
  const webhookFetch = async (request) => {
    received.push({ url: request.url, headers: request.headers, text: await request.text() });
    return new Response(null, { status: 204 });
  };
  const { client, clock, api } = clientOf({ webhookFetch });
  const endpoint = await client.webhooks.create({
    name: "mine",
    url: "https://hooks.test/a",
    event_types: ["batch.completed"],
  });
  assert.match(endpoint.signing_secret, /^whsec_/);
  assert.equal(endpoint.signing_secret_hint, `whsec_...${endpoint.signing_secret.slice(-4)}`);
  const other = await client.webhooks.create({
    name: "other",
    url: "https://hooks.test/b",
    event_types: ["batch.failed"],
  });
  const listed = [];
  for await (const each of client.webhooks.list({ limit: 1 })) listed.push(each);
  assert.deepEqual(
    listed.map(({ id }) => id),
    [other.id, endpoint.id],
  );
  assert.ok(listed.every((each) => !("signing_secret" in each)));
  assert.equal((await client.webhooks.update(endpoint.id, { name: "ours" })).name, "ours");
  assert.equal((await client.webhooks.retrieve(endpoint.id)).name, "ours");
  assert.ok((await client.webhooks.eventTypes.list()).data.includes("batch.completed"));

  const file = await client.files.create({ file: await toFile(Buffer.from(input(2)), "upload"), purpose: "batch" });
  const batch = await client.batches.create({
    input_file_id: file.id,
    endpoint: "/v1/chat/completions",
    completion_window: "24h",
  });
  clock.advance(86_400);
  assert.equal(await api.runDue(), 1);
  assert.deepEqual(
    received.map(({ url }) => url),
    ["https://hooks.test/a"],
  );
  // Signed in real time, as the client verifies it.
  const event = await client.webhooks.unwrap(received[0].text, received[0].headers, endpoint.signing_secret);
  assert.deepEqual([event.type, event.data], ["batch.completed", { id: batch.id }]);

  const sample = await client.webhooks.test(endpoint.id, { event_type: "batch.failed" });
  assert.deepEqual([sample.status_code, sample.success], [204, true]);
  const rotated = await client.webhooks.rotateSecret(endpoint.id);
  assert.notEqual(rotated.signing_secret, endpoint.signing_secret);
  assert.deepEqual(await client.webhooks.delete(endpoint.id), {
    id: endpoint.id,
    object: "webhook_endpoint.deleted",
    deleted: true,
  });
  await assert.rejects(client.webhooks.retrieve(endpoint.id), { status: 404 });
  await assert.rejects(client.webhooks.create(/** @type {any} */ ({ name: "x", event_types: ["a"] })), {
    status: 400,
    param: "url",
  });
});

test("Azure's client: api-key, its paths, and deployments", async () => {
  const clock = manualClock(created);
  const api = createMockApi({ clock, plan: quick, auth: "azure-key" });
  const options = { endpoint: "https://azure.test", apiVersion: "2025-03-01", fetch: api.fetch, maxRetries: 0 };
  const client = new AzureOpenAI({ ...options, apiKey: "azure-key" });
  const file = await client.files.create({ file: await toFile(Buffer.from(input(2)), "upload"), purpose: "batch" });
  const { id } = await client.batches.create({
    input_file_id: file.id,
    endpoint: "/v1/chat/completions",
    completion_window: "24h",
  });
  clock.advance(86_400);
  assert.equal((await client.batches.retrieve(id)).status, "completed");
  // As Azure spells endpoints.
  const text = input(2).replaceAll('"/v1/chat/completions"', '"/chat/completions"');
  const own = await client.files.create({ file: await toFile(Buffer.from(text), "upload"), purpose: "batch" });
  const spelled = await client.batches.create({
    input_file_id: own.id,
    endpoint: /** @type {any} */ ("/chat/completions"),
    completion_window: "24h",
  });
  assert.equal(spelled.endpoint, "/chat/completions");
  clock.advance(86_400);
  const ended = await client.batches.retrieve(spelled.id);
  assert.deepEqual([ended.status, ended.request_counts.completed], ["completed", 2]);
  const { choices } = await client.chat.completions.create({ model, messages });
  assert.equal(choices.length, 1);
  const v1 = new OpenAI({
    baseURL: "https://azure.test/openai/v1/",
    apiKey: "azure-key",
    fetch: api.fetch,
    maxRetries: 0,
  });
  assert.equal((await v1.batches.list()).data.length, 2);
  await assert.rejects(new AzureOpenAI({ ...options, apiKey: "other" }).batches.list(), { status: 401 });
});

test("a batch that is not found for some seconds after it is created", async () => {
  const { create, get, clock } = mock({ faults: { notFound: 1, notFoundSeconds: 3 } });
  const { id, status } = await create(input(1), {});
  assert.equal(status, "validating");
  const missing = await get(`batches/${id}`);
  assert.deepEqual([missing.status, missing.body.error.message], [404, `No batch found with id '${id}'.`]);
  assert.deepEqual((await get("batches")).body.data, []);
  clock.advance(3);
  assert.equal((await get(`batches/${id}`)).status, 200);
});

test("texts of refusals, and one request that asks for not_found", async () => {
  const { get, post } = mock();
  const { status, body } = await get("files/file-0");
  assert.deepEqual([status, body.error.message, body.error.param], [404, "No such File object: file-0", "id"]);
  const wrong = await post("batches", {
    input_file_id: "wrong-id",
    endpoint: "/v1/responses",
    completion_window: "24h",
  });
  assert.deepEqual(wrong.body.error, {
    message: "Invalid 'input_file_id': 'wrong-id'. Expected an ID that begins with 'file'.",
    type: "invalid_request_error",
    param: "input_file_id",
    code: "invalid_value",
  });
  assert.equal((await get("batches", { headers: { "x-batchlight-fault": "not_found" } })).status, 404);
});

// Official clients, one of each major version, accept the mock as the server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createMockApi, manualClock } from "batchlight/mock";
import { created, input, quick } from "./support.mjs";

for (const version of ["openai4", "openai5", "openai6", "openai7"]) {
  const { OpenAI, toFile, ...names } = await import(version);
  const start = (options = {}) => {
    const clock = manualClock(created);
    const api = createMockApi({ clock, plan: () => quick, ...options });
    return { api, clock, client: new OpenAI({ apiKey: "sk-any", fetch: api.fetch, maxRetries: 0 }) };
  };
  const upload = async (client, text, purpose = "batch") =>
    client.files.create({ file: await toFile(Buffer.from(text), "input.jsonl"), purpose });
  const create = async (client, text, others) =>
    client.batches.create({
      input_file_id: (await upload(client, text)).id,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
      ...others,
    });

  test(`${version}: upload, create, poll and download both files`, async () => {
    const { client, clock } = start({ failureRate: 0.3, seed: 4 });
    const text = input(40);
    const file = await upload(client, text);
    assert.deepEqual(
      [file.object, file.purpose, file.bytes, file.filename],
      ["file", "batch", text.length, "input.jsonl"],
    );
    assert.equal(await (await client.files.content(file.id)).text(), text);
    const batch = await client.batches.create({
      input_file_id: file.id,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
      metadata: { job: "nightly" },
    });
    assert.deepEqual([batch.status, batch.metadata, batch.model ?? null], ["validating", { job: "nightly" }, null]);
    const seen = [];
    let look = batch;
    while (!["completed", "failed", "expired", "cancelled"].includes(look.status)) {
      clock.advance(1);
      look = await client.batches.retrieve(batch.id);
      if (seen.at(-1) !== look.status) seen.push(look.status);
    }
    assert.deepEqual(seen, ["validating", "in_progress", "finalizing", "completed"]);
    const lines = async (id) =>
      (await (await client.files.content(id)).text())
        .trimEnd()
        .split("\n")
        .map((each) => JSON.parse(each));
    const [output, error] = [await lines(look.output_file_id), await lines(look.error_file_id)];
    assert.deepEqual([output.length, error.length], [look.request_counts.completed, look.request_counts.failed]);
    assert.equal(new Set([...output, ...error].map(({ custom_id }) => custom_id)).size, 40);
    assert.notDeepEqual(
      output.map(({ custom_id }) => custom_id),
      output.map(({ custom_id }) => custom_id).sort(),
    );
    assert.ok(output.every(({ response }) => response.body.choices[0].message.content.includes("text of request-")));
    assert.equal(
      output.reduce((sum, { response }) => sum + response.body.usage.total_tokens, 0),
      look.usage.total_tokens,
    );
  });

  test(`${version}: cancel, cancel twice, and cancel too late`, async () => {
    const { client, clock } = start();
    const batch = await create(client, input(50));
    clock.advance(60);
    assert.equal((await client.batches.cancel(batch.id)).status, "cancelling");
    assert.equal((await client.batches.cancel(batch.id)).status, "cancelling");
    clock.advance(60);
    const cancelled = await client.batches.cancel(batch.id);
    const { completed, failed, total } = cancelled.request_counts;
    assert.equal(cancelled.status, "cancelled");
    assert.ok(completed > 0 && completed + failed < total);
    const done = await create(client, input(3));
    clock.advance(600);
    await assert.rejects(client.batches.cancel(done.id), (/** @type {Error & { status: number }} */ error) => {
      assert.ok(error instanceof names.ConflictError);
      assert.match(error.message, /Cannot cancel a batch with status 'completed'\./);
      return error.status === 409;
    });
  });

  test(`${version}: list with pagination`, async () => {
    const { client } = start();
    const made = [];
    for (let at = 0; at < 7; at++) made.unshift((await create(client, input(1))).id);
    const listed = [];
    for await (const batch of client.batches.list({ limit: 3 })) listed.push(batch.id);
    assert.deepEqual(listed, made);
    const files = [];
    for await (const file of client.files.list({ purpose: "batch" })) files.push(file.id);
    assert.equal(files.length, 7);
    const deleted =
      (await client.files.del?.(files[0]).catch(() => undefined)) ?? (await client.files.delete(files[0]));
    assert.equal(deleted.deleted, true);
    await assert.rejects(client.files.retrieve(files[0]), names.NotFoundError);
  });

  test(`${version}: every error has the client's class`, async () => {
    const { api, client } = start({ auth: "sk-any" });
    const fails = async (work, kind, status) => {
      await assert.rejects(work, (/** @type {Error & { status: number }} */ error) => {
        assert.ok(error instanceof kind, `${error?.constructor?.name}: ${error.message}`);
        assert.equal(error.status, status);
        return true;
      });
    };
    const stranger = new OpenAI({ apiKey: "sk-other", fetch: api.fetch, maxRetries: 0 });
    await fails(stranger.batches.list(), names.AuthenticationError, 401);
    await fails(client.batches.retrieve("batch_0"), names.NotFoundError, 404);
    await fails(client.batches.retrieve("invalid"), names.BadRequestError, 400);
    await fails(create(client, input(1), { endpoint: "/v1/invalid" }), names.BadRequestError, 400);
    await fails(create(client, input(1), { completion_window: "1h" }), names.BadRequestError, 400);
    await fails(create(client, input(1), { metadata: { tags: ["a"] } }), names.BadRequestError, 400);
    const asked = [
      ["rate_limit", names.RateLimitError, 429],
      ["server_error", names.InternalServerError, 500],
      ["drop", names.APIConnectionError, undefined],
      [{ status: 403 }, names.PermissionDeniedError, 403],
      [{ status: 422 }, names.UnprocessableEntityError, 422],
    ];
    for (const [fault, kind, status] of asked) {
      api.fault(fault);
      await fails(client.batches.list(), kind, status);
    }
    await client.batches.list();
  });

  test(`${version}: a slow response is a timeout, and a rate limit is retried`, async () => {
    const { api } = start({ faults: { slowMilliseconds: 60_000, retryAfterSeconds: 0 } });
    const hasty = new OpenAI({ apiKey: "sk-any", fetch: api.fetch, maxRetries: 0, timeout: 50 });
    api.fault("slow");
    await assert.rejects(hasty.batches.list(), names.APIConnectionTimeoutError);
    const patient = new OpenAI({ apiKey: "sk-any", fetch: api.fetch, maxRetries: 2 });
    api.fault("rate_limit", 2);
    assert.deepEqual((await patient.batches.list()).data, []);
  });

  test(`${version}: an invalid input file fails the batch with an error per line`, async () => {
    const { client, clock } = start();
    const incomplete = { custom_id: "y", url: "/v1/chat/completions", body: { model: "gpt-5.4-mini", messages: [] } };
    const bad = `${input(1)}{"custom_id": "x", \n${JSON.stringify(incomplete)}\n`;
    const batch = await create(client, bad);
    assert.equal(batch.status, "validating");
    clock.advance(3600);
    const { status, errors, request_counts } = await client.batches.retrieve(batch.id);
    assert.deepEqual([status, request_counts.total], ["failed", 0]);
    assert.deepEqual(
      errors.data.map(({ code, line, param }) => [code, line, param]),
      [
        ["invalid_json_line", 2, null],
        ["missing_required_parameter", 3, "method"],
      ],
    );
    assert.equal(errors.data[0].message, "This line is not parseable as valid JSON.");
    assert.equal(errors.data[1].message, "Missing required parameter: 'method'.");
  });
}

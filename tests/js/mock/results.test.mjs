// The content of result files: each request once, for every outcome of the batch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { safeParseBatch } from "batchlight";
import { digestResults, reconcile } from "batchlight/files";
import { input, line, mock, quick } from "./support.mjs";

const text = input(60);

/**
 * Runs a batch to its end. Returns the batch, its files and their reconciliation.
 *
 * @param {object} plan
 * @param {{ cancelAfter?: number, options?: object }} how
 */
async function ended(plan, { cancelAfter, options = {} } = {}) {
  const { clock, create, get, post, text: download } = mock({ seed: 9, ...options });
  const { id } = await create(text, { plan: { ...quick, ...plan } });
  if (cancelAfter !== undefined) {
    clock.advance(cancelAfter);
    await post(`batches/${id}/cancel`);
  }
  clock.advance(200_000);
  const { body: batch } = await get(`batches/${id}`);
  const output = batch.output_file_id ? await download(batch.output_file_id) : undefined;
  const error = batch.error_file_id ? await download(batch.error_file_id) : undefined;
  const result = await reconcile({ input: text, ...(output && { output }), ...(error && { error }) }, { batch });
  return { batch, output, error, result, verdicts: [...result.verdicts()] };
}

/** @type {Record<string, [plan: object, how: { cancelAfter?: number }, status: string]>} */
const cases = {
  "all succeed": [{}, {}, "completed"],
  "some fail": [{ failureRate: 0.4 }, {}, "completed"],
  "all fail": [{ failureRate: 1 }, {}, "completed"],
  expired: [{ runSeconds: 150_000, failureRate: 0.1 }, {}, "expired"],
  "cancelled while it runs": [{ failureRate: 0.2 }, { cancelAfter: 60 }, "cancelled"],
  "cancelled while finalizing": [{}, { cancelAfter: 111 }, "cancelled"],
};

for (const [name, [plan, how, status]] of Object.entries(cases)) {
  test(`${name}: every request exactly once`, async () => {
    const { batch, result, verdicts } = await ended(plan, how);
    assert.equal(batch.status, status);
    assert.equal(verdicts.length, 60);
    assert.ok(verdicts.every(({ verdict }) => verdict === "succeeded" || verdict === "failed"));
    assert.equal(result.succeeded, batch.request_counts.completed);
    assert.equal(result.complete, true);
    assert.deepEqual([result.missing, result.duplicate, result.conflicting, result.unknown], [0, 0, 0, 0]);
    assert.deepEqual(
      result.countIssues.filter(({ level }) => level === "error"),
      [],
    );
    const parsed = safeParseBatch(batch);
    assert.deepEqual(
      parsed.issues.filter(({ level }) => level !== "note"),
      [],
    );
  });
}

test("cancelled while validating: no files, nothing has run", async () => {
  const { batch, result } = await ended({}, { cancelAfter: 5 });
  assert.deepEqual(
    [batch.status, batch.output_file_id, batch.error_file_id, batch.in_progress_at],
    ["cancelled", null, null, null],
  );
  assert.equal(result.missing, 60);
});

test("the error file names expired and cancelled requests", async () => {
  const codes = async (/** @type {Parameters<typeof ended>} */ ...given) => [
    ...new Set(
      (await ended(...given)).error
        .trimEnd()
        .split("\n")
        .map((each) => JSON.parse(each).error.code),
    ),
  ];
  assert.deepEqual(await codes({ runSeconds: 150_000 }), ["batch_expired"]);
  assert.deepEqual(await codes({}, { cancelAfter: 60 }), ["batch_cancelled"]);
});

test("a responder responds, fails and throws, and its usage is summed", async () => {
  const responder = ({ custom_id, index }) => {
    if (index === 3) throw new Error("no idea");
    if (index % 10 === 5)
      return {
        status: 400,
        body: { error: { message: "no", type: "invalid_request_error", param: null, code: null } },
      };
    return {
      body: {
        object: "chat.completion",
        model: "m",
        answer: custom_id,
        usage: { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 },
      },
    };
  };
  const { batch, output, error, result } = await ended({}, { options: { responder } });
  assert.deepEqual(batch.request_counts, { total: 60, completed: 53, failed: 7 });
  assert.equal(result.complete, true);
  assert.deepEqual([batch.usage.input_tokens, batch.usage.output_tokens, batch.usage.total_tokens], [106, 159, 265]);
  for (const { custom_id, response } of output
    .trimEnd()
    .split("\n")
    .map((each) => JSON.parse(each)))
    assert.equal(response.body.answer, custom_id);
  assert.match(error, /"no idea"/);
});

const asked = {
  "/v1/chat/completions": {
    messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }],
    response_format: { type: "json_object" },
  },
  "/v1/responses": { input: "hi" },
  "/v1/embeddings": { model: "text-embedding-3-small", input: ["a", "b"], dimensions: 8 },
  "/v1/completions": { model: "gpt-3.5-turbo-instruct", prompt: "hi" },
  "/v1/moderations": { model: "omni-moderation-latest", input: "hi" },
  "/v1/images/generations": { model: "gpt-image-1", prompt: "a cat" },
  "/v1/images/edits": { model: "gpt-image-1", prompt: "a cat", images: [{ image_url: "https://example.com/cat.png" }] },
  "/v1/videos": { model: "sora-2", prompt: "a cat" },
};

for (const [endpoint, body] of Object.entries(asked)) {
  test(`a plausible body: ${endpoint}`, async () => {
    const { clock, create, get, text: download } = mock();
    const file = input(2, (id) => line(id, { url: endpoint, body: { model: "gpt-5.4-mini", ...body } }));
    const { id } = await create(file, { endpoint });
    clock.advance(86_400);
    const { body: batch } = await get(`batches/${id}`);
    assert.equal(batch.status, "completed", JSON.stringify(batch.errors));
    const output = await download(batch.output_file_id);
    const digest = await digestResults(output);
    assert.deepEqual([digest.succeeded, digest.failed, digest.malformed.count], [2, 0, 0]);
    const answer = JSON.parse(output.split("\n")[0]).response.body;
    if (endpoint === "/v1/embeddings")
      assert.deepEqual(
        answer.data.map(({ embedding }) => embedding.length),
        [8, 8],
      );
    if (endpoint === "/v1/chat/completions") JSON.parse(answer.choices[0].message.content);
    if (endpoint === "/v1/responses") assert.equal(answer.output[0].content[0].text, "Simulated answer to: hi");
  });
}

test("a request that is nested too deep to be checked whole has a result, and so has the one behind it", async () => {
  const { clock, create, get, text: download } = mock({ seed: 9 });
  const deep = line("deep").replace('"text of deep"', `${"[".repeat(600)}${"]".repeat(600)}`);
  const { id } = await create(`${deep}\n${line("good")}\n`, { plan: { ...quick, failureRate: 0 } });
  clock.advance(200_000);
  const { body: batch } = await get(`batches/${id}`);
  assert.deepEqual([batch.status, batch.request_counts.total, batch.request_counts.completed], ["completed", 2, 2]);
  const lines = (await download(batch.output_file_id)).trimEnd().split("\n");
  assert.deepEqual(lines.map((each) => JSON.parse(each).custom_id).sort(), ["deep", "good"]);
});

test("a line that is never closed fails its batch, however deep it is", async () => {
  const { clock, create, get } = mock({ seed: 9 });
  const { id } = await create(`${line("good")}\n${'{"a":'.repeat(600)}\n`, { plan: quick });
  clock.advance(200_000);
  const { body: batch } = await get(`batches/${id}`);
  assert.deepEqual([batch.status, batch.errors.data[0].code], ["failed", "invalid_json_line"]);
});

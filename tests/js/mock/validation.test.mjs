// Validation errors of input files and their wording.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { input, line, mock } from "./support.mjs";

const fixtures = (name) =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((row) => JSON.parse(row));

test("a deleted or expired input file fails a new batch, but not a running one", async () => {
  const { create, send, post, get, clock, upload } = mock();
  const asked = (id) => ({ input_file_id: id, endpoint: "/v1/chat/completions", completion_window: "24h" });
  const { input_file_id, id } = await create(input(3), { plan: { runSeconds: 5000 } });
  await send("DELETE", `files/${input_file_id}`);
  const { body: short } = await upload(input(3), {
    "expires_after[anchor]": "created_at",
    "expires_after[seconds]": "3600",
  });
  clock.advance(3600);
  for (const missing of [input_file_id, short.id]) {
    const { status, body } = await post("batches", asked(missing));
    assert.deepEqual([status, body.status], [200, "validating"]);
    clock.advance(900);
    const { body: failed } = await get(`batches/${body.id}`);
    const message = `Cannot find file ${missing}, or organization org-simulated does not have access to it.`;
    assert.deepEqual(
      [failed.status, failed.errors.data],
      ["failed", [{ code: "invalid_request", line: null, message, param: "file_id" }]],
    );
  }
  assert.equal((await get(`batches/${id}`)).body.status, "completed");
});

test("validation uses observed messages and marks all others", async () => {
  const errors = async (lines, endpoint = "/v1/chat/completions") => {
    const { create, get, clock } = mock();
    const { id } = await create(lines.map((each) => `${each}\n`).join(""), { endpoint });
    clock.advance(3600);
    return (await get(`batches/${id}`)).body.errors.data;
  };
  const long = `"quoted" ${"long ".repeat(40)}\u202e`;
  assert.deepEqual(await errors([line(long), line("b"), line(long)]), [
    {
      code: "duplicate_custom_id",
      line: 3,
      message:
        `The custom_id '${long}' for this request is a duplicate of another request. ` +
        "The custom_id parameter must be unique for each request in a batch.",
      param: "custom_id",
    },
  ]);
  const other = line("b", { body: { model: "gpt-5.4", messages: [] } });
  assert.equal(
    (await errors([line("a"), other]))[0].message,
    "The model 'gpt-5.4' for this request does not match the rest of the batch. " +
      "Each batch must contain requests for a single model.",
  );
  for (const bad of [line("a", { method: "GET" }), line("a", { body: [] }), line("a", { custom_id: 7 }), "[1]"]) {
    const [{ code, message }] = await errors([bad]);
    assert.deepEqual([code, message.startsWith("simulated: expected ")], ["invalid_request", true], message);
  }
  // The observed message names chat completions.
  const streaming = line("a", { url: "/v1/responses", body: { model: "gpt-5.4-mini", input: "hi", stream: true } });
  const [{ code, message }] = await errors([streaming], "/v1/responses");
  assert.deepEqual([code, message.startsWith("simulated: ")], ["streaming_unsupported", true]);
});

const recorded = fixtures("invalid.jsonl").filter(
  ({ stage, provider, error }) => stage === "batch_validation" && provider === "openai" && error.data,
);

for (const { input: given, error } of recorded) {
  const file = typeof given === "string" ? given : given.file;
  const { code } = error.data[0];
  // Skips the organization's limit, which does not depend on the file, and an older wording that is no longer sent.
  if (code === "token_limit_exceeded" || error.data[0].message === "Model parameter is required.") continue;
  test(`validation fails as observed: ${code}`, async () => {
    const { create, post, get, clock } = mock();
    const asked = { input_file_id: given.input_file_id, endpoint: "/v1/chat/completions", completion_window: "24h" };
    const { id } = file === undefined ? (await post("batches", asked)).body : await create(file);
    clock.advance(3600);
    const { body } = await get(`batches/${id}`);
    assert.equal(body.status, "failed");
    for (const entry of error.data) {
      const found = body.errors.data.find(
        (each) => each.line === entry.line && each.code === entry.code && each.param === entry.param,
      );
      assert.ok(found, `${JSON.stringify(entry)} in ${JSON.stringify(body.errors.data)}`);
      if (!entry.message.includes("...")) assert.equal(found.message, entry.message);
    }
  });
}

// Requests and responses of the mock.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compareBatches, safeParseBatch } from "batchlight";
import { createMockApi } from "batchlight/mock";
import { created, input, line, mock, quick } from "./support.mjs";

const fixtures = (name) =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((row) => JSON.parse(row));

test("an upload returns the server's file object", async () => {
  const { upload, get, send } = mock();
  const text = input(3);
  const { status, body } = await upload(text);
  assert.equal(status, 200);
  assert.match(body.id, /^file-[0-9A-Za-z]{22}$/);
  const file = {
    object: "file",
    id: body.id,
    purpose: "batch",
    filename: "input.jsonl",
    bytes: text.length,
    created_at: created,
  };
  assert.deepEqual(body, { ...file, expires_at: created + 30 * 86_400, status: "processed", status_details: null });
  assert.deepEqual((await get(`files/${body.id}`)).body, body);
  assert.deepEqual(await (await send("DELETE", `files/${body.id}`)).json(), {
    id: body.id,
    object: "file",
    deleted: true,
  });
  assert.equal((await get(`files/${body.id}`)).status, 404);
});

test("valid and invalid input files", async () => {
  const { upload } = mock();
  /** @type {[text: string, options: Record<string, string>, message: string | undefined][]} */
  const wrong = [
    ["", {}, "simulated: invalid file format: the .jsonl file is empty"],
    ["{malformed json", {}, "Invalid file format for Batch API. Must be .jsonl"],
    ["a plain text", { name: "notes.txt" }, "Invalid file format for Batch API. Must be .jsonl"],
    [input(1), { purpose: "other" }, undefined],
    [input(1), { "expires_after[anchor]": "created_at", "expires_after[seconds]": "10" }, undefined],
  ];
  for (const [text, options, message] of wrong) {
    const { status, body } = await upload(text, options);
    assert.equal(status, 400);
    assert.equal(body.error.type, "invalid_request_error");
    if (message) assert.equal(body.error.message, message);
  }
  // The content decides, not the name: recorded uploads named `upload` were accepted.
  for (const name of ["upload", "notes.txt", "input.JSONL"]) {
    const { status, body } = await upload(input(1), { name });
    assert.deepEqual([status, body.filename], [200, name]);
  }
  const kept = await upload(input(1), { "expires_after[anchor]": "created_at", "expires_after[seconds]": "3600" });
  assert.equal(kept.body.expires_at, created + 3600);
  // Only the first line is checked at upload.
  assert.equal((await upload(`${line("a")}\n{not json\n`)).status, 200);
});

test("lifetimes and purposes of files", async () => {
  const { upload } = mock();
  const lives = async (seconds, anchor = "created_at") =>
    (await upload(input(1), { "expires_after[anchor]": anchor, "expires_after[seconds]": seconds })).status;
  assert.deepEqual(await Promise.all(["3600", "2592000"].map((seconds) => lives(seconds))), [200, 200]);
  assert.deepEqual(
    await Promise.all(["3599", "2592001", "", "x", "3600.5"].map((seconds) => lives(seconds))),
    [400, 400, 400, 400, 400],
  );
  assert.equal(await lives("3600", "last_active_at"), 400);
  for (const purpose of ["assistants", "fine-tune", "vision", "user_data", "evals"]) {
    const { status, body } = await upload("what is no input", { purpose, name: "notes.txt" });
    assert.deepEqual([status, body.purpose, body.expires_at], [200, purpose, null]);
  }
  for (const purpose of ["batch_output", "", "Batch"]) assert.equal((await upload(input(1), { purpose })).status, 400);
});

test("an expired file is not found", async () => {
  const { upload, get, clock } = mock();
  const { body } = await upload(input(1));
  clock.advance(30 * 86_400 - 1);
  assert.equal((await get(`files/${body.id}`)).status, 200);
  clock.advance(1);
  assert.equal((await get(`files/${body.id}`)).status, 404);
  assert.deepEqual((await get("files")).body.data, []);
});

test("complete and partial downloads", async () => {
  const { upload, send } = mock();
  const text = input(20);
  const { body } = await upload(text);
  const fetched = async (range) => send("GET", `files/${body.id}/content`, { headers: range ? { range } : {} });
  const whole = await fetched();
  assert.deepEqual(
    [whole.status, whole.headers.get("content-length"), await whole.text()],
    [200, String(text.length), text],
  );
  for (const [range, from, to] of /** @type {[string, number, number][]} */ ([
    ["bytes=0-9", 0, 10],
    ["bytes=100-", 100, text.length],
    ["bytes=-7", text.length - 7, text.length],
    [`bytes=5-${2 ** 40}`, 5, text.length],
  ])) {
    const part = await fetched(range);
    assert.deepEqual([part.status, part.headers.get("content-range")], [206, `bytes ${from}-${to - 1}/${text.length}`]);
    assert.equal(await part.text(), text.slice(from, to));
  }
  assert.equal((await fetched(`bytes=${text.length}-`)).status, 416);
  for (const range of ["bytes=3-2", "bytes=0-1,4-5", "lines=1-2"]) assert.equal((await fetched(range)).status, 200);
});

test("errors have the server's wording", async () => {
  const { create, get, post, clock, send, api } = mock();
  const done = await create(input(1), { plan: quick });
  clock.advance(600);
  const answers = {
    no_batch: (a) => get(`batches/${a}`),
    batch_id: (a) => post(`batches/${a}/cancel`),
    cannot_cancel: () => post(`batches/${done.id}/cancel`),
    metadata_type: () =>
      post("batches", {
        input_file_id: "file-1",
        endpoint: "/v1/responses",
        completion_window: "24h",
        metadata: { tags: ["tag1", "tag2"] },
      }),
    no_key: async () => {
      const response = await api.fetch("http://mock.test/v1/batches");
      return { status: response.status, body: await response.json() };
    },
  };
  const status = { no_batch: 404, batch_id: 400, cannot_cancel: 409, metadata_type: 400, no_key: 401 };
  for (const { name, a, error } of fixtures("refusals.jsonl")) {
    if (!answers[name]) continue;
    const answer = await answers[name](a);
    assert.deepEqual([answer.status, answer.body], [status[name], { error }], name);
  }
  assert.equal((await send("GET", "_stainless_unknown_path")).status, 404);
  assert.equal((await send("PUT", "batches")).status, 404);
});

test("invalid requests to create a batch", async () => {
  const { post, api } = mock();
  const good = { input_file_id: "file-1", endpoint: "/v1/responses", completion_window: "24h" };
  /** @type {[others: object, param: string | null, code: string | null][]} */
  const wrong = [
    [{ endpoint: "/v1/nothing" }, "endpoint", "invalid_value"],
    [{ completion_window: "48h" }, "completion_window", "invalid_value"],
    [{ input_file_id: undefined }, "input_file_id", "missing_required_parameter"],
    [{ metadata: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`k${at}`, ""])) }, "metadata", null],
    [{ metadata: { key: "x".repeat(513) } }, "metadata", null],
    [
      { output_expires_after: { anchor: "created_at", seconds: 3599 } },
      "output_expires_after.seconds",
      "invalid_value",
    ],
    [
      { output_expires_after: { anchor: "created_at", seconds: 2_592_001 } },
      "output_expires_after.seconds",
      "invalid_value",
    ],
    [{ output_expires_after: { anchor: "now", seconds: 3600 } }, "output_expires_after.anchor", "invalid_value"],
    [{ output_expires_after: "a day" }, "output_expires_after.anchor", "invalid_value"],
    [{ completion_window: "" }, "completion_window", "invalid_value"],
    // These strings cannot be file ids. Unknown file ids create a batch that fails.
    [{ input_file_id: "" }, "input_file_id", "invalid_value"],
    [{ input_file_id: "my file" }, "input_file_id", "invalid_value"],
  ];
  for (const [others, param, code] of wrong) {
    const { status, body } = await post("batches", { ...good, ...others });
    assert.deepEqual([status, body.error.param, body.error.code], [400, param, code]);
  }
  for (const body of ["", "[]", "{", "7"]) {
    const response = await api.fetch("http://mock.test/v1/batches", {
      method: "POST",
      body,
      headers: { authorization: "Bearer x" },
    });
    assert.equal(response.status, 400);
  }
  const plan = await post("batches", good, { headers: { "x-batchlight-plan": '{"failureRate": 7}' } });
  assert.deepEqual(
    [plan.status, plan.body.error.message],
    [400, "simulated: expected a number from 0 to 1, found 7 at failureRate"],
  );
});

test("result files have the requested lifetime", async () => {
  const { create, get, clock } = mock();
  const { id } = await create(input(1), { plan: quick, output_expires_after: { anchor: "created_at", seconds: 3600 } });
  clock.advance(600);
  const { completed_at, output_file_id } = (await get(`batches/${id}`)).body;
  assert.equal((await get(`files/${output_file_id}`)).body.expires_at, completed_at + 3600);
  clock.set(completed_at + 3600);
  assert.equal((await get(`files/${output_file_id}`)).status, 404);
});

test("cancelling in each status", async () => {
  const answers = {};
  for (const [name, plan, after] of /** @type {[string, object, number][]} */ ([
    ["validating", quick, 5],
    ["in_progress", quick, 60],
    ["finalizing", quick, 111],
    ["completed", quick, 600],
    ["expired", { runSeconds: 150_000 }, 100_000],
    ["failed", { errors: [{ code: "invalid_json_line", message: "", line: 1 }] }, 1000],
  ])) {
    const { create, post, clock } = mock();
    const { id } = await create(input(3), { plan });
    clock.advance(after);
    const { status, body } = await post(`batches/${id}/cancel`);
    answers[name] = status === 200 ? body.status : [status, body.error.message];
    if (status !== 200) continue;
    assert.equal((await post(`batches/${id}/cancel`)).body.status, "cancelling");
    clock.advance(600);
    assert.deepEqual((await post(`batches/${id}/cancel`)).body.status, "cancelled");
  }
  const late = (status) => [409, `Cannot cancel a batch with status '${status}'.`];
  assert.deepEqual(answers, {
    validating: "cancelling",
    in_progress: "cancelling",
    finalizing: "cancelling",
    completed: late("completed"),
    expired: late("expired"),
    failed: late("failed"),
  });
});

test("a request's header changes the plan but not the request's own values", async () => {
  const { create, get, clock } = mock();
  const plan = {
    ...quick,
    seed: 5,
    failureRate: 0.5,
    endpoint: "/v1/embeddings",
    requests: 3,
    created_at: 1,
    id: "batch_x",
  };
  const [one, other] = [await create(input(50), { plan }), await create(input(50), { plan })];
  assert.deepEqual([one.endpoint, one.created_at, one.id === other.id], ["/v1/chat/completions", created, false]);
  clock.advance(600);
  const [first, second] = [(await get(`batches/${one.id}`)).body, (await get(`batches/${other.id}`)).body];
  assert.deepEqual([first.request_counts, first.request_counts.total], [second.request_counts, 50]);
  assert.equal(
    new Set([first, second].flatMap(({ output_file_id, error_file_id }) => [output_file_id, error_file_id])).size,
    4,
  );
});

test("pagination: limits, cursors and the envelope", async () => {
  const { create, get } = mock();
  assert.deepEqual((await get("batches")).body, {
    object: "list",
    data: [],
    first_id: null,
    last_id: null,
    has_more: false,
  });
  const made = [];
  for (let at = 0; at < 25; at++) made.unshift((await create(input(1))).id);
  const first = (await get("batches")).body;
  assert.deepEqual([first.data.length, first.has_more, first.first_id, first.last_id], [20, true, made[0], made[19]]);
  const rest = (await get(`batches?after=${first.last_id}`)).body;
  assert.deepEqual([rest.data.map(({ id }) => id), rest.has_more], [made.slice(20), false]);
  for (const [limit, count] of [
    [1, 1],
    [100, 25],
  ])
    assert.equal((await get(`batches?limit=${limit}`)).body.data.length, count);
  assert.deepEqual((await get(`batches?after=${made.at(-1)}`)).body, {
    object: "list",
    data: [],
    first_id: null,
    last_id: null,
    has_more: false,
  });
  for (const query of ["limit=0", "limit=101", "limit=x", "limit=", "limit=1.5", "after=batch_0", "after="])
    assert.equal((await get(`batches?${query}`)).status, 400);
  const files = (await get("files?order=asc&limit=2")).body;
  assert.deepEqual([files.data.length, files.has_more], [2, true]);
});

test("all objects are valid and move forward", async () => {
  const { create, get, post, clock } = mock({ seed: 11, failureRate: 0.2 });
  const ids = [];
  for (const plan of [quick, { runSeconds: 100_000 }, { ...quick, failureRate: 1 }, {}, { breakAt: created + 500 }])
    ids.push((await create(input(12), { plan })).id);
  ids.push((await create("{}\n{}\n")).id, (await create(input(12), { plan: quick })).id);
  const before = new Map();
  for (let at = 0; at < 60; at++) {
    if (at === 2) await post(`batches/${ids.at(-1)}/cancel`);
    const { body } = await get("batches");
    for (const batch of body.data) {
      const { success, issues } = safeParseBatch(batch);
      assert.ok(success);
      assert.deepEqual(
        issues.filter(({ level }) => level !== "note"),
        [],
      );
      const { relation } = compareBatches(before.get(batch.id) ?? batch, batch);
      assert.ok(relation === "advanced" || relation === "unchanged", relation);
      before.set(batch.id, batch);
    }
    clock.advance(at < 20 ? 15 : 3000);
  }
  const statuses = [...before.values()].map(({ status }) => status).sort();
  assert.deepEqual(statuses, ["cancelled", "completed", "completed", "completed", "expired", "failed", "failed"]);
});

test("random faults are reproducible and have the requested rates", async () => {
  const run = async (seed) => {
    const { get } = mock({ seed, faults: { rateLimit: 0.2, serverError: 0.1, drop: 0.1, retryAfterSeconds: 3 } });
    const seen = [];
    for (let at = 0; at < 200; at++) {
      const answer = await get("batches").catch((error) => ({ status: error.message, headers: new Headers() }));
      if (answer.status === 429) assert.equal(answer.headers.get("retry-after"), "3");
      seen.push(answer.status);
    }
    return seen;
  };
  const seen = await run(1);
  assert.deepEqual(await run(1), seen);
  assert.notDeepEqual(await run(2), seen);
  const share = (status) => seen.filter((each) => each === status).length / seen.length;
  assert.ok(
    Math.abs(share(429) - 0.2) < 0.1 &&
      Math.abs(share(500) - 0.1) < 0.08 &&
      Math.abs(share("fetch failed") - 0.1) < 0.08,
  );
});

test("stale responses are older ones", async () => {
  const { create, get, clock, api } = mock({ faults: { staleSeconds: 50 } });
  const { id } = await create(input(100), { plan: quick });
  clock.advance(60);
  const fresh = (await get(`batches/${id}`)).body;
  api.fault("stale");
  const stale = (await get(`batches/${id}`)).body;
  assert.equal(compareBatches(fresh, stale).relation, "stale");
});

test("keys: one, several, none", async () => {
  const status = async (auth, header) => {
    const api = createMockApi({ auth });
    return (await api.fetch("http://mock.test/v1/batches", { headers: header ? { authorization: header } : {} }))
      .status;
  };
  assert.deepEqual(
    await Promise.all([status("a", "Bearer a"), status("a", "Bearer b"), status(["a", "b"], "Bearer b")]),
    [200, 401, 200],
  );
  assert.deepEqual(
    await Promise.all([status(undefined, "Bearer any"), status(undefined), status(false)]),
    [200, 401, 200],
  );
});

test("any path prefix works, and invalid options throw", async () => {
  const api = createMockApi({ auth: false });
  assert.equal((await api.fetch("http://mock.test/some/where/v1/batches")).status, 200);
  const { error } = await (await api.fetch("http://mock.test/batches")).json();
  assert.equal(error.message, "simulated: unknown route GET /batches (missing /v1)");
  for (const options of [
    { speed: 0 },
    { speed: Number.NaN },
    { seed: 1.5 },
    { seed: -1 },
    { failureRate: 2 },
    { failureRate: Number.NaN },
  ])
    assert.throws(() => createMockApi(options), RangeError);
});

test("a running clock can pass a day at once", async (t) => {
  let milliseconds = created * 1000;
  t.mock.method(Date, "now", () => milliseconds);
  const api = createMockApi({ speed: 1e7, auth: false, plan: () => quick });
  const form = new FormData();
  form.set("purpose", "batch");
  form.set("file", new File([input(2)], "input.jsonl"));
  const file = await (await api.fetch("http://mock.test/v1/files", { method: "POST", body: form })).json();
  const body = JSON.stringify({ input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" });
  const batch = await (await api.fetch("http://mock.test/v1/batches", { method: "POST", body })).json();
  assert.deepEqual([batch.status, batch.created_at], ["validating", created]);
  milliseconds += 9;
  const { status, completed_at } = await (await api.fetch(`http://mock.test/v1/batches/${batch.id}`)).json();
  assert.equal(status, "completed");
  assert.ok(completed_at < created + 90_000, `${completed_at - created} seconds`);
});

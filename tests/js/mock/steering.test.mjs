// Steering from outside: retrievals that move batches, held statuses, scenarios, and the routes below /_mock.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMockConfig, scenarios } from "batchlight/mock";
import { describeBatch, safeParseBatch } from "batchlight";
import { created, input, mock, quick } from "./support.mjs";

/** A function that sends a request below /_mock. */
const controlOf =
  ({ api }) =>
  async (method, path, body, headers = {}) => {
    const response = await api.fetch(
      new Request(`http://mock.test/_mock/${path}`, {
        method,
        headers: { "content-type": "application/json", ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, body: await response.json() };
  };

/** The statuses of `count` retrievals. */
async function polled({ get }, id, count) {
  const statuses = [];
  for (let at = 0; at < count; at++) statuses.push((await get(`batches/${id}`)).body.status);
  return statuses;
}

test("each retrieval moves a batch one status on, whatever the clock", async () => {
  const server = mock({ advance: "poll", failureRate: 0.2, seed: 4 });
  const { create, get, text, clock } = server;
  const batch = await create(input(30), {});
  assert.equal(batch.status, "validating");
  clock.advance(100_000);
  // Lists move nothing.
  assert.equal((await get("batches")).body.data[0].status, "validating");
  assert.deepEqual(await polled(server, batch.id, 4), ["in_progress", "finalizing", "completed", "completed"]);
  const { body: ended } = await get(`batches/${batch.id}`);
  assert.equal(ended.completed_at, batch.created_at + 3);
  const lines = [...(await text(ended.output_file_id)).trimEnd().split("\n")];
  assert.equal(lines.length, ended.request_counts.completed);
  assert.deepEqual(
    safeParseBatch(ended).issues.filter(({ level }) => level !== "note"),
    [],
  );
});

test("a batch that retrievals move can be cancelled and rejected", async () => {
  const server = mock({ advance: "poll" });
  const { id } = await server.create(input(30), {});
  assert.deepEqual(await polled(server, id, 1), ["in_progress"]);
  assert.equal((await server.post(`batches/${id}/cancel`)).body.status, "cancelling");
  assert.deepEqual(await polled(server, id, 2), ["cancelled", "cancelled"]);
  const rejected = await server.create("{}\n", {});
  assert.deepEqual(await polled(server, rejected.id, 2), ["failed", "failed"]);
});

for (const hold of /** @type {const} */ (["validating", "in_progress", "finalizing"]))
  test(`a held batch stays in ${hold} until it is moved on`, async () => {
    const server = mock({ hold, plan: quick });
    const { id } = await server.create(input(3), {});
    server.clock.advance(10_000);
    const { body: held } = await server.get(`batches/${id}`);
    assert.equal(held.status, hold);
    const statuses = [];
    for (let at = 0; at < 3; at++) statuses.push((await server.api.advance(id)).status);
    assert.equal(statuses.at(-1), "completed");
    assert.notEqual(statuses[0], hold);
  });

test("a held batch that retrievals move stays, too", async () => {
  const server = mock({ advance: "poll", hold: "in_progress" });
  const { id } = await server.create(input(3), {});
  assert.deepEqual(await polled(server, id, 3), ["in_progress", "in_progress", "in_progress"]);
});

test("a held batch that is cancelled takes the usual time", async () => {
  const server = mock({ hold: "in_progress", plan: quick });
  const { id } = await server.create(input(3), {});
  server.clock.advance(10_000);
  assert.equal((await server.post(`batches/${id}/cancel`)).body.status, "cancelling");
  server.clock.advance(19);
  assert.equal((await server.get(`batches/${id}`)).body.status, "cancelling");
  server.clock.advance(1);
  assert.equal((await server.get(`batches/${id}`)).body.status, "cancelled");
});

for (const [name, { summary }] of Object.entries(scenarios)) {
  if (name === "empty") continue;
  test(`the metadata choose a scenario: ${name}, ${summary}`, async () => {
    const server = mock({ advance: "poll" });
    // A batch of three requests: its seed is chosen so that it ends as the scenario says.
    const batch = await server.create(input(3), { metadata: { zone: "b", scenario: name, area: "a" } });
    await polled(server, batch.id, 5);
    const { body: ended } = await server.get(`batches/${batch.id}`);
    const profile = name === "unverified" ? "azure" : "openai";
    const view = describeBatch(ended, { now: created + 3 * 86_400, profile });
    assert.ok([view.status, view.outcome].includes(name), `${view.status} ${view.outcome}`);
    // As they were sent, in their order.
    assert.deepEqual(Object.keys(ended.metadata), ["zone", "scenario", "area"]);
  });
}

test("a scenario that does not fit the file, and one that is unknown", async () => {
  const lines = [];
  const server = mock({ log: (text) => lines.push(text) });
  const one = await server.create(input(1), { metadata: { scenario: "partially_failed" } });
  assert.match(one.error.message, /expected at least 2 requests for the scenario partially_failed, found 1/);
  const empty = await server.create(input(1), { metadata: { scenario: "empty" } });
  assert.match(empty.error.message, /expected a scenario with requests, found empty/);
  // It may be the caller's own metadata.
  const own = await server.create(input(1), { metadata: { scenario: "nightly" } });
  assert.deepEqual([own.status, own.metadata], ["validating", { scenario: "nightly" }]);
  assert.match(lines[0], /the scenario "nightly" in the metadata is ignored; expected one of validating, /);
});

test("an unknown field of a plan is refused with the known ones", async () => {
  const { create } = mock();
  const { error } = await create(input(1), { plan: { colour: 1 } });
  assert.match(error.message, /expected one of seed, wire, .*runSeconds, .* found "colour" at plan$/);
});

test("/_mock/next: the plan of the next batch, and the fault of the next requests", async () => {
  const server = mock();
  const control = controlOf(server);
  const next = { plan: { ...quick, failureRate: 1 }, times: 2 };
  assert.deepEqual(await control("POST", "next", next), { status: 200, body: {} });
  const batches = [];
  for (let at = 0; at < 3; at++) batches.push(await server.create(input(4), {}));
  server.clock.advance(86_400);
  const failed = [];
  for (const { id } of batches) failed.push((await server.get(`batches/${id}`)).body.request_counts.failed);
  assert.deepEqual(failed, [4, 4, 0]);
  await control("POST", "next", { fault: { status: 503 } });
  assert.deepEqual([(await server.get("batches")).status, (await server.get("batches")).status], [503, 200]);
  /** @type {[unknown, RegExp][]} */
  const cases = [
    [{ plan: { colour: 1 } }, /expected one of seed, .* found "colour" at plan/],
    [
      { hold: "completed" },
      /expected one of validating, in_progress, finalizing, cancelling, found "completed" at hold/,
    ],
    [{ fault: "rain" }, /expected one of rate_limit, .*found "rain" at fault/],
    [{ times: 0 }, /expected a whole number from 1 to 1000, found 0 at times/],
    [[], /expected an object, found \[\] at the settings/],
  ];
  for (const [wrong, message] of cases) {
    const { status, body } = await control("POST", "next", wrong);
    assert.equal(status, 400);
    assert.match(body.error.message, message);
  }
});

test("/_mock/advance moves a batch, whatever moves it otherwise", async () => {
  const server = mock();
  const control = controlOf(server);
  const { id } = await server.create(input(3), { plan: quick });
  const statuses = [];
  for (let at = 0; at < 4; at++) statuses.push((await control("POST", "advance", { batch: id })).body.status);
  assert.deepEqual(statuses, ["in_progress", "finalizing", "completed", "completed"]);
  assert.equal((await control("POST", "advance", { batch: "batch_0" })).status, 404);
  assert.equal((await control("POST", "advance", {})).status, 400);
});

test("/_mock/clock moves the time forward and finishes what is due", async () => {
  const server = mock({ clock: undefined, fileClock: "mock" });
  const control = controlOf(server);
  const { body: batch } = { body: await server.create(input(3), { plan: quick }) };
  const { now } = (await control("GET", "clock")).body;
  const moved = (await control("POST", "clock", { advance: 3600 })).body.now;
  assert.ok(moved - now >= 3600);
  assert.equal((await server.get(`batches/${batch.id}`)).body.status, "completed");
  assert.ok((await control("POST", "clock", { set: moved + 7200 })).body.now >= moved + 7200);
  for (const wrong of [{ advance: -1 }, { set: 1 }, { advance: "1" }, {}, { forward: 1 }])
    assert.equal((await control("POST", "clock", wrong)).status, 400);
});

test("/_mock/requests: what came, without credentials", async () => {
  const server = mock();
  const control = controlOf(server);
  await server.get("batches?limit=3");
  await server.post("batches", { endpoint: "/v1/nothing" });
  const { requests } = (await control("GET", "requests")).body;
  assert.deepEqual(
    requests.map(({ method, path, query, body, status }) => ({ method, path, query, body, status })),
    [
      { method: "GET", path: "/v1/batches", query: { limit: "3" }, body: undefined, status: 200 },
      { method: "POST", path: "/v1/batches", query: {}, body: { endpoint: "/v1/nothing" }, status: 400 },
    ],
  );
  assert.ok(requests.every(({ headers }) => !("authorization" in headers)));
  assert.equal((await control("GET", "requests?method=POST")).body.requests.length, 1);
  assert.equal((await control("GET", "requests?path=/v1/files")).body.requests.length, 0);
});

test("/_mock/reset: as new, with the same ids again", async () => {
  const server = mock({ seed: 3 });
  const control = controlOf(server);
  const first = await server.create(input(3), {});
  server.api.fault("server_error", 3);
  await control("POST", "next", { hold: "validating" });
  assert.equal((await control("POST", "reset")).status, 200);
  assert.deepEqual((await server.get("batches")).body.data, []);
  assert.deepEqual((await server.get("files")).body.data, []);
  assert.equal((await server.create(input(3), {})).id, first.id);
});

test("pages of another origin may not steer the mock", async () => {
  const control = controlOf(mock());
  for (const headers of [
    { origin: "http://localhost:3000" },
    { origin: "https://example.com" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
  ]) {
    const { status, body } = await control("POST", "reset", undefined, headers);
    assert.deepEqual([status, body.error.message.includes("another origin")], [403, true]);
  }
  assert.equal((await control("POST", "reset", undefined, { origin: "http://mock.test" })).status, 200);
});

test("rules respond to the requests that match, the first one applies, and a responder precedes them", async () => {
  const answers = [
    { match: { custom_id: "request-*1" }, status: 429 },
    { match: { contains: "request-2", model: "gpt-5.4-mini" }, content: "forty-two" },
    { match: { url: "/v1/chat/completions", custom_id: "request-3" }, body: { mine: true } },
  ];
  const responder = ({ index }) => (index === 0 ? { content: "first" } : undefined);
  const server = mock({ answers, responder });
  const { id } = await server.create(input(5), { plan: quick });
  server.clock.advance(86_400);
  const { body: batch } = await server.get(`batches/${id}`);
  const lines = [batch.output_file_id, batch.error_file_id].map(async (file) =>
    (await server.text(file))
      .trimEnd()
      .split("\n")
      .map((each) => JSON.parse(each)),
  );
  const [output, error] = await Promise.all(lines);
  const contents = Object.fromEntries(
    output.map(({ custom_id, response: { body } }) => [custom_id, body.mine ?? body.choices[0].message.content]),
  );
  assert.deepEqual(contents, {
    "request-0": "first",
    "request-2": "forty-two",
    "request-3": true,
    "request-4": "Simulated answer to: text of request-4",
  });
  assert.deepEqual(
    error.map(({ custom_id, response }) => [custom_id, response.status_code, response.body.error.type]),
    [["request-1", 429, "rate_limit_error"]],
  );
});

test("files live in real time beside a fast clock, unless they follow it", async () => {
  /** @type {["mock" | undefined, number][]} */
  const cases = [
    [undefined, 200],
    ["mock", 404],
  ];
  for (const [fileClock, status] of cases) {
    const server = mock({ clock: undefined, speed: 1, fileClock });
    const { body: file } = await server.upload(input(1));
    await server.api.moveClock(31 * 86_400);
    assert.equal((await server.get(`files/${file.id}`)).status, status);
  }
});

test("a configuration is parsed and its problems are named", () => {
  const good = {
    port: 0,
    speed: 1440,
    plan: { runSeconds: 5 },
    faults: { rateLimit: 0.1 },
    latency: [1, 2],
    auth: false,
    answers: [{ match: { model: "m" }, content: "hi" }],
  };
  assert.deepEqual(parseMockConfig(JSON.stringify(good)), good);
  /** @type {[string, RegExp][]} */
  const cases = [
    ["{", /^expected JSON: /],
    ['{"sped":1}', /^expected one of port, .*, found "sped" at the settings$/],
    ['{"speed":0}', /^expected a number above 0, found 0 at speed$/],
    ['{"faults":{"drop":2}}', /^expected a number from 0 to 1, found 2 at faults\.drop$/],
    ['{"latency":[1]}', /^expected a number of at least 0, or a list of 2 \(number\), found \[1\] at latency$/],
    ['{"answers":[{"match":{"color":1}}]}', /found "color" at answers\[0\]\.match$/],
    ['{"webhook":{"url":"http://127.0.0.1"}}', /^expected a value at webhook\.secret$/],
    ['{"port":1.5}', /^expected a whole number from 0 to 65535, found 1\.5 at port$/],
  ];
  for (const [text, message] of cases) assert.throws(() => parseMockConfig(text), { name: "RangeError", message });
});

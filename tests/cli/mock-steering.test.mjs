// `batchlight mock` steered by options, by a configuration file and by its control routes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { at } from "../../scripts/process.mjs";
import { installedFile } from "../package/support.mjs";
import { ask, create, upload } from "./clients/requests.mjs";
import { input, mockServer } from "./clients/support.mjs";
import { batchlight, file, place } from "./support.mjs";

/** Uploads an input file and creates a batch. */
async function batchOn(url) {
  const { body } = await upload(url, input(3), { purpose: "batch" });
  return (await create(url, body.id)).body;
}

test("--advance poll: each retrieval moves a batch, and the start says so", async () => {
  const { url, said } = await mockServer("--advance", "poll");
  assert.match(said, /each retrieval moves a batch one status on/);
  const { id } = await batchOn(url);
  const statuses = [];
  for (let times = 0; times < 3; times++) statuses.push((await ask(url, `batches/${id}`)).body.status);
  assert.deepEqual(statuses, ["in_progress", "finalizing", "completed"]);
});

test("--hold, /_mock/advance and /_mock/reset", async () => {
  const { url, said } = await mockServer("--hold", "validating", "--speed", "86400");
  assert.match(said, /batches stay in validating/);
  const { id } = await batchOn(url);
  assert.equal((await ask(url, `batches/${id}`)).body.status, "validating");
  const control = url.replace(/\/v1$/, "/_mock");
  const post = (path, body = {}) =>
    ask(control, path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  assert.equal((await post("advance", { batch: id })).body.status, "in_progress");
  assert.equal((await post("reset")).status, 200);
  assert.deepEqual((await ask(url, "batches")).body.data, []);
  const { body } = await ask(control, "requests");
  assert.deepEqual(
    body.requests.map(({ method, path }) => [method, path]),
    [["GET", "/v1/batches"]],
  );
  // A page of this machine may use the mock but not steer it.
  const page = { origin: "http://localhost:5173" };
  assert.equal((await ask(url, "batches", { headers: page })).status, 200);
  assert.equal((await ask(control, "requests", { headers: page })).status, 403);
});

test("--file-clock and --latency", async () => {
  const { url, said } = await mockServer("--speed", "86400", "--file-clock", "--latency", "0-1");
  assert.match(said, /files expire by that time, too/);
  assert.equal((await ask(url, "files")).status, 200);
});

test("--config: settings from a file, which options replace", async () => {
  const settings = { advance: "poll", failureRate: 1, auth: "secret", answers: [{ content: "hi" }] };
  const { url, said } = await mockServer(
    "--config",
    join(place, file("mock.json", JSON.stringify(settings))),
    "--fail",
    "0.5",
  );
  assert.match(said, /each retrieval moves a batch one status on; 50 % of requests fail/);
  assert.equal((await ask(url, "batches")).status, 401);
  assert.equal((await ask(url, "batches", { headers: { authorization: "Bearer secret" } })).status, 200);
});

test("wrong settings are reported", async () => {
  /** @type {[string[], RegExp][]} */
  const cases = [
    [
      ["--hold", "completed"],
      /expected one of validating, in_progress, finalizing, cancelling, found "completed" at hold/,
    ],
    [["--scenario", "rain"], /expected one of validating, .*found "rain" at scenario/],
    [["--latency", "5-1"], /expected milliseconds, such as 50 or 50-200/],
    [["--webhook", "http://127.0.0.1"], /--webhook and --webhook-secret need each other/],
    [["--config", "missing.json"], /missing\.json: no such file/],
    [
      ["--config", file("wrong.json", '{"sped": 1}')],
      /wrong\.json: expected one of port, .* found "sped" at the settings/,
    ],
    [["--config", file("malformed.json", "{")], /malformed\.json: expected JSON: /],
  ];
  for (const [options, message] of cases) {
    const { code, out, err } = await batchlight(["mock", ...options]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, message);
    assert.match(err, /^batchlight: /);
  }
});

test("the JSON schema of the configuration accepts the documented one and refuses unknown settings", () => {
  const schema = JSON.parse(readFileSync(installedFile("dist", "mock-config.schema.json"), "utf8"));
  const isValid = new Ajv2020().compile(schema);
  const [, example] = /```json\n([\s\S]*?)```/.exec(readFileSync(at("docs", "mock.md"), "utf8"));
  assert.ok(isValid(JSON.parse(example)), JSON.stringify(isValid.errors));
  assert.equal(isValid({ sped: 1 }), false);
});

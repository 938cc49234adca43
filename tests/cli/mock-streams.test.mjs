// Request bodies are read on demand, and unread bodies block no other request.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { Agent, request as ask } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { file, form, key, purpose, raw } from "./clients/raw.mjs";
import { mockServer } from "./clients/support.mjs";
import { folder } from "./support.mjs";

test("a request without a key is rejected before its body is read, and the connection stays usable", async () => {
  const { url } = await mockServer();
  const { socket, write, seen } = raw(url);
  const length = 5 << 20;
  await write(`POST /v1/files HTTP/1.1\r\nHost: x\r\n${form}Content-Length: ${length}\r\n\r\n`);
  // No byte of the body has been sent yet.
  assert.match(await seen(/Missing bearer/), /^HTTP\/1\.1 401 /);
  for (let sent = 0; sent < length; sent += 1 << 16) await write("x".repeat(1 << 16));
  await write(`GET /v1/files HTTP/1.1\r\nHost: x\r\n${key}\r\n`);
  assert.match(await seen(/"object":"list"/), /HTTP\/1\.1 200 /);
  socket.destroy();
});

test("an upload that is rejected midway gets the response, and the connection stays usable", async () => {
  const { url } = await mockServer();
  const { socket, write, seen } = raw(url);
  const length = 4 << 20;
  await write(`POST /v1/files HTTP/1.1\r\nHost: x\r\n${key}${form}Content-Length: ${length}\r\n\r\n--y nonsense`);
  assert.match(await seen(/must be multipart/), /^HTTP\/1\.1 400 /);
  for (let left = length - "--y nonsense".length; left > 0; left -= 1 << 16)
    await write("x".repeat(Math.min(left, 1 << 16)));
  await write(`GET /v1/files HTTP/1.1\r\nHost: x\r\n${key}\r\n`);
  assert.match(await seen(/"object":"list"/), /HTTP\/1\.1 200 /);
  socket.destroy();
});

test("clients that disconnect or pause during an upload leave nothing and block nobody", async () => {
  const data = join(folder(), "data");
  const { url, end } = await mockServer("--data", data);
  const stopped = raw(url);
  await stopped.write(`POST /v1/files HTTP/1.1\r\nHost: x\r\n${key}${form}Content-Length: 100000\r\n\r\n${file}half`);
  const gone = raw(url);
  await gone.write(`POST /v1/files HTTP/1.1\r\nHost: x\r\n${key}${form}Content-Length: 100000\r\n\r\n${file}half`);
  const contents = () => readdirSync(join(data, "content"));
  while (contents().length < 2) await new Promise((resolve) => setImmediate(resolve));
  gone.socket.destroy();
  while (contents().length > 1) await new Promise((resolve) => setImmediate(resolve));
  const headers = { authorization: "Bearer any" };
  assert.deepEqual((await (await fetch(`${url}/files`, { headers })).json()).data, []);
  // The paused client continues.
  const rest = `\r\n${purpose}--x--\r\n`;
  await stopped.write(`${"x".repeat(100_000 - file.length - "half".length - rest.length)}${rest}`);
  assert.match(await stopped.seen(/"id":"file-\w+"/), /^HTTP\/1\.1 200 /);
  assert.equal(contents().length, 1);
  stopped.socket.destroy();
  assert.equal((await end()).code, 0);
});

test("clients that do not read a download block nobody", async () => {
  const { url, end } = await mockServer("--data", join(folder(), "data"));
  const headers = { authorization: "Bearer any" };
  const body = new FormData();
  body.set("purpose", "user_data");
  body.set("file", new File(["x".repeat(8 << 20)], "a.txt"));
  const { id } = await (await fetch(`${url}/files`, { method: "POST", headers, body })).json();
  const agent = new Agent({ maxSockets: 50 });
  const slow = await Promise.all(
    Array.from(
      { length: 50 },
      () =>
        new Promise((resolve, reject) =>
          ask(`${url}/files/${id}/content`, { headers, agent }, resolve).on("error", reject).end(),
        ),
    ),
  );
  assert.equal((await fetch(`${url}/files`, { headers })).status, 200);
  // A file that is deleted during downloads is still sent completely.
  assert.equal((await fetch(`${url}/files/${id}`, { method: "DELETE", headers })).status, 200);
  let size = 0;
  for await (const chunk of slow[0]) size += chunk.length;
  assert.equal(size, 8 << 20);
  for (const one of slow) one.destroy();
  assert.equal((await fetch(`${url}/files`, { headers })).status, 200);
  assert.equal((await end()).code, 0);
});

test("parallel uploads with interleaved chunks are stored completely", async () => {
  const { url } = await mockServer("--data", join(folder(), "data"));
  const many = Array.from({ length: 8 }, () => raw(url));
  const chunk = (name) => `${name}`.repeat(1 << 15);
  const rounds = 20;
  const length = file.length + rounds * (1 << 15) + `\r\n${purpose}--x--\r\n`.length;
  for (const { write } of many)
    await write(`POST /v1/files HTTP/1.1\r\nHost: x\r\n${key}${form}Content-Length: ${length}\r\n\r\n${file}`);
  for (let round = 0; round < rounds; round++) for (const [name, { write }] of many.entries()) await write(chunk(name));
  for (const { write } of many) await write(`\r\n${purpose}--x--\r\n`);
  const headers = { authorization: "Bearer any" };
  for (const [name, { seen, socket }] of many.entries()) {
    const [, id] = /"id":"(file-\w+)"/.exec(await seen(/"id":"file-\w+"/));
    const text = await (await fetch(`${url}/files/${id}/content`, { headers })).text();
    assert.equal(text, chunk(name).repeat(rounds));
    socket.destroy();
  }
});

test("Ctrl-C does not wait for long result files, and the next start writes them", async () => {
  const data = join(folder(), "data");
  const headers = { authorization: "Bearer any" };
  const first = await mockServer("--speed", "600", "--data", data);
  const body = new FormData();
  body.set("purpose", "batch");
  const line = (id) =>
    JSON.stringify({
      custom_id: id,
      method: "POST",
      url: "/v1/embeddings",
      body: { model: "text-embedding-3-small", input: Array.from({ length: 1000 }, () => "x"), dimensions: 1536 },
    });
  body.set("file", new File([Array.from({ length: 12 }, (_, at) => `${line(`r-${at}`)}\n`).join("")], "input.jsonl"));
  const { id: file } = await (await fetch(`${first.url}/files`, { method: "POST", headers, body })).json();
  const asked = { input_file_id: file, endpoint: "/v1/embeddings", completion_window: "24h" };
  const plan = JSON.stringify({ validationSeconds: 1, runSeconds: 1, finalizingSeconds: 1 });
  const created = await fetch(`${first.url}/batches`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json", "x-batchlight-plan": plan },
    body: JSON.stringify(asked),
  });
  const { id } = await created.json();
  const seen = async (url) => (await fetch(`${url}/batches/${id}`, { headers })).json();
  while (!readdirSync(join(data, "content")).some((name) => name.endsWith(".tmp"))) await seen(first.url);
  assert.equal((await seen(first.url)).status, "finalizing");
  const { code, err } = await first.end();
  assert.deepEqual(
    [code, err.replace(/batch_\w+/, "ID")],
    [0, "batchlight: ID could not be finished and will be retried: the mock was closed\n"],
  );
  assert.ok(!readdirSync(join(data, "content")).some((name) => name.endsWith(".tmp")));
  const second = await mockServer("--speed", "600", "--data", data);
  let batch = await seen(second.url);
  while (batch.status !== "completed") batch = await seen(second.url);
  const output = await (await fetch(`${second.url}/files/${batch.output_file_id}/content`, { headers })).text();
  assert.equal(output.trimEnd().split("\n").length, 12);
});

// Uploads in the formats of several HTTP libraries.
import assert from "node:assert/strict";
import { test } from "node:test";
import { input, mock } from "./support.mjs";

const text = input(2);
const boundary = "0123456789abcdef0123456789abcdef";

/** A form made of header and content of each part. */
const formOf = (parts, mark = boundary) =>
  `${parts.map(([header, body]) => `--${mark}\r\n${header}\r\n\r\n${body}\r\n`).join("")}--${mark}--`;

const usual = [
  ['Content-Disposition: form-data; name="purpose"', "batch"],
  [
    'Content-Disposition: form-data; name="file"; filename="input.jsonl"\r\nContent-Type: application/octet-stream',
    text,
  ],
];

const written = {
  curl: [`boundary=------------------------${boundary}`, `${formOf(usual, `------------------------${boundary}`)}\r\n`],
  "Python, httpx": [`boundary=${boundary}`, `${formOf(usual)}\r\n`],
  ".NET, HttpClient": [
    `boundary="${boundary}"`,
    `${formOf([
      ["Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=purpose", "batch"],
      ["Content-Disposition: form-data; name=file; filename=input.jsonl; filename*=utf-8''input.jsonl", text],
    ])}\r\n`,
  ],
  "Java, OkHttp": [
    `boundary=${boundary}`,
    formOf(usual.map(([header, body]) => [`${header}\r\nContent-Length: ${body.length}`, body])),
  ],
  "whoever takes a short boundary, and lower case": [
    "charset=utf-8; boundary=x",
    formOf(
      usual.map(([header, body]) => [header.replaceAll("Content", "content"), body]),
      "x",
    ),
  ],
};

for (const [name, [parameters, body]] of Object.entries(written)) {
  test(`${name}`, async () => {
    const { send, text: download } = mock();
    const response = await send("POST", "files", {
      body,
      headers: { "content-type": `multipart/form-data; ${parameters}` },
    });
    const file = await response.json();
    assert.deepEqual(
      [response.status, file.filename, file.bytes, file.purpose],
      [200, "input.jsonl", text.length, "batch"],
    );
    assert.equal(await download(file.id), text);
  });
}

test("uploaded bytes are stored unchanged", async () => {
  const { upload, send } = mock();
  const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7919) % 256);
  bytes.set(new TextEncoder().encode(`\r\n--${boundary}\r\n\r\n`), 500);
  const { body } = await upload(bytes, { name: "äöü 日本.bin", purpose: "user_data" });
  assert.deepEqual([body.filename, body.bytes], ["äöü 日本.bin", bytes.length]);
  assert.deepEqual(new Uint8Array(await (await send("GET", `files/${body.id}/content`)).arrayBuffer()), bytes);
});

test("truncated and invalid forms are rejected", async () => {
  const { send } = mock();
  const whole = formOf(usual);
  const type = `multipart/form-data; boundary=${boundary}`;
  for (const [body, contentType] of [
    [whole.slice(0, -10), type],
    [whole, "multipart/form-data"],
    [whole, "multipart/mixed; boundary=x"],
    ["purpose=batch", "application/x-www-form-urlencoded"],
  ]) {
    const response = await send("POST", "files", { body, headers: { "content-type": contentType } });
    assert.deepEqual(
      [response.status, (await response.json()).error.message],
      [400, "simulated: the request body must be multipart/form-data"],
    );
  }
  for (const [left, missing] of [
    [formOf(usual.slice(1)), "purpose"],
    [formOf(usual.slice(0, 1)), "file"],
    ["", "file"],
  ]) {
    const response = await send("POST", "files", { body: left, headers: { "content-type": type } });
    assert.deepEqual([response.status, (await response.json()).error.param], [400, missing]);
  }
});

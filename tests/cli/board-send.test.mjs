// What the board's server accepts and forwards: uploads of input files and creations of batches, each only as the page
// sends them, and none with --read-only or without a key.
import assert from "node:assert/strict";
import { request as ask } from "node:http";
import { after, before, test } from "node:test";
import { serveLocally } from "../../scripts/local-server.mjs";
import { enter, get, serve } from "./board-support.mjs";

const key = "sk-test-0123456789abcdef";

/** An API that keeps what it receives. An upload that is cut off is kept as such. */
const seen = [];
const upstream = await serveLocally(async (request, response) => {
  const entry = { method: request.method, url: request.url, headers: request.headers, text: "", complete: false };
  seen.push(entry);
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    entry.text = Buffer.concat(chunks).toString();
    entry.complete = true;
  } catch {
    return;
  }
  response.writeHead(200, { "content-type": "application/json" }).end('{"id": "made"}');
});

let boards;
before(async () => {
  const env = { OPENAI_API_KEY: key, OPENAI_BASE_URL: `${upstream.origin}/v1` };
  const [writable, readOnly, simulated] = await Promise.all([serve(env), serve(env, ["--read-only"]), serve({})]);
  boards = { writable, readOnly, simulated };
  for (const board of Object.values(boards)) board.cookie = await enter(board.url);
});
after(() => upstream.close());

/** Sends a request as the page of a board does. */
const own = (
  board,
  target,
  { headers = {}, ...more } = /** @type {{ headers?: object, body?: any, method?: string }} */ ({}),
) =>
  get(board.url, board.base + target, {
    method: "POST",
    ...more,
    headers: {
      cookie: board.cookie,
      origin: board.url.origin,
      "sec-fetch-site": "same-origin",
      "content-length": String(Buffer.byteLength(more.body ?? "")),
      ...headers,
    },
  });

const messageOf = ({ text }) => JSON.parse(text).error.message;

const boundary = "----WebKitFormBoundary0123456789abcdef";
const multipart = { "content-type": `multipart/form-data; boundary=${boundary}` };
const part = (name, content, more = "", type = "") =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n${type}\r\n${content}\r\n`;
const purpose = part("purpose", "batch");
const file = (content, name = "input.jsonl") =>
  part("file", content, `; filename="${name}"`, "Content-Type: application/octet-stream\r\n");
const form = (...parts) => `${parts.join("")}--${boundary}--\r\n`;
const line = '{"custom_id": "a"}\n';

const json = { "content-type": "application/json" };
const creation = {
  input_file_id: "file-in",
  endpoint: "/v1/responses",
  completion_window: "24h",
  metadata: { name: "requests.jsonl" },
};

test("an upload and a creation reach the API as the page sent them, with the key and without its headers", async () => {
  const { writable } = boards;
  seen.length = 0;
  const body = form(purpose, file(line.repeat(5000)));
  assert.equal((await own(writable, "/v1/files", { headers: multipart, body })).text, '{"id": "made"}');
  const created = await own(writable, "/v1/batches", { headers: json, body: JSON.stringify(creation) });
  assert.deepEqual([created.status, created.text], [200, '{"id": "made"}']);
  assert.deepEqual(
    seen.map(({ method, url }) => `${method} ${url}`),
    ["POST /v1/files", "POST /v1/batches"],
  );
  assert.equal(seen[0].text, body);
  assert.deepEqual(JSON.parse(seen[1].text), creation);
  assert.equal(seen[0].headers["content-length"], String(Buffer.byteLength(body)), "servers may refuse chunks");
  for (const { headers } of seen)
    assert.deepEqual([headers.authorization, headers.cookie, headers.origin], [`Bearer ${key}`, undefined, undefined]);
});

test("an empty file and a file that contains line breaks only are forwarded whole", async () => {
  for (const content of ["", "\r\n", "\r\n--\r\n", `${line}\r\n`]) {
    seen.length = 0;
    const body = form(purpose, file(content));
    assert.equal((await own(boards.writable, "/v1/files", { headers: multipart, body })).status, 200);
    assert.equal(seen[0].text, body);
  }
});

test("a form is checked wherever its bytes are divided", async () => {
  const { writable } = boards;
  for (const body of [form(purpose, file(line)), form(purpose, file(line), part("purpose", "user_data"))]) {
    seen.length = 0;
    const { status } = await new Promise((resolve, reject) => {
      const sent = ask(
        {
          host: writable.url.hostname,
          port: writable.url.port,
          path: `${writable.base}/v1/files`,
          method: "POST",
          headers: {
            ...multipart,
            host: writable.url.host,
            cookie: writable.cookie,
            origin: writable.url.origin,
            "content-length": Buffer.byteLength(body),
          },
        },
        (response) => response.resume().once("end", () => resolve({ status: response.statusCode })),
      );
      sent.on("error", reject).setNoDelay(true);
      const write = (at) => (at === body.length ? sent.end() : sent.write(body[at], () => write(at + 1)));
      write(0);
    });
    const isGood = !body.includes("user_data");
    assert.equal(status, isGood ? 200 : 400);
    assert.deepEqual(
      seen.filter(({ complete }) => complete).map(({ text }) => text),
      isGood ? [body] : [],
    );
  }
});

test("the API gets no form with another purpose, with other fields or without a file", async () => {
  const large = line.repeat(20_000);
  const forms = {
    "another purpose": form(part("purpose", "assistants"), file(line)),
    "the purpose after the file": form(file(line), purpose),
    "a second purpose at the end": form(purpose, file(large), part("purpose", "user_data")),
    "a second file": form(purpose, file(large), file(line)),
    "another field": form(purpose, part("expires_after[seconds]", "3600"), file(line)),
    "no file": form(purpose),
    "no purpose": form(file(line)),
    "a file without a name": form(purpose, part("file", line)),
    "a name with quotes": form(purpose, file(line, 'a"; x="b')),
    "a path as the name": form(purpose, file(line, "../input.jsonl")),
    "a boundary inside the file": form(purpose, file(`${line}\n--${boundary}\n`)),
    "no end": form(purpose, file(line)).slice(0, -4),
    "something after the end": `${form(purpose, file(line))}x`,
    "something before the start": `x${form(purpose, file(line))}`,
    "an endless head": `--${boundary}\r\n${"x".repeat(5000)}`,
  };
  for (const [name, body] of Object.entries(forms)) {
    seen.length = 0;
    const answer = await own(boards.writable, "/v1/files", { headers: multipart, body });
    assert.equal(answer.status, 400, name);
    assert.match(messageOf(answer), /^expected a form with the field "purpose", which is "batch", then one file/, name);
    assert.deepEqual(
      seen.filter(({ complete }) => complete),
      [],
      name,
    );
  }
});

test("the content type, the size and the encoding of a body are checked before the API is asked", async () => {
  seen.length = 0;
  const upload = form(purpose, file(line));
  const batch = JSON.stringify(creation);
  const cases = [
    ["/v1/files", { ...json }, upload, 415],
    ["/v1/files", { "content-type": "multipart/form-data" }, upload, 415],
    ["/v1/files", { "content-type": "application/x-www-form-urlencoded" }, "purpose=batch", 415],
    ["/v1/files", { ...multipart, "content-encoding": "gzip" }, upload, 415],
    ["/v1/files", multipart, "", 411],
    ["/v1/batches", { "content-type": "text/plain" }, batch, 415],
    ["/v1/batches", {}, batch, 415],
    ["/v1/batches", json, "", 411],
    ["/v1/batches", json, JSON.stringify({ ...creation, metadata: { name: "x".repeat(70_000) } }), 413],
  ];
  for (const [target, headers, body, status] of /** @type {any[]} */ (cases))
    assert.equal((await own(boards.writable, target, { headers, body })).status, status, `${target} ${status}`);
  // The length alone decides, before a byte of the body is sent.
  const tooLarge = await new Promise((resolve, reject) => {
    const { url, base, cookie } = boards.writable;
    const headers = { ...multipart, host: url.host, cookie, origin: url.origin, "content-length": "999999999999" };
    const sent = ask({ host: url.hostname, port: url.port, path: `${base}/v1/files`, method: "POST", headers }, (r) => {
      sent.destroy();
      resolve(r.statusCode);
    });
    sent.on("error", reject).flushHeaders();
  });
  assert.equal(tooLarge, 413);
  assert.deepEqual(seen, [], "no request reached the API");
});

test("a batch is created with known fields of the right types only", async () => {
  seen.length = 0;
  const cases = [
    ["[]", /expected a JSON object/],
    ["{", /expected a JSON object/],
    [
      { ...creation, output_expires_after: { anchor: "created_at", seconds: 3600 } },
      /only the fields .*"output_expires/,
    ],
    [{ ...creation, __proto__: null, constructor: 1 }, /only the fields .*"constructor"/],
    [{ ...creation, input_file_id: "../file" }, /an id of a file at input_file_id/],
    [{ ...creation, input_file_id: ["file-in"] }, /an id of a file at input_file_id/],
    [{ ...creation, endpoint: "https://evil.example/" }, /a path at endpoint/],
    [{ ...creation, endpoint: undefined }, /a path at endpoint/],
    [{ ...creation, completion_window: 24 }, /a duration such as 24h at completion_window/],
    [{ ...creation, metadata: { name: 1 } }, /at metadata/],
    [{ ...creation, metadata: ["a"] }, /at metadata/],
    [{ ...creation, metadata: { name: "x".repeat(513) } }, /at metadata/],
    [
      { ...creation, metadata: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`k${at}`, ""])) },
      /at metadata/,
    ],
  ];
  for (const [value, message] of /** @type {[any, RegExp][]} */ (cases)) {
    const body = typeof value === "string" ? value : JSON.stringify(value);
    const answer = await own(boards.writable, "/v1/batches", { headers: json, body });
    assert.equal(answer.status, 400, body);
    assert.match(messageOf(answer), message);
  }
  assert.deepEqual(seen, [], "no request reached the API");
  const { metadata: _, ...least } = creation;
  assert.equal((await own(boards.writable, "/v1/batches", { headers: json, body: JSON.stringify(least) })).status, 200);
  // Of a repeated key, the API gets the value that was checked.
  const repeated = JSON.stringify(creation).replace("{", '{"endpoint": "/v1/embeddings", ');
  assert.equal((await own(boards.writable, "/v1/batches", { headers: json, body: repeated })).status, 200);
  assert.equal(seen.at(-1).text.match(/endpoint/g).length, 1);
});

test("other origins, other browsers and other methods change nothing", async () => {
  seen.length = 0;
  const requests = [
    ["/v1/files", multipart, form(purpose, file(line))],
    ["/v1/batches", json, JSON.stringify(creation)],
  ];
  for (const [target, headers, body] of /** @type {any[]} */ (requests)) {
    for (const [more, status] of [
      [{ origin: "https://evil.example" }, 403],
      [{ origin: "null" }, 403],
      [{ "sec-fetch-site": "cross-site" }, 403],
      [{ "sec-fetch-site": "same-site" }, 403],
      [{ cookie: "other=1" }, 401],
      [{ host: "evil.example" }, 421],
    ])
      assert.equal(
        (await own(boards.writable, target, { headers: { ...headers, .../** @type {object} */ (more) }, body })).status,
        status,
        `${target} ${JSON.stringify(more)}`,
      );
    const silent = await get(boards.writable.url, boards.writable.base + target, {
      method: "POST",
      body,
      headers: { ...headers, cookie: boards.writable.cookie, "content-length": String(body.length) },
    });
    assert.equal(silent.status, 403, "POST requests must name their origin");
    for (const method of ["PUT", "PATCH", "DELETE"])
      assert.equal((await own(boards.writable, target, { method, headers })).status, 405, `${method} ${target}`);
  }
  assert.deepEqual(seen, [], "no request reached the API");
});

test("with --read-only, or without a key, nothing is sent, and the reason is said", async () => {
  seen.length = 0;
  const upload = form(purpose, file(line));
  for (const [board, reason, cancelled] of /** @type {any[]} */ ([
    [boards.readOnly, /--read-only/, 403],
    [boards.simulated, /simulated; set OPENAI_API_KEY/, 404],
  ])) {
    for (const [target, headers, body] of /** @type {any[]} */ ([
      ["/v1/files", multipart, upload],
      ["/v1/batches", json, JSON.stringify(creation)],
    ])) {
      const answer = await own(board, target, { headers, body });
      assert.equal(answer.status, 403);
      assert.match(messageOf(answer), reason);
    }
    // A simulated batch can be cancelled: this one does not exist.
    assert.equal((await own(board, "/v1/batches/batch_one/cancel")).status, cancelled);
    assert.equal((await own(board, "/v1/batches", { method: "GET" })).status, 200, "reading is allowed");
  }
  assert.deepEqual(
    seen.map(({ method }) => method),
    ["GET"],
  );
});

test("the page learns what it may do, and of the key only a short hash", async () => {
  const settings = {};
  for (const [name, board] of Object.entries(boards)) {
    const { text } = await own(board, "/", { method: "GET", headers: { "sec-fetch-site": "none" } });
    const content = /<meta name="batchlight-board" content="([^"]+)"/.exec(text)[1];
    settings[name] = JSON.parse(content.replaceAll("&quot;", '"'));
  }
  const { writable, readOnly, simulated } = settings;
  assert.deepEqual([writable.readOnly, readOnly.readOnly, simulated.readOnly], [false, true, false]);
  assert.match(writable.account, /^[0-9a-f]{8}$/);
  assert.equal(readOnly.account, writable.account, "the same address and key");
  assert.equal(simulated.account, undefined);
});

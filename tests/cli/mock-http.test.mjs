// The mock as an HTTP server: browsers on this and other sites, and malformed requests.
import assert from "node:assert/strict";
import { request as ask } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import { build } from "esbuild";
import { launchChromium } from "../../scripts/chromium.mjs";
import { serveLocally } from "../../scripts/local-server.mjs";
import { at } from "../../scripts/process.mjs";
import { input, mockServer } from "./clients/support.mjs";

const { url, child } = await mockServer();
const { host, hostname, port } = new URL(url);
const key = { authorization: "Bearer any" };

/** Sends a request without normalizing it. */
const send = (method, path, headers = {}, body) =>
  new Promise((resolve, reject) => {
    const asked = ask({ host: hostname, port, method, path, headers }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() });
    });
    asked.on("error", reject).end(body);
  });

const message = ({ text }) => JSON.parse(text).error.message;

test("pages of this machine may use the mock", async () => {
  for (const origin of ["http://localhost:5173", "http://127.0.0.1:3000", "http://[::1]:8080", "https://localhost"]) {
    const preflight = await send("OPTIONS", "/v1/batches", {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type,x-stainless-os",
    });
    assert.equal(preflight.status, 204);
    const {
      "access-control-allow-origin": allowed,
      "access-control-allow-headers": headers,
      "access-control-allow-methods": methods,
      vary,
    } = preflight.headers;
    assert.deepEqual([allowed, headers, methods, vary], [origin, "authorization, *", "GET, POST, DELETE", "origin"]);
    const response = await send("GET", "/v1/batches", { ...key, origin, "sec-fetch-site": "cross-site" });
    assert.deepEqual(
      [
        response.status,
        response.headers["access-control-allow-origin"],
        response.headers["access-control-expose-headers"],
      ],
      [200, origin, "*"],
    );
  }
  assert.equal((await send("GET", "/v1/batches", key)).headers["access-control-allow-origin"], undefined);
});

test("the official client works in a browser from a page of this machine", async () => {
  /** @type {import("esbuild").BuildOptions} */
  const options = {
    entryPoints: [at("node_modules", "openai7", "index.mjs")],
    bundle: true,
    format: "esm",
    write: false,
    platform: "browser",
    external: ["node:*"],
    logLevel: "error",
  };
  const [{ text: client }] = (await build(options)).outputFiles;
  const script = `import { OpenAI } from "/openai.js";
    const options = { baseURL: "${url}", apiKey: "any", dangerouslyAllowBrowser: true, maxRetries: 0 };
    const { files, batches } = new OpenAI(options);
    const file = await files.create({ purpose: "batch", file: new File([${JSON.stringify(input(1))}], "input.jsonl") });
    const order = { input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" };
    const batch = await batches.create(order);
    const failure = await batches.retrieve("batch_0").catch((error) => error);
    const isMissing = failure instanceof OpenAI.NotFoundError;
    const { deleted } = await files.delete(file.id);
    globalThis.result = [batch.status, isMissing, /^req_/.test(failure.requestID), deleted];`;
  const contents = {
    "/": '<!doctype html><script type="module" src="/page.js"></script>',
    "/page.js": script,
    "/openai.js": client,
  };
  const pages = await serveLocally(({ url: path }, response) =>
    response
      .writeHead(200, { "content-type": path === "/" ? "text/html" : "text/javascript" })
      .end(contents[path] ?? ""),
  );
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${pages.port}/`);
    await page.waitForFunction("globalThis.result", undefined, { timeout: 120_000 });
    assert.deepEqual(await page.evaluate("result"), ["validating", true, true, true]);
  } finally {
    await browser.close();
    pages.close();
  }
});

test("pages of other sites are rejected, even under a name that resolves to this machine", async () => {
  const strangers = [
    ...["https://evil.example", "null", "http://localhost.evil.example", "http://127.0.0.1.evil.example"].map(
      (origin) => ({ origin }),
    ),
    { host: `evil.example:${port}`, "sec-fetch-site": "same-origin" },
    { host: `evil.example:${port}`, origin: `http://evil.example:${port}` },
    { host: `evil.example:${port}`, origin: "http://localhost:5173" },
  ];
  for (const headers of strangers)
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const { status, headers: received } = await send(method, "/v1/batches", { ...key, ...headers });
      assert.deepEqual([status, received["access-control-allow-origin"]], [403, undefined], JSON.stringify(headers));
    }
  // Clients that are not browsers may use any host name.
  assert.equal((await send("GET", "/v1/batches", { ...key, host: "api.openai.test" })).status, 200);
});

test("path traversal is rejected", async () => {
  for (const path of [
    "/v1/files/%2e%2e%2fbatches",
    "/v1/files/..%2f..%2fetc%2fpasswd",
    "/v1/files/%00",
    "/v1/files/%E0%A4%A",
    "/v1/files/file-x%0d%0aset-cookie:a=b",
    "/v1/files/__proto__",
    "/v1/files/constructor/content",
  ]) {
    const { status, headers, text } = await send("GET", path, key);
    assert.deepEqual(
      [status, headers["set-cookie"], JSON.parse(text).error.type],
      [404, undefined, "invalid_request_error"],
      path,
    );
  }
  // Dot segments are resolved first, as everywhere on the web.
  assert.equal((await send("GET", "/v1/files/../batches", key)).status, 200);
  for (const method of ["TRACE", "PUT", "PATCH"])
    assert.ok([400, 404].includes((await send(method, "/v1/batches", key)).status), method);
});

test("invalid and truncated forms are rejected", async () => {
  const form = (body, type = "multipart/form-data; boundary=x") =>
    send("POST", "/v1/files", { ...key, "content-type": type }, body);
  for (const response of [
    await form("--x"),
    await form('--x\r\ncontent-disposition: form-data; name="purpose"\r\n\r\nbatch'),
    await form("", "multipart/form-data"),
    await form("{}", "application/json"),
    await form("purpose=batch", "text/plain"),
  ]) {
    assert.equal(response.status, 400);
    assert.equal(message(response), "simulated: the request body must be multipart/form-data");
  }
  const part = (name, rest, text) => `--x\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n\r\n${text}\r\n`;
  const upload = (name) => {
    const named = part("file", `; filename="${name}"\r\nContent-Type: text/plain`, "text");
    return form(`${part("purpose", "", "user_data")}${named}--x--\r\n`);
  };
  const odd = await upload("..%2f%0d%0aset-cookie: a=b;é.txt");
  assert.equal(odd.status, 200);
  const content = await send("GET", `/v1/files/${JSON.parse(odd.text).id}/content`, key);
  assert.deepEqual([content.text, content.headers["set-cookie"]], ["text", undefined]);
  assert.match(content.headers["content-disposition"], /^attachment; filename="[\w.-]+"$/);
});

test("an upload that declares too many bytes is rejected at once", async () => {
  const response = await new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(
        [
          "POST /v1/files HTTP/1.1",
          `Host: ${host}`,
          "Authorization: Bearer any",
          `Content-Length: ${2 ** 40}`,
          "",
          "--x",
        ].join("\r\n"),
      ),
    );
    let text = "";
    socket
      .on("data", (chunk) => (text += chunk))
      .on("error", reject)
      .on("close", () => resolve(text));
  });
  assert.match(response, /^HTTP\/1\.1 413 /);
  assert.match(response, /simulated: the request is larger than 538968064 bytes/);
  assert.equal(child.exitCode, null);
});

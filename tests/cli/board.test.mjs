// The board's server: sign-in, the proxy to the API, and the protection of the API key.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchChromium } from "../../scripts/chromium.mjs";
import { serveLocally } from "../../scripts/local-server.mjs";
import { enter, get, serve } from "./board-support.mjs";
import { batchlight } from "./support.mjs";

const key = "sk-test/0123456789abcdef-never-to-be-seen";
const created = Math.floor(Date.now() / 1000) - 600;
const wire = (id, status, more = {}) => ({
  ...{
    id,
    object: "batch",
    endpoint: "/v1/chat/completions",
    errors: null,
    input_file_id: "file-in",
    completion_window: "24h",
    status,
  },
  ...{
    output_file_id: null,
    error_file_id: null,
    created_at: created,
    in_progress_at: created + 30,
    expires_at: created + 86400,
    finalizing_at: null,
  },
  ...{ completed_at: null, failed_at: null, expired_at: null, cancelling_at: null, cancelled_at: null, metadata: null },
  ...{ request_counts: { total: 10, completed: 4, failed: 0 } },
  ...more,
});

/** An API that echoes all request headers, and misbehaves for some ids. */
const seen = [];
const batches = new Map([["batch_one", wire("batch_one", "in_progress")]]);
const upstream = await serveLocally((request, response) => {
  seen.push({ method: request.method, url: request.url, headers: request.headers });
  const { authorization } = request.headers;
  const headers = {
    "content-type": "application/json",
    "set-cookie": "spy=1",
    "x-echo": authorization,
    "x-request-id": `req ${authorization}`,
    "openai-organization": "acme",
    "access-control-allow-origin": "*",
  };
  const send = (status, value) => response.writeHead(status, headers).end(JSON.stringify(value));
  const { pathname } = new URL(request.url, "http://upstream");
  if (pathname === "/v1/batches") return send(200, { object: "list", data: [...batches.values()], has_more: false });
  if (pathname === "/v1/batches/batch_echo")
    return send(401, { error: { message: `Incorrect API key provided: ${authorization}`, headers: request.headers } });
  if (pathname === "/v1/batches/batch_escaped")
    return response
      .writeHead(200, { ...headers, "x-request-id": key.replaceAll("/", "\\/"), "retry-after": "7" })
      .end(JSON.stringify({ id: key }).replaceAll("/", "\\/"));
  if (pathname === "/v1/batches/batch_away") return response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
  if (pathname === "/v1/batches/batch_broken") return response.socket.destroy();
  if (pathname === "/v1/batches/batch_busy")
    return response.writeHead(429, { ...headers, "retry-after": "7" }).end("{}");
  if (pathname.endsWith("/cancel")) {
    batches.set("batch_one", wire("batch_one", "cancelling", { cancelling_at: created + 60 }));
    return send(200, batches.get("batch_one"));
  }
  if (pathname.endsWith("/content")) {
    response.writeHead(200, { "content-type": "text/html" });
    // The key is split between two chunks.
    response.write(`<script>${key.slice(0, 9)}`);
    return setTimeout(() => response.end(`${key.slice(9)}</script>`), 50);
  }
  return send(200, { id: "file-in" });
});

let board;
let cookie;
before(async () => {
  board = await serve({ OPENAI_API_KEY: key, OPENAI_BASE_URL: `${upstream.origin}/v1/` });
  cookie = await enter(board.url);
});
after(() => upstream.close());

/** The target below the board's path. Other targets stay unchanged. */
const below = (target) => (target.startsWith("/") ? board.base + target : target);

/** Sends a request as the board's own page does. */
/** @type {(target: string, options?: import("./board-client.mjs").RawRequest) => ReturnType<typeof get>} */
const own = (target, { headers = {}, ...more } = {}) =>
  get(board.url, below(target), { ...more, headers: { cookie, "sec-fetch-site": "same-origin", ...headers } });

test("the printed link is local, and its token is exchanged for an HttpOnly cookie", async () => {
  const url = await board.link(1);
  assert.equal(url.hostname, "127.0.0.1");
  assert.match(url.searchParams.get("token"), /^[\w-]{43}$/);
  const { status, headers } = await get(url, url.pathname + url.search);
  assert.deepEqual([status, headers.location, headers["referrer-policy"]], [303, url.pathname, "no-referrer"]);
  const [name, value, ...rest] = headers["set-cookie"][0].split(/=|; /);
  assert.match(name, /^batchlight_[\w-]{8}$/);
  assert.match(value, /^[\w-]{43}$/);
  assert.deepEqual(rest, ["HttpOnly", "SameSite", "Strict", "Path", url.pathname]);
  assert.ok(!headers["set-cookie"][0].includes(url.searchParams.get("token")), "the cookie differs from the token");
});

test("nothing is served without a valid cookie or token", async () => {
  const before = seen.length;
  for (const target of [
    "/",
    "/v1/batches",
    "/?token=wrong",
    ...["/", "/v1/batches", "/v1/files/file-in/content", "/package/index.js"].map(below),
    ...["/?token=wrong", "/?token=", "/nothing"].map(below),
  ])
    for (const headers of [{}, { cookie: `${cookie.split("=")[0]}=wrong` }, { cookie: `${cookie}; ${cookie}x` }]) {
      const response = await get(board.url, target, { headers });
      assert.equal(response.status, 401, target);
      assert.equal(response.headers["set-cookie"], undefined);
    }
  assert.equal(seen.length, before, "no request reached the API");
});

test("requests with another Host header are rejected", async () => {
  const { port } = board.url;
  for (const host of [
    "evil.example",
    `evil.example:${port}`,
    "127.0.0.1",
    "127.0.0.1:1",
    `127.0.0.1.evil.example:${port}`,
    `192.168.0.1:${port}`,
    `localhost:${port}@evil.example`,
  ])
    for (const target of ["/", "/v1/batches", `/${board.url.search}`])
      assert.equal((await own(target, { headers: { host } })).status, 421, host);
  for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
    assert.equal((await own("/v1/batches", { headers: { host } })).status, 200, host);
});

test("requests of other origins are rejected, including other ports of this machine", async () => {
  const before = seen.length;
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `http://127.0.0.1:${Number(board.url.port) + 1}` },
    { origin: `https://${board.url.host}` },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])
    for (const [method, target] of [
      ["GET", "/v1/batches"],
      ["POST", "/v1/batches/batch_one/cancel"],
    ])
      assert.equal((await own(target, { method, headers })).status, 403, JSON.stringify(headers));
  const silent = await get(board.url, "/v1/batches/batch_one/cancel", { method: "POST", headers: { cookie } });
  assert.equal(silent.status, 403, "POST requests must name their origin");
  assert.equal(seen.length, before, "no request reached the API");
});

test("only the paths that the board needs reach the API", async () => {
  const before = seen.length;
  const tricks = [
    ...[
      "/v1/batches/",
      "/v1//batches",
      "//v1/batches",
      "/v1/batches/../models",
      "/v1/batches/%2e%2e/models",
      "/v1/batches/..%2fmodels",
      "/v1/batches/a%2Fcancel",
      "/v1/batches/a/b",
    ],
    ...[
      "/v1/./batches",
      "/V1/batches",
      "/v1/batches/a\\b",
      "/v1/batches;x",
      "/v1/batches?limit=1&x=1",
      "/v1/batches?limit=1%26",
      "/v1/batches?after=../x",
      "/v1/batches?",
      "/v1/batches#x",
    ],
    ...[
      "/v1/models",
      "/v1/files?limit=10",
      "/v1/files?purpose=assistants&limit=10",
      "/v1/files?purpose=batch&limit=10&x=1",
      "/v1/files?purpose=batch&limit=5000",
      "/v1/chat/completions",
      "/v1/files/a/content/b",
      "/v1/files/a/content?x",
      `/v1/batches/${"a".repeat(300)}`,
      "/v1",
      "/v1/",
    ],
    ...[
      "http://evil.example/v1/batches",
      `http://${board.url.host}/v1/batches`,
      "*",
      "/assets/../../cli.js",
      "/assets/%2e%2e/cli.js",
      "/package/cli.js",
      "/package/../package.json",
      "/index.html",
    ],
  ];
  for (const target of tricks) assert.equal((await own(target)).status, 404, target);
  assert.equal(seen.length, before, "no request reached the API");
});

test("only the methods that the board needs are accepted", async () => {
  const before = seen.length;
  for (const [target, allow] of [
    ["/v1/batches", "GET, POST"],
    ["/v1/files", "POST"],
    ["/v1/files?purpose=batch&limit=500", "GET"],
    ["/v1/files?purpose=batch&limit=500&after=file-a", "GET"],
    ["/v1/files/a", "GET"],
    ["/v1/files/a/content", "GET"],
    ["/v1/batches/a", "GET"],
    ["/v1/batches/a/cancel", "POST"],
    ["/", "GET"],
  ])
    for (const method of ["GET", "POST", "DELETE", "PUT", "PATCH", "OPTIONS", "HEAD"].filter(
      (one) => !allow.split(", ").includes(one),
    )) {
      const { status, headers } = await own(target, { method });
      assert.deepEqual([status, headers.allow], [405, allow], `${method} ${target}`);
    }
  assert.equal(
    (await own("/v1/batches/a/cancel", { method: "POST", body: "{}", headers: { "content-length": "2" } })).status,
    413,
  );
  assert.equal(seen.length, before, "no request reached the API");
});

test("the API receives the key and no browser headers, and responses are passed on without the key", async () => {
  const list = await own("/v1/batches?limit=100&after=batch_zero", { headers: { "x-spy": "1" } });
  assert.equal(JSON.parse(list.text).data[0].id, "batch_one");
  const { url, headers } = seen.at(-1);
  assert.equal(url, "/v1/batches?limit=100&after=batch_zero");
  assert.equal(headers.authorization, `Bearer ${key}`);
  assert.deepEqual([headers.cookie, headers["x-spy"], headers.origin], [undefined, undefined, undefined]);
  for (const name of ["set-cookie", "x-echo", "openai-organization", "access-control-allow-origin", "x-request-id"])
    assert.equal(list.headers[name], undefined, name);
  const refused = await own("/v1/batches/batch_echo");
  assert.equal(refused.status, 401);
  assert.match(refused.text, /Incorrect API key provided: Bearer \*+/);
  const busy = await own("/v1/batches/batch_busy");
  assert.deepEqual([busy.status, busy.headers["retry-after"]], [429, "7"]);
  const content = await own("/v1/files/file-in/content");
  assert.equal(content.text, `<script>${"*".repeat(key.length)}</script>`);
  assert.deepEqual(
    [content.headers["content-type"], content.headers["content-disposition"]],
    ["application/octet-stream", "attachment"],
  );
  assert.match(content.headers["content-security-policy"], /sandbox/);
  const escaped = await own("/v1/batches/batch_escaped");
  assert.equal(escaped.text, JSON.stringify({ id: "*".repeat(key.length + 1) }));
  assert.deepEqual([escaped.headers["x-request-id"], escaped.headers["retry-after"]], [undefined, "7"]);
  for (const response of [list, refused, busy, content, escaped]) assert.ok(!JSON.stringify(response).includes(key));
  assert.ok(!board.printed().includes(key));
});

test("unreachable and redirecting APIs are reported", async () => {
  for (const [id, code] of [
    ["batch_broken", "api_unreachable"],
    ["batch_away", "api_redirects"],
  ]) {
    const { status, text } = await own(`/v1/batches/${id}`);
    assert.equal(status, 502);
    assert.equal(JSON.parse(text).error.code, code);
    assert.ok(!text.includes(key));
  }
});

test("every response has a Content-Security-Policy, and workers cannot connect anywhere", async () => {
  const page = await own("/");
  assert.equal(page.status, 200);
  assert.match(
    page.headers["content-security-policy"],
    /^default-src 'none'; .*connect-src 'self'.*frame-ancestors 'none'$/,
  );
  const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(page.text)[1];
  for (const target of [script, "/package/files-worker.js", "/package/index.js"]) {
    const { status, headers } = await own(target);
    assert.equal(status, 200, target);
    assert.match(headers["content-security-policy"], /connect-src 'none'/);
    assert.match(headers["content-type"], /^text\/javascript/);
  }
  for (const target of ["/", script, "/v1/batches", "/nothing"]) {
    const { headers } = await own(target);
    assert.match(headers["content-security-policy"], /^default-src 'none'/, target);
    assert.deepEqual(
      [
        headers["x-content-type-options"],
        headers["x-frame-options"],
        headers["cross-origin-resource-policy"],
        headers["cache-control"],
      ],
      ["nosniff", "DENY", "same-origin", "no-store"],
      target,
    );
  }
});

test("errors about environment variables do not contain the key", async () => {
  for (const env of [
    { OPENAI_API_KEY: "sk with spaces in it" },
    { OPENAI_API_KEY: '"sk-in-quotes"' },
    { OPENAI_API_KEY: key, OPENAI_BASE_URL: "file:///etc" },
    { OPENAI_API_KEY: key, OPENAI_BASE_URL: `https://me:${key}@api.example/v1` },
  ]) {
    const { code, err } = await batchlight(["board", "--port", "0"], { env });
    assert.equal(code, 2);
    assert.match(err, /^batchlight: OPENAI_(API_KEY|BASE_URL): expected .*\n$/);
    assert.ok(!err.includes(env.OPENAI_API_KEY));
  }
});

/** Opens the board in Chromium. Fails if the page logs an error. */
async function inBrowser(url, work) {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const troubles = [];
    page.on("pageerror", ({ message }) => troubles.push(message));
    page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
    await page.goto(url.href);
    await work(page);
    assert.deepEqual(troubles, []);
  } finally {
    await browser.close();
  }
}

test("the page shows, updates and cancels the batches of the API", async () => {
  await inBrowser(await board.link(2), async (page) => {
    await page.locator("batch-list [data-key=batch_one]").waitFor();
    assert.ok(!page.url().includes("token"));
    assert.equal(await page.evaluate("document.cookie"), "");
    assert.equal(await page.locator("#live-title").textContent(), "Your batches");
    assert.match(await page.locator(".live .checked").textContent(), /^Updated/);
    await page.locator("batch-list [data-key=batch_one]").click();
    await page.locator("button.cancel").click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel batch" }).click();
    await page.locator("batch-card").getByRole("heading", { name: "Cancelling" }).waitFor();
    assert.equal(await page.locator("button.cancel").count(), 0);
    assert.ok(seen.some(({ method, url: asked }) => method === "POST" && asked === "/v1/batches/batch_one/cancel"));
  });
});

test("without a key, the board shows simulated batches that progress", async () => {
  const { url, printed } = await serve({});
  assert.match(printed(), /simulated/);
  await inBrowser(url, async (page) => {
    await page.locator("batch-list [part~=row]").first().waitFor();
    assert.match(await page.locator(".live").textContent(), /These batches are not real/);
    const texts = () =>
      page.locator("batch-list [part~=row]").evaluateAll((rows) => rows.map(({ textContent }) => textContent));
    const before = await texts();
    assert.ok(before.length >= 6);
    await page.waitForFunction(
      (old) =>
        [...document.querySelector("batch-list").shadowRoot.querySelectorAll("[part~=row][data-group=active]")].some(
          ({ textContent }) => !old.includes(textContent),
        ),
      before,
      { timeout: 120_000 },
    );
  });
});

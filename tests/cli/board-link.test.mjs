// The board's sign-in link: it signs one browser in, and its cookie is valid nowhere else.
import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { after, before, test } from "node:test";
import { launchChromium } from "../../scripts/chromium.mjs";
import { serveLocally } from "../../scripts/local-server.mjs";
import { enter, get, serve } from "./board-support.mjs";
import { batchlight } from "./support.mjs";

let browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser?.close());

const ask = (url, headers = {}) => get(url, url.pathname + url.search, { headers });

test("a used link signs nobody else in and explains what to do", async () => {
  const board = await serve({});
  assert.ok(await enter(board.url));
  const again = await ask(board.url);
  assert.deepEqual([again.status, again.headers["set-cookie"]], [401, undefined]);
  assert.match(
    again.text,
    /^This link has already been used\..*\nOpen the newest link .* in its terminal, or restart it\./,
  );
  // The next link is printed when a link is used.
  const next = await board.link(1);
  assert.notEqual(next.search, board.url.search);
  assert.ok(await enter(next));
  assert.equal((await ask(next)).status, 401);
});

test("a signed-in browser uses up a link too, because the link stays in its history", async () => {
  const board = await serve({});
  const cookie = await enter(board.url);
  const next = await board.link(1);
  assert.equal((await ask(next, { cookie })).status, 303);
  assert.equal((await ask(next)).status, 401);
});

test("a wrong host, method or token does not use up a link", async () => {
  const { url } = await serve({});
  const target = url.pathname + url.search;
  assert.equal((await get(url, target, { headers: { host: "evil.example" } })).status, 421);
  assert.equal((await get(url, target, { method: "HEAD" })).status, 401);
  assert.equal((await get(url, `${target}x`)).status, 401);
  assert.equal((await ask(url)).status, 303);
});

test("a signed-in browser can reopen the printed link, and the page works below its path", async () => {
  const board = await serve({});
  const page = await browser.newPage();
  for (let time = 0; time < 2; time++) {
    await page.goto(board.url.href);
    await page.locator("batch-list [part~=row]").first().waitFor();
    assert.equal(page.url(), `${board.url.origin}${board.base}/`);
  }
  const other = await browser.newPage();
  const response = await other.goto(board.url.href);
  assert.deepEqual([response.status(), await other.locator("batch-list").count()], [401, 0]);
  await Promise.all([page.close(), other.close()]);
});

test("the cookie is sent to no other port and no other path", async () => {
  const seen = [];
  const neighbour = await serveLocally((request, response) => {
    seen.push([request.url, request.headers.cookie]);
    response.end("<!doctype html>");
  });
  try {
    const { url } = await serve({});
    const page = await browser.newPage();
    await page.goto(url.href);
    await page.locator("batch-list").waitFor();
    assert.equal((await page.context().cookies()).length, 1);
    for (const path of ["/", "/v1/batches", "/?token=x"]) await page.goto(neighbour.origin + path);
    assert.ok(seen.length >= 3);
    assert.deepEqual(
      seen.filter(([, cookie]) => cookie !== undefined),
      [],
    );
    await page.close();
  } finally {
    neighbour.close();
  }
});

test("two boards on one machine do not sign each other out", async () => {
  const [one, other] = await Promise.all([serve({}), serve({})]);
  const page = await browser.newPage();
  for (const { url } of [one, other, one]) {
    await page.goto(url.href);
    await page.locator("batch-list [part~=row]").first().waitFor();
  }
  await page.close();
});

test("an empty --host is rejected, so the board never listens on all interfaces by accident", async () => {
  for (const args of [
    ["board", "--port", "0", "--host", ""],
    ["board", "--port", "0", "--host="],
  ])
    assert.deepEqual(await batchlight(args, { env: { OPENAI_API_KEY: "" } }), {
      code: 2,
      signal: null,
      out: "",
      err: [
        "batchlight: option '--host <address>': expected a value, found an empty string",
        "Run with --help for usage.",
        "",
      ].join("\n"),
    });
});

const others = Object.values(networkInterfaces()).flat();
test("a warning says when other machines can reach the board", {
  skip: !others.some(({ internal }) => !internal) && "this machine has no other address",
}, async () => {
  assert.doesNotMatch((await serve({})).printed(), /other machines/);
  const { printed } = await serve({}, ["--host", "0.0.0.0"]);
  assert.match(
    printed(),
    /other machines can reach the board, without encryption; anyone with the link can view and cancel/,
  );
});

// Who reaches the servers of the command: this machine, unless somebody says otherwise.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { get, serve } from "./board-support.mjs";
import { mockServer } from "./clients/support.mjs";
import { batchlight } from "./support.mjs";

const addresses = Object.values(networkInterfaces()).flat();
/** An address of this machine that is not the usual one; on Linux the whole of 127.0.0.0/8 is its own. */
const other =
  addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address ??
  (process.platform === "linux" ? "127.0.0.2" : undefined);
const none = other === undefined && "this machine has one address only";
const six = !addresses.some(({ address }) => address === "::1") && "this machine has no IPv6";

/** What becomes of a connection. */
const reach = (host, port) =>
  new Promise((resolve) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve("open");
    });
    socket.on("error", (/** @type {NodeJS.ErrnoException} */ { code }) => resolve(code));
  });

test("unless told, mock and board are reached from this machine alone", { skip: none }, async () => {
  const [{ url: mocked }, { url: board }] = await Promise.all([mockServer(), serve({})]);
  for (const { hostname, port } of [new URL(mocked), board]) {
    assert.equal(hostname, "127.0.0.1");
    assert.deepEqual([await reach(hostname, port), await reach(other, port)], ["open", "ECONNREFUSED"]);
  }
});

test("board --host: others reach it by a number, with the token, and by no other name", { skip: none }, async () => {
  const { url } = await serve({}, ["--host", "0.0.0.0"]);
  assert.equal(url.hostname, "127.0.0.1", "an address that a browser can open");
  const ask = (target, host) => get({ hostname: other, port: url.port, host }, target);
  const here = `${other}:${url.port}`;
  assert.equal((await ask("/", here)).status, 401);
  assert.equal((await ask(url.pathname + url.search, here)).status, 303);
  for (const host of [`evil.example:${url.port}`, other, `${other}.evil.example:${url.port}`])
    assert.equal((await ask(url.pathname + url.search, host)).status, 421, host);
});

test("board --host: an address of IPv6", { skip: six }, async () => {
  const { url } = await serve({}, ["--host", "::1"]);
  assert.equal(url.hostname, "[::1]");
  const ask = (host) => get({ hostname: "::1", port: url.port, host }, url.pathname + url.search);
  assert.deepEqual([(await ask(url.host)).status, (await ask(`evil.example:${url.port}`)).status], [303, 421]);
});

test("board --host: what is no address of this machine is told", async () => {
  // Kept for documentation: nobody has it.
  const { code, out, err } = await batchlight(["board", "--port", "0", "--host", "192.0.2.1"], {
    env: { OPENAI_API_KEY: "" },
  });
  assert.deepEqual([code, out, err], [2, "", "batchlight: 192.0.2.1:0 is not an address of this machine\n"]);
});

// Network access to the command's servers: only this machine, unless `--host` is used.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { get, serve } from "./board-support.mjs";
import { mockServer } from "./clients/support.mjs";
import { batchlight } from "./support.mjs";

const addresses = Object.values(networkInterfaces()).flat();
/** A second address of this machine. On Linux, all addresses in 127.0.0.0/8 are local. */
const other =
  addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address ??
  (process.platform === "linux" ? "127.0.0.2" : undefined);
const none = other === undefined && "this machine has only one address";
const six = !addresses.some(({ address }) => address === "::1") && "this machine has no IPv6";

/** Tries to connect. Resolves with "open" or the error code. */
const reach = (host, port) =>
  new Promise((resolve) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve("open");
    });
    socket.on("error", (/** @type {NodeJS.ErrnoException} */ { code }) => resolve(code));
  });

test("by default, the mock and the board are reachable only from this machine", { skip: none }, async () => {
  const [{ url: mocked }, { url: board }] = await Promise.all([mockServer(), serve({})]);
  for (const { hostname, port } of [new URL(mocked), board]) {
    assert.equal(hostname, "127.0.0.1");
    assert.deepEqual([await reach(hostname, port), await reach(other, port)], ["open", "ECONNREFUSED"]);
  }
});

test("board --host: other machines need an IP address and the token", { skip: none }, async () => {
  const { url } = await serve({}, ["--host", "0.0.0.0"]);
  assert.equal(url.hostname, "127.0.0.1", "an address that a browser can open");
  const ask = (target, host) => get({ hostname: other, port: url.port, host }, target);
  const here = `${other}:${url.port}`;
  assert.equal((await ask("/", here)).status, 401);
  assert.equal((await ask(url.pathname + url.search, here)).status, 303);
  for (const host of [`evil.example:${url.port}`, other, `${other}.evil.example:${url.port}`])
    assert.equal((await ask(url.pathname + url.search, host)).status, 421, host);
});

test("board --host: an IPv6 address", { skip: six }, async () => {
  const { url } = await serve({}, ["--host", "::1"]);
  assert.equal(url.hostname, "[::1]");
  const ask = (host) => get({ hostname: "::1", port: url.port, host }, url.pathname + url.search);
  assert.deepEqual([(await ask(url.host)).status, (await ask(`evil.example:${url.port}`)).status], [303, 421]);
});

test("board --host: an address of another machine is reported", async () => {
  // Reserved for documentation, so no machine has it.
  const { code, out, err } = await batchlight(["board", "--port", "0", "--host", "192.0.2.1"], {
    env: { OPENAI_API_KEY: "" },
  });
  assert.deepEqual([code, out, err], [2, "", "batchlight: 192.0.2.1:0 is not an address of this machine\n"]);
});

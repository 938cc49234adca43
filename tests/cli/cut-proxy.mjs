// A TCP proxy whose network can be cut: all connections break at once, and the next attempts to connect fail.
import { connect, createServer } from "node:net";

/** The number of attempts to connect that fail before the network is back. */
const failures = 2;

/**
 * Starts a proxy in front of a server.
 *
 * @param {string} url the address of the server
 */
export async function startCutProxy(url) {
  const target = new URL(url);
  const open = new Set();
  const state = { failing: 0, cuts: 0, bytesLeft: Infinity };
  const cut = () => {
    state.cuts++;
    state.failing = failures;
    state.bytesLeft = Infinity;
    for (const socket of open) socket.destroy();
  };
  const server = createServer((client) => {
    client.on("error", () => undefined);
    if (state.failing > 0) {
      state.failing--;
      return void client.destroy();
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on("data", (bytes) => {
      if (bytes.length < state.bytesLeft) {
        state.bytesLeft -= bytes.length;
        return void client.write(bytes);
      }
      // `cut` is called once the part is written, so that it arrives before the connection ends.
      const part = bytes.subarray(0, state.bytesLeft);
      state.bytesLeft = Infinity;
      client.write(part, cut);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`,
    /** The number of cuts so far. */
    get cuts() {
      return state.cuts;
    },
    /** Cuts the network now. */
    cut,
    /** Cuts the network once the server has sent another `bytes` bytes. */
    cutAfter(bytes) {
      state.bytesLeft = bytes;
    },
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

// HTTP servers on free ports of this machine, for tests and measurements.
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const mediaTypes = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** The media type of a file, or of files with an extension such as `.html`. */
export const mediaTypeOf = (path) => mediaTypes[extname(`file${path}`)] ?? "application/octet-stream";

/**
 * Starts a server on a free port. It never closes idle connections: otherwise a client on a busy machine could send a
 * request on a connection that is just being closed.
 *
 * @param {import("node:http").RequestListener} handle
 * @returns {Promise<{ port: number, origin: string, close(): void }>} `close` also ends open connections
 */
export async function serveLocally(handle) {
  const server = createServer({ keepAliveTimeout: 0 }, handle).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Returns a port that was free a moment ago, for programs that do not choose one themselves. */
export async function freePort() {
  const { port, close } = await serveLocally(() => undefined);
  close();
  return port;
}

/**
 * Serves the files of a folder.
 *
 * @param {string} folder
 * @param {(pathname: string) => string} [fileOf] returns the path of a file in the folder for the path of a URL
 */
export const serveFolder = (
  folder,
  fileOf = (pathname) => (pathname.endsWith("/") ? `${pathname}index.html` : pathname),
) =>
  serveLocally((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = join(folder, fileOf(pathname));
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": mediaTypeOf(path) });
    response.end(readFileSync(path));
  });

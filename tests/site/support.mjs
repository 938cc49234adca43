// Serves the built site from the cache folder.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { siteOutput } from "../../scripts/docs/build.mjs";

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** The paths of all pages, such as `/guide.html`. */
export const pages = () =>
  readdirSync(siteOutput, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".html"))
    .map((path) => `/${path.replaceAll("\\", "/")}`)
    .sort();

/** The HTML of a page. */
export const htmlOf = (page) => readFileSync(join(siteOutput, page), "utf8");

/** Whether the site has a file at a path. */
export const hasFile = (path) => statSync(join(siteOutput, path), { throwIfNoEntry: false })?.isFile() ?? false;

/** Serves the site on a free port, as GitHub Pages does. Returns the address and a function that ends it. */
export async function serve() {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : extname(pathname) ? pathname : `${pathname}.html`;
    if (!hasFile(path)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(path)] ?? "text/plain" });
    response.end(readFileSync(join(siteOutput, path)));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${port}`, close };
}

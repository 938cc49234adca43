// The page that the suites of the elements open: it loads the installed package by an import map, without a bundler,
// under a strict policy.
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const project = process.env.BATCHLIGHT_PROJECT;
assert.ok(project, "BATCHLIGHT_PROJECT names no project: run these suites by npm test");
const dist = join(project, "node_modules", "batchlight", "dist");
const { exports } = JSON.parse(readFileSync(join(dist, "..", "package.json"), "utf8"));
// One font for all machines, for pictures that are compared.
const font = fileURLToPath(import.meta.resolve("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"));

/** Style and script elements need it to be let in. */
export const nonce = "tested";
const policy = [
  "default-src 'none'",
  "font-src 'self'",
  `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'`,
  `style-src 'nonce-${nonce}'`,
  "require-trusted-types-for 'script'",
].join("; ");
const styles = [
  '@font-face { font-family: "Inter"; font-weight: 100 900; src: url("/inter.woff2"); }',
  "body { background: light-dark(#ffffff, #1a1c1f); }",
].join(" ");
const definition = 'import "batchlight/elements/define"; globalThis.ready = true;';
const fileOf = (target) => `/${(target.import ?? target).default.replace("./dist/", "")}`;
const imports = Object.fromEntries(
  ["", "/elements", "/elements/define", "/elements/de", "/elements/ja"].map((path) => [
    `batchlight${path}`,
    fileOf(exports[`.${path}`]),
  ]),
);

/**
 * A page with a body; the elements are registered in it, unless only the map of imports is asked for.
 *
 * @typedef {{ body?: string, define?: boolean, lang?: string, scheme?: string }} PageOptions
 * @param {PageOptions} options
 */
const pageOf = ({
  body = "",
  define = true,
  lang = "en",
  scheme = "light dark",
}) => `<!doctype html><html lang="${lang}">
<head><meta charset="utf-8"><meta name="color-scheme" content="${scheme}"><title>Elements</title>
<style nonce="${nonce}">${styles}</style>
<script type="importmap" nonce="${nonce}">${JSON.stringify({ imports })}</script>
${define ? `<script type="module" nonce="${nonce}">${definition}</script>` : ""}
</head><body><main><h1>Elements</h1><h2>Shown</h2>${body}</main></body></html>`;

const isScript = (pathname) => /^\/[\w-]+\.js$/.test(pathname) && existsSync(join(dist, pathname));

/**
 * What the server answers; `undefined` for what it does not have.
 *
 * @param {string} pathname
 * @param {PageOptions} options
 * @returns {{ headers: Record<string, string>, body: string | Buffer } | undefined}
 */
function answerTo(pathname, options) {
  if (pathname === "/")
    return { headers: { "content-type": "text/html", "content-security-policy": policy }, body: pageOf(options) };
  if (pathname === "/inter.woff2") return { headers: { "content-type": "font/woff2" }, body: readFileSync(font) };
  if (isScript(pathname))
    return { headers: { "content-type": "text/javascript" }, body: readFileSync(join(dist, pathname)) };
  return undefined;
}

/** Starts a server of one page, which is made of what `show` was last told. */
export async function serveElements() {
  let shown = {};
  const server = createServer(({ url }, response) => {
    const { headers = {}, body } = answerTo(new URL(url, "http://localhost").pathname, shown) ?? {};
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${server.address().port}/`;
  return {
    url,
    /** @param {PageOptions} options */
    show: (options) => {
      shown = options;
    },
    /** Whether a URL leads to one of its files. */
    has: (other) => {
      const { origin, pathname } = new URL(other);
      return `${origin}/` === url && (["/", "/inter.woff2"].includes(pathname) || isScript(pathname));
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** In the page: puts elements into it, each with properties, and waits until they are shown. */
export const showInPage = async (elements) => {
  const made = elements.map(([name, properties]) => Object.assign(document.createElement(name), properties));
  document.querySelector("main").append(...made);
  await Promise.all(made.map((element) => element.updateComplete));
};

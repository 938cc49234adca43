// Serves the page of the element suites: it loads the installed package through an import map, without a bundler, under
// a strict Content-Security-Policy.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mediaTypeOf, serveLocally } from "../../../scripts/local-server.mjs";

const project = process.env.BATCHLIGHT_PROJECT;
assert.ok(project, "BATCHLIGHT_PROJECT is not set: run these suites with npm test");
const dist = join(project, "node_modules", "batchlight", "dist");
const { exports } = JSON.parse(readFileSync(join(dist, "..", "package.json"), "utf8"));
// The same font on all machines, for the screenshots.
const font = fileURLToPath(import.meta.resolve("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"));

/** The nonce that the policy requires of style and script elements. */
export const nonce = "tested";
const policyOf = ({ wasm = true }) =>
  [
    "default-src 'none'",
    "font-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${wasm ? " 'wasm-unsafe-eval'" : ""}`,
    `style-src 'nonce-${nonce}'`,
    "require-trusted-types-for 'script'",
  ].join("; ");
const styles = [
  '@font-face { font-family: "Inter"; font-weight: 100 900; src: url("/inter.woff2"); }',
  "body { background: light-dark(#ffffff, #1a1c1f); }",
].join(" ");
const definition = 'import "batchlight/elements/define"; globalThis.ready = true;';
const registration = 'import "batchlight/js/register";';
const fileOf = (target) => `/${(target.import ?? target).default.replace("./dist/", "")}`;
const imports = Object.fromEntries(
  ["", "/js/register", "/elements", "/elements/define", "/elements/de", "/elements/ja", "/store"].map((path) => [
    `batchlight${path}`,
    fileOf(exports[`.${path}`]),
  ]),
);

/**
 * Returns the HTML of a page with a body; with `define: false` it has the import map but does not load the elements,
 * and with `wasm: false` its policy forbids WebAssembly.
 *
 * @typedef {{ body?: string, define?: boolean, lang?: string, scheme?: string, wasm?: boolean }} PageOptions
 * @param {PageOptions} options
 */
const pageOf = ({
  body = "",
  define = true,
  lang = "en",
  scheme = "light dark",
  wasm = true,
}) => `<!doctype html><html lang="${lang}">
<head><meta charset="utf-8"><meta name="color-scheme" content="${scheme}"><title>Elements</title>
<style nonce="${nonce}">${styles}</style>
<script type="importmap" nonce="${nonce}">${JSON.stringify({ imports })}</script>
${define ? `<script type="module" nonce="${nonce}">${wasm ? "" : registration}${definition}</script>` : ""}
</head><body><main><h1>Elements</h1><h2>Shown</h2>${body}</main></body></html>`;

const isScript = (pathname) => /^\/[\w-]+\.js$/.test(pathname) && existsSync(join(dist, pathname));

/**
 * Returns the response to a path; `undefined` for an unknown path.
 *
 * @param {string} pathname
 * @param {PageOptions} options
 * @returns {{ headers: Record<string, string>, body: string | Buffer } | undefined}
 */
function responseTo(pathname, options) {
  if (pathname === "/")
    return {
      headers: { "content-type": "text/html", "content-security-policy": policyOf(options) },
      body: pageOf(options),
    };
  if (pathname === "/inter.woff2")
    return { headers: { "content-type": mediaTypeOf(pathname) }, body: readFileSync(font) };
  if (isScript(pathname))
    return { headers: { "content-type": mediaTypeOf(pathname) }, body: readFileSync(join(dist, pathname)) };
  return undefined;
}

/** Starts a server of one page, which is built from the last options of `show`. */
export async function serveElements() {
  let pageOptions = {};
  const { origin, close } = await serveLocally(({ url }, response) => {
    const { headers = {}, body } = responseTo(new URL(url, "http://localhost").pathname, pageOptions) ?? {};
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
  return {
    url: `${origin}/`,
    /** @param {PageOptions} options */
    show: (options) => {
      pageOptions = options;
    },
    /** Whether the server has a file for a URL. */
    has: (other) => {
      const { origin: otherOrigin, pathname } = new URL(other);
      return otherOrigin === origin && (["/", "/inter.woff2"].includes(pathname) || isScript(pathname));
    },
    close,
  };
}

/** The server as a fixture of Playwright, one for each worker. */
export const elementServer = [
  async ({}, use) => {
    const server = await serveElements();
    await use(server);
    server.close();
  },
  { scope: "worker" },
];

/** Runs in the page: adds elements with their properties, and waits until they are rendered. */
export const showInPage = async (elements) => {
  const created = elements.map(([name, properties]) => Object.assign(document.createElement(name), properties));
  document.querySelector("main").append(...created);
  await Promise.all(created.map((element) => element.updateComplete));
};

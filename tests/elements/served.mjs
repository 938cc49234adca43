// The page that the suites of the elements open: it loads the installed package by an import map, without a bundler,
// under a strict policy.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const project = process.env.BATCHLIGHT_PROJECT;
assert.ok(project, "BATCHLIGHT_PROJECT names no project: run these suites by npm test");
const dist = join(project, "node_modules", "batchlight", "dist");
const { exports } = JSON.parse(readFileSync(join(dist, "..", "package.json"), "utf8"));
const require = createRequire(import.meta.url);
// One font for all machines, for pictures that are compared.
const font = fileURLToPath(import.meta.resolve("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"));

/** Style and script elements need it to be let in. */
export const nonce = "tested";
const policy = `default-src 'none'; font-src 'self'; script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'; style-src 'nonce-${nonce}'; require-trusted-types-for 'script'`;
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
}) => `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="color-scheme" content="${scheme}"><title>Elements</title>
<style nonce="${nonce}">@font-face { font-family: "Inter"; font-weight: 100 900; src: url("/inter.woff2"); } body { background: light-dark(#ffffff, #1a1c1f); }</style>
<script type="importmap" nonce="${nonce}">${JSON.stringify({ imports })}</script>
${define ? `<script type="module" nonce="${nonce}">import "batchlight/elements/define"; globalThis.ready = true;</script>` : ""}
</head><body><main><h1>Elements</h1><h2>Shown</h2>${body}</main></body></html>`;

/**
 * What a server of the page answers; `undefined` for what there is not.
 *
 * @param {string} pathname
 * @param {PageOptions} options
 * @returns {{ headers: Record<string, string>, body: string | Buffer } | undefined}
 */
export function answerTo(pathname, options) {
  if (pathname === "/")
    return { headers: { "content-type": "text/html", "content-security-policy": policy }, body: pageOf(options) };
  if (pathname === "/inter.woff2") return { headers: { "content-type": "font/woff2" }, body: readFileSync(font) };
  if (/^\/[\w-]+\.js$/.test(pathname))
    return { headers: { "content-type": "text/javascript" }, body: readFileSync(join(dist, pathname)) };
  return undefined;
}

/** In the page: puts elements into it, each with properties, and waits until they are shown. */
export const showInPage = async (elements) => {
  const made = elements.map(([name, properties]) => Object.assign(document.createElement(name), properties));
  document.querySelector("main").append(...made);
  await Promise.all(made.map((element) => element.updateComplete));
};

/** The text of axe, to be run in a page. */
export const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Asserts that axe has nothing to say of a page that holds it. */
export async function checkByAxe(page) {
  const { violations, passes } = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
    tags,
  );
  assert.ok(
    passes.some(({ id }) => id === "color-contrast"),
    "contrast was not checked",
  );
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.length} x ${nodes[0].target} ${nodes[0].failureSummary}`),
    [],
  );
}

// The board is a static page: one script, one stylesheet, nothing fetched while it runs. In the mode `package` it is
// built for the command `batchlight board`, which lets it ask for batches and serves the package's own files beside it.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** What the package loads for files where WebAssembly may not be compiled. */
const twin = fileURLToPath(new URL("../pkg/dist/files-js.js", import.meta.url));

/**
 * The package's entries that the page imports, where the command serves them: told to the browser by a map, as they
 * import each other.
 */
const beside = Object.fromEntries(
  Object.entries({
    batchlight: "index",
    "batchlight/worker": "worker",
    "batchlight/watch": "watch",
    "batchlight/elements": "elements",
    "batchlight/elements/define": "elements-define",
  }).map(([name, file]) => [name, `./package/${file}.js`]),
);
const map = JSON.stringify({ imports: beside });
const mapHash = createHash("sha256").update(map).digest("base64");

/**
 * What the built page may do. The package compiles its WebAssembly from its own script, hence 'wasm-unsafe-eval', and
 * works on files in workers; nothing is ever fetched or sent, hence no connect-src. Served by the command, it may ask
 * its own server, and has the map in it.
 */
const policyFor = (packaged: boolean) =>
  [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...(packaged ? [`'sha256-${mapHash}'`] : [])].join(" "),
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${packaged ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/**
 * While it is developed: the server of Vite needs inline scripts and styles, and a socket to itself; still nothing goes
 * elsewhere.
 */
const whileDeveloped = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self' ws://localhost:* ws://127.0.0.1:*",
].join("; ");

/** In the page itself, so that it holds wherever the page is put. */
const inPage = (policy: string, packaged: boolean): Plugin => ({
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: {
    order: "pre",
    handler: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy }, injectTo: "head-prepend" },
      ...(packaged
        ? [{ tag: "script", attrs: { type: "importmap" }, children: map, injectTo: "head-prepend" as const }]
        : []),
    ],
  },
});

/** Templates are indented for readers of the source; of the whitespace between tags the page needs one line break. */
const withoutIndentation: Plugin = {
  name: "without-indentation",
  apply: "build",
  enforce: "pre",
  transform: (code, id) =>
    /[\\/]www[\\/]src[\\/].*\.ts$/.test(id) ? { code: code.replaceAll(/\n\s+/g, "\n"), map: null } : null,
};

export default defineConfig(({ mode }) => {
  const packaged = mode === "package";
  const policy = policyFor(packaged);
  return {
    // Relative, so that the built page works wherever it is put.
    base: "./",
    plugins: [inPage(policy, packaged), withoutIndentation],
    // A worker goes by the policy its own script comes with, not by the page's: hence as headers too.
    server: { headers: { "Content-Security-Policy": whileDeveloped } },
    preview: { headers: { "Content-Security-Policy": policy } },
    worker: { format: "es" },
    build: {
      target: "es2022",
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1024,
      // In the inner loop the wasm-free twin may not be built; without WebAssembly the page then has no files.
      ...(!existsSync(twin) && { rolldownOptions: { external: ["./files-js.js"] } }),
      ...(packaged && {
        outDir: "../pkg/dist/board",
        emptyOutDir: true,
        rolldownOptions: { external: Object.keys(beside) },
      }),
    },
  };
});

// The board is a static page that requests nothing but its own scripts and styles. In the mode `package` it is built
// for the command `batchlight board`, which forwards its API requests and serves the package's own files beside it.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** The wasm-free build of the package for files, which it loads where WebAssembly is not allowed. */
const wasmFree = fileURLToPath(new URL("../pkg/dist/files-js.js", import.meta.url));

/**
 * The package entries that the page imports, and where the command serves them. The browser gets them as an import map,
 * because the entries import each other.
 */
const packageEntries = Object.fromEntries(
  Object.entries({
    batchlight: "index",
    "batchlight/worker": "worker",
    "batchlight/watch": "watch",
    "batchlight/run": "run",
    "batchlight/elements": "elements",
    "batchlight/elements/define": "elements-define",
  }).map(([name, file]) => [name, `./package/${file}.js`]),
);
const map = JSON.stringify({ imports: packageEntries });
const mapHash = createHash("sha256").update(map).digest("base64");

/**
 * The content security policy of the built page. The package compiles WebAssembly from its own script, hence
 * 'wasm-unsafe-eval', and reads files in workers. The page sends no requests, hence connect-src 'none'; served by the
 * command, it sends them to its own server only, and contains the import map.
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

/** The policy during development: Vite's server needs inline scripts and styles, and a socket to itself. */
const developmentPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self' ws://localhost:* ws://127.0.0.1:*",
].join("; ");

/** Writes the policy into the page, so that it applies wherever the page is served. */
const policyPlugin = (policy: string, packaged: boolean): Plugin => ({
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

/** Removes the indentation of templates: between tags, the page needs a single line break. */
const withoutIndentation: Plugin = {
  name: "without-indentation",
  apply: "build",
  enforce: "pre",
  transform: (code, id) =>
    /[\\/]www[\\/]src[\\/].*\.ts$/.test(id) ? { code: code.replaceAll(/\n\s+/g, "\n"), map: null } : null,
};

/** A line of a request or result, and its origin. */
interface Fixture {
  readonly kind: string;
  readonly file?: string;
  readonly line: { readonly error?: unknown; readonly response?: { readonly status_code?: number } | null };
}

/** The lines of a fixtures file. */
const fixturesIn = (name: string) =>
  readFileSync(new URL(`../tests/fixtures/${name}.jsonl`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as Fixture);

/** The recorded lines from which the sample files are made: src/features/files/sample-lines.d.ts. */
const sampleLines: Plugin = {
  name: "sample-lines",
  resolveId: (id) => (id === "virtual:sample-lines" ? id : undefined),
  load(id) {
    if (id !== "virtual:sample-lines") return undefined;
    const results = fixturesIn("output_lines");
    const lines = {
      request: fixturesIn("input_lines").find(({ kind }) => kind === "recorded"),
      succeeded: results.find(({ kind, file }) => kind === "recorded" && file === "output"),
      rejected: results.find(({ line }) => line.response?.status_code === 400),
      expired: results.find(({ line }) => line.error && line.response === null),
    };
    return Object.entries(lines)
      .map(([name, fixture]) => {
        if (!fixture) throw new Error(`expected a fixture for the sample line ${name}, found none`);
        return `export const ${name} = ${JSON.stringify(fixture.line)};`;
      })
      .join("\n");
  },
};

export default defineConfig(({ mode }) => {
  const packaged = mode === "package";
  const policy = policyFor(packaged);
  return {
    // Relative, so that the built page works at any path.
    base: "./",
    // What the board shares with the command and the elements; see also tsconfig.json.
    resolve: { alias: { "#common": fileURLToPath(new URL("../pkg/src/common", import.meta.url)) } },
    plugins: [policyPlugin(policy, packaged), withoutIndentation, sampleLines],
    // The policy of a worker comes with its script and not from the page, so it is sent as a header too.
    server: { headers: { "Content-Security-Policy": developmentPolicy } },
    preview: { headers: { "Content-Security-Policy": policy } },
    worker: { format: "es" },
    build: {
      target: "es2022",
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1024,
      // During development the wasm-free build may be missing; without WebAssembly the page then cannot read files.
      ...(!existsSync(wasmFree) && { rolldownOptions: { external: ["./files-js.js"] } }),
      ...(packaged && {
        outDir: "../pkg/dist/board",
        emptyOutDir: true,
        rolldownOptions: { external: Object.keys(packageEntries) },
      }),
    },
  };
});

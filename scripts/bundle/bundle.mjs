// Bundles pkg/src into the published files: one for each entry and module system, and the declarations.
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { bundleCommand, bundleNodeParts, licencesOf, nodeParts } from "./command.mjs";
import { bundleElements, declareElements } from "./elements.mjs";
import { bundleHooks, declareHooks } from "./hooks.mjs";
import { bundleOptions, dist, extensionOf, ownPackage, rollDeclarations, writeDeclarations } from "./output.mjs";
import { writeSubpaths } from "./subpaths.mjs";
import { addressInRepository } from "../markdown.mjs";
import { at, run } from "../process.mjs";

// The loader of each entry. Entries for workerd (Cloudflare Workers), which cannot compile code at run
// time, import their .wasm files, and have no .cjs because it has ES modules only. `wasmFree` marks the entries for
// strict Content-Security-Policies, edge runtimes and React Native; they need the wasm-free build of the modules.
/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {string} [from] the source in pkg/src/entries, if it has another name
 * @property {import("esbuild").Format[]} formats
 * @property {string} [load]
 * @property {string} [files]
 * @property {string} [lazy] the file that loads `files` at the first call
 * @property {string} [loadFiles]
 * @property {string} [loadMock]
 * @property {boolean} [wasmFree]
 */
/** @type {Entry[]} */
const entries = [
  { name: "index", load: "inline", lazy: "files-lazy", formats: ["esm", "cjs"] },
  { name: "slim", load: "provided", lazy: "files-lazy-slim", formats: ["esm", "cjs"] },
  {
    name: "js",
    from: "index",
    load: "wasm-free",
    lazy: "files-lazy-js",
    formats: ["esm", "cjs"],
    wasmFree: true,
  },
  { name: "workerd", from: "index", load: "workerd", lazy: "files-lazy-workerd", formats: ["esm"] },
  // The functions that load a file below at their first call. They are files of their own, because webpack writes that
  // file for every page that imports a file with such an `import()`, even if nothing calls it.
  { name: "files-lazy", from: "../files/lazy", files: "files", formats: ["esm", "cjs"] },
  { name: "files-lazy-slim", from: "../files/lazy", files: "files-slim", formats: ["esm", "cjs"] },
  { name: "files-lazy-js", from: "../files/lazy", files: "files-js", formats: ["esm", "cjs"], wasmFree: true },
  { name: "files-lazy-workerd", from: "../files/lazy", files: "files-workerd", formats: ["esm"] },
  { name: "catalogue", formats: ["esm", "cjs"] },
  // The functions for files, which the files above load. It is an entry, too.
  { name: "files", loadFiles: "inline", formats: ["esm", "cjs"] },
  { name: "files-slim", loadFiles: "provided", formats: ["esm", "cjs"] },
  { name: "files-js", loadFiles: "wasm-free", formats: ["esm", "cjs"], wasmFree: true },
  { name: "files-workerd", from: "files", loadFiles: "workerd", formats: ["esm"] },
  { name: "worker", files: "files", formats: ["esm"] },
  { name: "worker", from: "worker-same-thread", files: "files", formats: ["cjs"] },
  { name: "worker-same-thread", files: "files-js", formats: ["esm"], wasmFree: true },
  { name: "files-worker", from: "../worker/worker-thread", loadFiles: "worker", formats: ["esm"] },
  { name: "watch", formats: ["esm", "cjs"] },
  // Runs, from a file of requests to a file of results.
  { name: "run", files: "files", formats: ["esm", "cjs"] },
  { name: "run-workerd", from: "run", files: "files-workerd", formats: ["esm"] },
  { name: "run-js", from: "run", files: "files-js", formats: ["esm"], wasmFree: true },
  { name: "js-register", formats: ["esm", "cjs"], wasmFree: true },
  // The simulator and the mock server, which have their own module.
  { name: "mock", loadMock: "inline", files: "files", formats: ["esm", "cjs"] },
  { name: "mock-workerd", from: "mock", loadMock: "workerd", files: "files-workerd", formats: ["esm"] },
];

/**
 * Writes pkg/dist, except for the modules and the board.
 *
 * @param {{ hasWasmFree: boolean }} options `hasWasmFree`: whether the wasm-free build exists, so that its entries can
 *   be bundled
 */
export async function bundle({ hasWasmFree }) {
  removeFrom(dist, /\.c?js$/);
  const wanted = entries.filter(({ wasmFree }) => hasWasmFree || !wasmFree);
  await Promise.all([
    ...wanted.flatMap((entry) => entry.formats.map((format) => write(entry, format))),
    bundleCommand(),
    bundleNodeParts(),
    bundleElements(),
    bundleHooks(),
  ]);
  await writeConfigSchema();
  writeSubpaths();
  writeFileSync(at("pkg", "README.md"), withAddresses(readFileSync(at("README.md"), "utf8")));
  for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"])
    if (existsSync(at(licence))) copyFileSync(at(licence), at("pkg", licence));
}

/** Writes the JSON schema of the mock's configuration, for editors. */
async function writeConfigSchema() {
  // A new address each time, because Node loads a module once.
  const { mockConfigSchema } = await import(`${pathToFileURL(join(dist, "mock.js")).href}?${Date.now()}`);
  writeFileSync(join(dist, "mock-config.schema.json"), `${JSON.stringify(mockConfigSchema, null, 2)}\n`);
}

/** Checks the types of pkg/src and writes the declarations beside the entries. */
export async function declareTypes() {
  const tsc = (folder) => run("node", [at("node_modules", "typescript", "bin", "tsc"), "-p", at("pkg", ...folder)]);
  await tsc([]);
  removeFrom(dist, /\.d\.c?ts$/);
  await declareEntries();
  // The command is checked with the declarations that users of the package see.
  await tsc(["src", "cli"]);
  const tsconfig = "src/cli/tsconfig.json";
  for (const { name, source, beside } of nodeParts) {
    const outside = (id) => (id === `#${beside}` ? `./${beside}.js` : undefined);
    writeDeclarations(name, await rollDeclarations(source, outside, { tsconfig }));
  }
  await declareElements();
  await declareHooks();
}

/** Removes files of a folder that an earlier build may have left. */
function removeFrom(folder, names) {
  for (const name of readdirSync(folder)) if (names.test(name)) rmSync(join(folder, name));
}

/** The README with absolute links, for npm, where the linked files are missing. */
function withAddresses(readme) {
  return readme.replaceAll(
    /(\]\(|\b(?:src|srcset)=")(?!https?:|#)([^)"]+)/g,
    (_, before, path) => before + addressInRepository(path),
  );
}

/**
 * @param {Entry} entry
 * @param {import("esbuild").Format} format
 */
async function write({ name, from = name }, format) {
  /** @type {import("esbuild").BuildOptions} */
  const options = {
    ...bundleOptions,
    entryPoints: [at("pkg", "src", "entries", `${from}.ts`)],
    outfile: join(dist, `${name}.${extensionOf(format)}`),
    format,
    platform: "neutral",
    target: "es2022",
    // Saves 1.5 of 67 kB after brotli, and bundlers would shorten the identifiers anyway.
    minifyIdentifiers: true,
    // In a CommonJS entry, `import()` becomes a late `require`, because Jest supports nothing else.
    supported: { "dynamic-import": format === "esm" },
    plugins: [entryParts(name, format)],
  };
  // Only the mock and runs contain libraries.
  const footer = ["mock", "run"].includes(from) && {
    js: licencesOf((await build({ ...options, write: false, metafile: true })).metafile),
  };
  await build({ ...options, ...(footer && { footer }) });
}

/**
 * An esbuild plugin that resolves the internal names of an entry, which begin with `#`. Some resolve to separate files
 * beside the entries, so that bundlers can drop them if they are unused.
 */
export function entryParts(entryName, format = "esm") {
  const { load, files, lazy, loadFiles, loadMock } = entries.find(({ name }) => name === entryName);
  const inside = {
    "#load": `src/runtime/load/${load}.ts`,
    "#core-wasm-free": "generated/core-wasm-free.js",
    "#load-files": `src/files/engine/load/${loadFiles}.ts`,
    "#load-mock": `src/mock/simulator/load/${loadMock}.ts`,
  };
  const beside = {
    "#js": `js.${extensionOf(format)}`,
    "#files": `${files}.${extensionOf(format)}`,
    "#watch": `watch.${extensionOf(format)}`,
    "#files-wasm-free": `files-js.${extensionOf(format)}`,
    "#core.wasm": "core.wasm",
    "#files.wasm": "files.wasm",
    "#mock.wasm": "mock.wasm",
  };
  return {
    name: "entry-parts",
    setup({ onResolve }) {
      onResolve({ filter: /^#/ }, ({ path }) => {
        if (path === "#batchlight") return ownPackage;
        if (path in beside) return { path: `./${beside[path]}`, external: true, sideEffects: false };
        return { path: at("pkg", inside[path]) };
      });
      if (lazy)
        onResolve({ filter: /(^|\/)files\/lazy\.js$/ }, () => ({
          path: `./${lazy}.${extensionOf(format)}`,
          external: true,
          sideEffects: false,
        }));
      if (entryName === "catalogue") return;
      onResolve({ filter: /^\.\/catalogue\.js$/ }, () => ({
        path: `./catalogue.${extensionOf(format)}`,
        external: true,
        sideEffects: false,
      }));
    },
  };
}

/** Writes a declaration file for each entry. Those of the index, of files and of the mock refer to each other. */
async function declareEntries() {
  // The functions for files are declared once, though each entry has its own.
  const filesBeside = (id) => (/(^|\/)files\/(lazy|declarations)\.js$/.test(id) ? "./files.js" : undefined);
  writeDeclarations("index", await rollDeclarations("entries/index", filesBeside));
  writeDeclarations(
    "files",
    await rollDeclarations("files/declarations", (id) =>
      /(^|\/)(generated\/types|load\/load-error)\.js$/.test(id) ? "./index.js" : undefined,
    ),
  );
  writeDeclarations(
    "mock",
    await rollDeclarations("entries/mock", (id) =>
      /(^|\/)(generated|batch)\/types\.js$/.test(id) ? "./index.js" : undefined,
    ),
  );
  writeDeclarations("slim", await rollDeclarations("entries/slim", (id) => (id === "./index.js" ? id : undefined)));
  writeDeclarations("js", 'export * from "./index.js";\n');
  writeDeclarations(
    "watch",
    await rollDeclarations("entries/watch", (id) => (id === "#batchlight" ? "batchlight" : undefined)),
  );
  writeDeclarations(
    "run",
    await rollDeclarations("entries/run", (id) => {
      if (/(^|\/)watch\/types\.js$/.test(id)) return "./watch.js";
      return id === "#batchlight" ? "batchlight" : undefined;
    }),
  );
  writeDeclarations("worker", 'export * from "./files.js";\n');
  writeDeclarations("js-register", "export {};\n");
  for (const name of ["core", "files"])
    copyFileSync(at("pkg", "src", "entries", `${name}.wasm.d.ts`), join(dist, `${name}.wasm.d.ts`));
}

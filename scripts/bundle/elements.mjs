// Bundles the elements (pkg/src/elements): a file for each entry and module system, which contains Lit, and
// declarations that do not mention it. The elements import `batchlight` by its name, so that a page has one copy of its
// module, and export conditions apply.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, transform } from "esbuild";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { manifestOf } from "./manifest.mjs";
import { at, ScriptError } from "../process.mjs";

const source = (path) => at("pkg", "src", "elements", path);

const entries = [
  { name: "elements", from: "index.ts" },
  { name: "elements-define", from: "define.ts" },
  ...["status", "progress", "timeline", "card", "list"].map((name) => ({
    name: `elements-${name}`,
    from: `define-${name}.ts`,
  })),
  { name: "elements-de", from: "locales/de.ts" },
  { name: "elements-ja", from: "locales/ja.ts" },
];

/** Writes the elements into a folder. */
export async function bundleElements(dist) {
  await Promise.all(entries.flatMap((entry) => ["esm", "cjs"].map((format) => write(entry, format, dist))));
  copyFileSync(at("node_modules", "lit", "LICENSE"), join(dist, "LICENSE-LIT"));
}

/** Writes the declarations of the elements into a folder, and their manifest. */
export async function declareElements(dist) {
  for (const entry of entries) await declare(entry, dist);
  writeFileSync(join(dist, "custom-elements.json"), `${JSON.stringify(manifestOf(), null, 1)}\n`);
}

const write = ({ name, from }, format, dist) =>
  build({
    entryPoints: [source(from)],
    outfile: join(dist, `${name}.${format === "esm" ? "js" : "cjs"}`),
    bundle: true,
    format,
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    banner:
      name === "elements" ? { js: "/*! Holds parts of Lit, Copyright Google LLC, BSD-3-Clause: LICENSE-LIT */" } : {},
    logLevel: "error",
    // These builds of Lit also work on a server, where there is no page.
    conditions: ["node"],
    alias: { "@lit-labs/ssr-dom-shim": source("dom-shim.ts") },
    plugins: [
      ownName,
      minifiedStyles,
      tightTemplates,
      lateDirectives,
      ...(name === "elements" ? [] : [besideElements(format)]),
    ],
  });

// Imported by the package's name, so that export conditions choose the entry and the module is shared.
const ownName = {
  name: "own-name",
  setup({ onResolve }) {
    onResolve({ filter: /^#batchlight$/ }, () => ({ path: "batchlight", external: true, sideEffects: false }));
  },
};

const minifiedStyles = {
  name: "minified-styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true, target: "es2022" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

// Line breaks between tags only make the source readable.
const tightTemplates = {
  name: "tight-templates",
  setup({ onLoad }) {
    onLoad({ filter: /elements[\\/]templates[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll(/(?<=[>}])\s*\n\s*(?=<|\$\{|`)/g, ""),
      loader: "ts",
    }));
  },
};

// Lit calls a function for each directive when it is imported. Minifying has removed the comments that mark these calls
// as free of side effects, so bundlers keep them in every page. This plugin creates a directive at its first use
// instead, and bundlers remove it from pages whose elements do not use it.
const lateDirectives = {
  name: "late-directives",
  setup({ onLoad }) {
    onLoad({ filter: /lit-html[\\/].*directives[\\/](guard|repeat)\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const contents = text.replace(
        /(\w+)=(\w+)\((class extends [\s\S]*)\);export\{\1 as/,
        "$1=(...values)=>(made??=$2($3))(...values);let made;export{$1 as",
      );
      if (contents === text)
        throw new ScriptError(`expected a directive in ${path}; adapt scripts/bundle/elements.mjs`);
      return { contents, loader: "js" };
    });
  },
};

/** Imports the elements from their own file, so that a page with two entries loads them once. */
const besideElements = (format) => ({
  name: "beside-elements",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/index\.js$/ }, () => ({
      path: `./elements.${format === "esm" ? "js" : "cjs"}`,
      external: true,
    }));
  },
});

async function declare({ name, from }, dist) {
  const outside = { "#batchlight": "batchlight", "./index.js": "./elements.js" };
  const beside = { name: "beside", resolveId: (id) => (id in outside ? { id: outside[id], external: true } : null) };
  const result = await rollup({
    input: source(from),
    external: ["lit"],
    plugins: [beside, dts({ tsconfig: at("pkg", "tsconfig.json") })],
  });
  const { output } = await result.generate({ format: "es" });
  await result.close();
  const text = output[0].code;
  writeFileSync(join(dist, `${name}.d.ts`), text);
  writeFileSync(join(dist, `${name}.d.cts`), text.replaceAll(/\.js(?=["'];)/g, ".cjs"));
}

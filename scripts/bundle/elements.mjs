// Bundles the elements (pkg/src/elements): a file for each entry and module system, which contains Lit, and
// declarations that do not mention it. The elements import `batchlight` by its name, so that a page has one copy of its
// module, and export conditions apply.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, transform } from "esbuild";
import { manifestOf } from "./manifest.mjs";
import {
  bundleOptions,
  dist,
  extensionOf,
  formats,
  ownPackage,
  rollDeclarations,
  writeDeclarations,
} from "./output.mjs";
import { at } from "../process.mjs";

const source = (path) => at("pkg", "src", "elements", path);

const entries = [
  { name: "elements", from: "index" },
  { name: "elements-define", from: "define" },
  ...["status", "progress", "timeline", "card", "list"].map((name) => ({
    name: `elements-${name}`,
    from: `define-${name}`,
  })),
  { name: "elements-de", from: "locales/de" },
  { name: "elements-ja", from: "locales/ja" },
];

/** Writes the elements into pkg/dist. */
export async function bundleElements() {
  await Promise.all(entries.flatMap((entry) => formats.map((format) => write(entry, format))));
  copyFileSync(at("node_modules", "lit", "LICENSE"), join(dist, "LICENSE-LIT"));
}

/** Writes the declarations of the elements into pkg/dist, and their manifest. */
export async function declareElements() {
  const outside = { "#batchlight": "batchlight", "./index.js": "./elements.js" };
  for (const { name, from } of entries)
    writeDeclarations(name, await rollDeclarations(`elements/${from}`, (id) => outside[id], { external: ["lit"] }));
  writeFileSync(join(dist, "custom-elements.json"), `${JSON.stringify(manifestOf(), null, 1)}\n`);
}

const write = ({ name, from }, format) =>
  build({
    ...bundleOptions,
    entryPoints: [source(`${from}.ts`)],
    outfile: join(dist, `${name}.${extensionOf(format)}`),
    format,
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    minifyIdentifiers: true,
    charset: "utf8",
    banner:
      name === "elements" ? { js: "/*! Holds parts of Lit, Copyright Google LLC, BSD-3-Clause: LICENSE-LIT */" } : {},
    // These builds of Lit also work on a server, where there is no page.
    conditions: ["node"],
    alias: { "@lit-labs/ssr-dom-shim": source("dom-shim.ts") },
    plugins: [ownName, minifiedStyles, tightTemplates, ...(name === "elements" ? [] : [besideElements(format)])],
  });

const ownName = {
  name: "own-name",
  setup({ onResolve }) {
    onResolve({ filter: /^#batchlight$/ }, () => ownPackage);
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

// Line breaks between tags and indentation only make the source readable.
const tightTemplates = {
  name: "tight-templates",
  setup({ onLoad }) {
    onLoad({ filter: /elements[\\/]templates[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8")
        .replaceAll(/(?<=[>}])\s*\n\s*(?=<|\$\{|`)/g, "")
        .replaceAll(/\n\s+/g, "\n"),
      loader: "ts",
    }));
  },
};

/** Imports the elements from their own file, so that a page with two entries loads them once. */
const besideElements = (format) => ({
  name: "beside-elements",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/index\.js$/ }, () => ({
      path: `./elements.${extensionOf(format)}`,
      external: true,
    }));
  },
});

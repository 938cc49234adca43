// Bundles the stores, and the hooks and components for React, Vue and Svelte (pkg/src/hooks). They import the elements,
// the stores and the functions from separate files, so that a page has one copy of each.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
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

const entries = ["store", "react", "vue", "svelte"];
const frameworks = ["react", "vue", "svelte/reactivity"];

/** The files beside an entry, by the names under which the sources import them. */
const beside = { "#elements": "elements", "#store": "store", "#watch": "watch" };

/** Writes the entries into pkg/dist. */
export async function bundleHooks() {
  await Promise.all(entries.flatMap((name) => formats.map((format) => write(name, format))));
}

/** Writes the declarations of the entries into pkg/dist. */
export async function declareHooks() {
  const outside = {
    "#batchlight": "batchlight",
    ...Object.fromEntries(Object.entries(beside).map(([path, file]) => [path, `./${file}.js`])),
    "../watch/types.js": "./watch.js",
  };
  for (const name of entries) {
    const text = await rollDeclarations(`entries/${name}`, (id) => outside[id], { external: frameworks });
    writeDeclarations(name, text + templateTypes(name));
  }
}

async function write(name, format) {
  const extension = extensionOf(format);
  const outfile = join(dist, `${name}.${extension}`);
  const { outputFiles } = await build({
    ...bundleOptions,
    entryPoints: [at("pkg", "src", "entries", `${name}.ts`)],
    outfile,
    write: false,
    format,
    platform: "neutral",
    target: "es2022",
    minifyIdentifiers: true,
    // esbuild removes `@__PURE__` with the whitespace, and without it pages that only use hooks contain the elements.
    minifyWhitespace: name !== "react" && name !== "vue",
    external: frameworks,
    // For React's server components: these are components of the client, rendered on the server, too.
    banner: name === "react" ? { js: '"use client";' } : {},
    plugins: [outside(extension)],
  });
  // With its whitespace, esbuild leaves comments that name the source files.
  writeFileSync(outfile, outputFiles[0].text.replaceAll(/^\/\/ pkg\/src\/.*\n/gm, ""));
}

const outside = (extension) => ({
  name: "outside",
  setup({ onResolve }) {
    onResolve({ filter: /^#batchlight$/ }, () => ownPackage);
    onResolve({ filter: /^#(elements|store|watch)$/ }, ({ path, importer }) =>
      importer.endsWith(join("entries", "store.ts"))
        ? undefined
        : { path: `./${beside[path]}.${extension}`, external: true, sideEffects: false },
    );
  },
});

/** The types of the elements in the templates of a framework: they extend its own interfaces. */
function templateTypes(name) {
  if (name !== "vue" && name !== "svelte") return "";
  const text = readFileSync(at("pkg", "src", "hooks", `${name}-elements.d.ts`), "utf8");
  // The declarations of the components of Vue already have the other imports and `Settable`.
  if (name === "vue")
    return `import type { DefineComponent } from "vue";\n${text.slice(text.indexOf("declare module"))}`;
  return text.replaceAll('"../elements/index.js"', '"./elements.js"');
}

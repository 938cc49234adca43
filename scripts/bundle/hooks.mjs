// The stores and their faces for React, Vue and Svelte (pkg/src/hooks) to what is published. The elements, the stores
// and the functions stay files of their own, so that a page has one of each.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { at } from "../process.mjs";

const entries = ["store", "react", "vue", "svelte"];
const frameworks = ["react", "vue", "svelte/reactivity"];

/** The files beside an entry, by the names under which the sources import them. */
const beside = { "#elements": "elements", "#store": "store", "#watch": "watch" };

/** Writes the entries into a folder. */
export async function bundleHooks(dist) {
  await Promise.all(entries.flatMap((name) => ["esm", "cjs"].map((format) => write(name, format, dist))));
}

/** Writes the declarations of the entries into a folder. */
export async function declareHooks(dist) {
  for (const name of entries) await declare(name, dist);
}

async function write(name, format, dist) {
  const extension = format === "esm" ? "js" : "cjs";
  const outfile = join(dist, `${name}.${extension}`);
  const { outputFiles } = await build({
    entryPoints: [at("pkg", "src", "entries", `${name}.ts`)],
    outfile,
    write: false,
    bundle: true,
    format,
    platform: "neutral",
    target: "es2022",
    minifyIdentifiers: true,
    minifySyntax: true,
    // esbuild removes `@__PURE__` with the whitespace, and without it pages that only use hooks contain the elements.
    minifyWhitespace: name !== "react" && name !== "vue",
    legalComments: "none",
    logLevel: "error",
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
    // By the package's own name, so that export conditions choose the entry whose module is shared.
    onResolve({ filter: /^#batchlight$/ }, () => ({ path: "batchlight", external: true, sideEffects: false }));
    onResolve({ filter: /^#(elements|store|watch)$/ }, ({ path, importer }) =>
      importer.endsWith(join("entries", "store.ts"))
        ? undefined
        : { path: `./${beside[path]}.${extension}`, external: true, sideEffects: false },
    );
  },
});

async function declare(name, dist) {
  const outside = {
    "#batchlight": "batchlight",
    ...Object.fromEntries(Object.entries(beside).map(([path, file]) => [path, `./${file}.js`])),
    "../watch/types.js": "./watch.js",
  };
  const result = await rollup({
    input: at("pkg", "src", "entries", `${name}.ts`),
    external: frameworks,
    plugins: [
      { name: "beside", resolveId: (id) => (id in outside ? { id: outside[id], external: true } : null) },
      dts({ tsconfig: at("pkg", "tsconfig.json") }),
    ],
  });
  const { output } = await result.generate({ format: "es" });
  await result.close();
  const text = output[0].code + templateTypes(name);
  writeFileSync(join(dist, `${name}.d.ts`), text);
  writeFileSync(join(dist, `${name}.d.cts`), text.replaceAll(/(?<="\.\/[\w-]+)\.js(?=")/g, ".cjs"));
}

/** The types of the elements in the templates of a framework: they extend its own interfaces. */
function templateTypes(name) {
  if (name !== "vue" && name !== "svelte") return "";
  const text = readFileSync(at("pkg", "src", "hooks", `${name}-elements.d.ts`), "utf8");
  // The declarations of the components of Vue already have the other imports and `Settable`.
  if (name === "vue")
    return `import type { DefineComponent } from "vue";\n${text.slice(text.indexOf("declare module"))}`;
  return text.replaceAll('"../elements/index.js"', '"./elements.js"');
}

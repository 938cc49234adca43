// From pkg/src to what is published: one file for each entry and module system, and the declarations.
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { at, run } from "./say.mjs";

const dist = at("pkg", "dist");

// Which loader and which glue each entry gets. No .cjs for workerd: it has ES modules only.
const entries = [
  { name: "index", load: "inline", glue: "glue", formats: ["esm", "cjs"] },
  { name: "slim", load: "given", glue: "glue", formats: ["esm", "cjs"] },
  { name: "js", load: "twin", glue: "twin-glue", formats: ["esm", "cjs"] },
  { name: "workerd", load: "workerd", glue: "glue", formats: ["esm"] },
  { name: "catalogue", load: "none", glue: "none", formats: ["esm", "cjs"] },
];

/** Writes pkg/dist, all but core.wasm. */
export async function bundle() {
  await run("node", [at("node_modules", "typescript", "bin", "tsc"), "-p", at("pkg")]);
  for (const name of readdirSync(dist)) if (name !== "core.wasm") rmSync(join(dist, name), { recursive: true });
  for (const entry of entries) for (const format of entry.formats) await write(entry, format);
  await declare();
  writeFileSync(at("pkg", "README.md"), withAddresses(readFileSync(at("README.md"), "utf8")));
  for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) if (existsSync(at(licence))) copyFileSync(at(licence), at("pkg", licence));
}

/** The README as it is read on npm, where the files it links to are not beside it. */
function withAddresses(readme) {
  const { repository } = JSON.parse(readFileSync(at("pkg", "package.json"), "utf8"));
  const home = repository.url.replace(/^git\+|\.git$/g, "");
  return readme.replaceAll(/\]\((?!https?:|#)([^)]+)\)/g, (_, path) => `](${home}/${path.endsWith(".png") ? "raw" : "blob"}/main/${path})`);
}

const write = ({ name }, format) =>
  build({
    entryPoints: [at("pkg", "src", `${name}.ts`)],
    outfile: join(dist, `${name}.${format === "esm" ? "js" : "cjs"}`),
    bundle: true,
    format,
    platform: "neutral",
    target: "es2022",
    // Names too: they are 1.5 kB of 67 after brotli, and no bundler would keep them.
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: true,
    legalComments: "none",
    logLevel: "error",
    plugins: [...(name === "catalogue" ? [] : [besideEntries(format)]), partsOf(name)],
  });

/** An esbuild plugin that leaves the catalogue a file of its own, for bundlers to drop when nobody asks for it. */
const besideEntries = (format) => ({
  name: "beside-entries",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/catalogue\.js$/ }, () => ({ path: `./catalogue.${format === "esm" ? "js" : "cjs"}`, external: true, sideEffects: false }));
  },
});

/** An esbuild plugin that resolves the internal names `#load`, `#glue` and `#twin` to the files an entry is made with. */
export function partsOf(entryName) {
  const { load, glue } = entries.find(({ name }) => name === entryName);
  const files = { "#load": `src/load/${load}.ts`, "#glue": `generated/${glue}.js`, "#twin": "generated/twin.js" };
  return {
    name: "entry-parts",
    setup({ onResolve }) {
      onResolve({ filter: /^#/ }, ({ path }) => {
        if (path === "#core.wasm") return { path: "./core.wasm", external: true };
        return { path: at("pkg", files[path]) };
      });
    },
  };
}

/**
 * One declaration file for the index, self-contained; small ones beside it. A .d.cts is the same text, for `require`: a .d.ts would
 * make TypeScript believe that CommonJS code gets an ES module.
 */
async function declare() {
  writeDeclarations("index", await rollDeclarations("index"));
  writeDeclarations("slim", await rollDeclarations("slim"));
  writeDeclarations("js", 'export * from "./index.js";\n');
  copyFileSync(at("pkg", "src", "core.wasm.d.ts"), join(dist, "core.wasm.d.ts"));
}

async function rollDeclarations(name) {
  const result = await rollup({
    input: at("pkg", "src", `${name}.ts`),
    external: ["./index.js"],
    plugins: [dts({ tsconfig: at("pkg", "tsconfig.json") })],
  });
  const { output } = await result.generate({ format: "es" });
  await result.close();
  return output[0].code;
}

function writeDeclarations(name, text) {
  writeFileSync(join(dist, `${name}.d.ts`), text);
  writeFileSync(join(dist, `${name}.d.cts`), text.replaceAll(/\.js(?=["'];)/g, ".cjs"));
}

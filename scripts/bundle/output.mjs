// What all published bundles have in common: options of esbuild, and how their declarations are made.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { at } from "../process.mjs";

/** The folder of the published files. */
export const dist = at("pkg", "dist");

/** The module systems of an entry. */
export const formats = /** @type {const} */ (["esm", "cjs"]);

/** @param {string} format one of {@link formats} */
export const extensionOf = (format) => (format === "esm" ? "js" : "cjs");

/** The options of esbuild for every bundle. */
export const bundleOptions = /** @type {const} */ ({
  bundle: true,
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  logLevel: "error",
});

/** How esbuild imports the package's own main entry: by name, so that export conditions choose the file. */
export const ownPackage = /** @type {const} */ ({ path: "batchlight", external: true, sideEffects: false });

/**
 * Returns the declarations of a module and of what it imports as one text.
 *
 * @param {string} source the module in pkg/src, without `.ts`
 * @param {(id: string) => string | undefined} outside returns the published module that already declares an import
 * @param {{ external?: string[], tsconfig?: string }} [options] `tsconfig`: the configuration, in pkg/
 * @returns {Promise<string>}
 */
export async function rollDeclarations(source, outside, { external = [], tsconfig = "tsconfig.json" } = {}) {
  const resolveId = (id) => {
    const published = outside(id);
    return published === undefined ? null : { id: published, external: true };
  };
  const result = await rollup({
    input: at("pkg", "src", `${source}.ts`),
    external,
    plugins: [{ name: "outside", resolveId }, dts({ tsconfig: at("pkg", tsconfig) })],
  });
  const { output } = await result.generate({ format: "es" });
  await result.close();
  return output[0].code;
}

/**
 * Writes the declarations of an entry. The .d.cts has the same text, for `require`: with a .d.ts, TypeScript would
 * assume that CommonJS code gets an ES module.
 */
export function writeDeclarations(name, text) {
  writeFileSync(join(dist, `${name}.d.ts`), text);
  writeFileSync(join(dist, `${name}.d.cts`), text.replaceAll(/(?<=["']\.\/[\w-]+)\.js(?=["'])/g, ".cjs"));
}

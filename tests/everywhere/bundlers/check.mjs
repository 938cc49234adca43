// Bundlers without any configuration for the package: the built page works, and the build prints no warning. A page
// without files also gets no recommendation about its size.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { serveFolder } from "../../../scripts/local-server.mjs";
import { checkPage, scriptBytes, versionOf } from "../support.mjs";

/** Each bundler builds `main.js` of a folder into another one, and returns its warnings. */
const bundlers = {
  async esbuild(load, input, output) {
    const { build } = await load("esbuild");
    const options = { bundle: true, minify: true, splitting: true, format: "esm", logLevel: "silent" };
    const { warnings } = await build({ ...options, entryPoints: [input], outdir: output });
    return warnings.map(({ text }) => text);
  },
  async rolldown(load, input, output) {
    const { rolldown } = await load("rolldown");
    const warnings = [];
    const bundle = await rolldown({ input, platform: "browser", onLog: (_, { message }) => warnings.push(message) });
    await bundle.write({ dir: output, format: "es", minify: true });
    await bundle.close();
    return warnings;
  },
  async rollup(load, input, output) {
    const { rollup } = await load("rollup");
    const { default: nodeResolve } = await load("@rollup/plugin-node-resolve");
    const { default: commonjs } = await load("@rollup/plugin-commonjs");
    const warnings = [];
    const plugins = [nodeResolve({ browser: true }), commonjs()];
    const bundle = await rollup({ input, plugins, onwarn: ({ message }) => warnings.push(message) });
    await bundle.write({ dir: output, format: "es" });
    await bundle.close();
    return warnings;
  },
  async vite(load, input, output) {
    const { build } = await load("vite");
    const warnings = [];
    const warn = (message) => warnings.push(message);
    const silent = () => undefined;
    const customLogger = {
      ...{ info: silent, error: warn, warn, warnOnce: warn, clearScreen: silent },
      ...{ hasErrorLogged: () => false, hasWarned: false },
    };
    const rollupOptions = { input, output: { entryFileNames: "main.js" } };
    const options = { outDir: output, emptyOutDir: true, target: "es2022", rollupOptions };
    await build({ root: join(input, ".."), configFile: false, customLogger, build: options });
    return warnings;
  },
  webpack: async (load, input, output) => withWebpack((await load("webpack")).default, input, output),
  "@rspack/core": async (load, input, output) => withWebpack((await load("@rspack/core")).rspack, input, output),
};

/** webpack and Rspack have the same interface. */
async function withWebpack(webpack, input, output) {
  const stats = await new Promise((resolve, reject) =>
    webpack(
      {
        mode: "production",
        entry: input,
        context: join(input, ".."),
        output: { path: output, filename: "main.js", module: true, chunkFormat: "module" },
        experiments: { outputModule: true },
      },
      (error, result) => (error ? reject(error) : resolve(result)),
    ),
  );
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  assert.deepEqual(errors, []);
  return warnings.map(({ message }) => message);
}

/** Builds the page with each bundler and opens it. */
export async function check(folder, { expected }) {
  const require = createRequire(join(folder, "package.json"));
  const rows = [];
  for (const [name, build] of Object.entries(bundlers)) {
    const load = (specifier) => import(pathToFileURL(require.resolve(specifier)).href);
    const outputOf = (page) => join(folder, "built", name.replaceAll(/\W/g, ""), page);
    const bundle = async (page) => {
      mkdirSync(outputOf(page), { recursive: true });
      return build(load, join(folder, `${page}.js`), outputOf(page));
    };
    // Size recommendations are about the application: this page loads every function and every element.
    const ours = (await bundle("main")).filter((warning) => !/size limit|performance|larger than/i.test(warning));
    assert.deepEqual(ours, [], `${name}: warnings`);
    const output = outputOf("main");
    const script = '<script type="module" src="./main.js"></script>';
    writeFileSync(join(output, "index.html"), `<!doctype html><html lang="en"><title>x</title><body>${script}</body>`);
    const { origin, close } = await serveFolder(output);
    try {
      await checkPage(`${origin}/`, { expected });
    } finally {
      close();
    }
    const bytes = scriptBytes(output);
    rows.push({ tool: name, version: versionOf(folder, name), entry: "batchlight, batchlight/elements/define", bytes });

    assert.deepEqual(await bundle("badge"), [], `${name}: warnings for a badge`);
    const badge = { tool: name, version: versionOf(folder, name), where: "a badge" };
    const entry = "batchlight, batchlight/elements/status";
    // esbuild also writes the chunks for files, but the page loads none of them.
    if (name === "esbuild") rows.push({ ...badge, entry });
    else {
      assert.equal(readdirSync(outputOf("badge")).length, 1, `${name}: files for a badge`);
      rows.push({ ...badge, entry, bytes: scriptBytes(outputOf("badge")) });
    }
  }
  return rows;
}

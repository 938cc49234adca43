// Bundles the command `batchlight`: pkg/src/cli with its libraries, in one file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { at } from "../process.mjs";
import { bundleOptions, dist, extensionOf, formats } from "./output.mjs";

/** Writes pkg/dist/cli.js, and the script of its threads. */
export async function bundleCommand() {
  /** @type {import("esbuild").BuildOptions} */
  const options = {
    ...nodeOptions("esm"),
    entryPoints: [at("pkg", "src", "cli", "main.ts")],
    outfile: join(dist, "cli.js"),
    // commander is CommonJS and loads Node's modules with `require`.
    banner: {
      js: [
        "#!/usr/bin/env node",
        'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      ].join("\n"),
    },
  };
  const { metafile } = await build({ ...options, write: false, metafile: true });
  await build({ ...options, footer: { js: licencesOf(metafile) } });
  await build({
    ...nodeOptions("esm"),
    entryPoints: [at("pkg", "src", "cli", "threads", "thread.ts")],
    outfile: join(dist, "cli-thread.js"),
  });
}

/**
 * The parts of the command that Node programs can import: the mock as a server, and the store of runs in a folder.
 * `beside` is the entry that each of them imports.
 */
export const nodeParts = [
  { name: "mock-node", source: "cli/mock/start", beside: "mock" },
  { name: "run-node", source: "cli/run/folder-store", beside: "run" },
];

/** Writes pkg/dist/mock-node and run-node, as .js and .cjs. */
export async function bundleNodeParts() {
  for (const { name, source } of nodeParts)
    for (const format of formats)
      await build({
        ...nodeOptions(format),
        entryPoints: [at("pkg", "src", `${source}.ts`)],
        outfile: join(dist, `${name}.${extensionOf(format)}`),
      });
}

/**
 * @param {(typeof formats)[number]} format
 * @returns {import("esbuild").BuildOptions}
 */
const nodeOptions = (format) => ({
  ...bundleOptions,
  format,
  platform: "node",
  target: "node18",
  plugins: [besidePackageAs(extensionOf(format))],
});

/** An esbuild plugin that imports the package's entries from beside the command instead of bundling them. */
const besidePackageAs = (extension) => ({
  name: "beside-package",
  setup({ onResolve }) {
    onResolve({ filter: /^#(files|mock|run)$/ }, ({ path }) => ({
      path: `./${path.slice(1)}.${extension}`,
      external: true,
    }));
  },
});

/** The licences of the libraries in a bundle, which require that every copy contains them. */
export function licencesOf({ inputs }) {
  const names = new Set(
    Object.keys(inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  );
  const notices = [...names].sort().map((name) => {
    const folder = at("node_modules", ...name.split("/"));
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = ["LICENSE", "license", "LICENSE.md"].map((base) => join(folder, base)).find((path) => read(path));
    if (!file) throw new Error(`expected a licence file in ${name}: without one, it cannot be bundled`);
    return `${name} ${version}, ${license}:\n\n${read(file).trim()}`;
  });
  return `/*!\nThis file contains:\n\n${notices.join("\n\n")}\n*/`;
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

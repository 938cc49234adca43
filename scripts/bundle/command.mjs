// Bundles the command `batchlight`: pkg/src/cli with its libraries, in one file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { at } from "../process.mjs";

/** Writes pkg/dist/cli.js. */
export async function bundleCommand() {
  /** @type {import("esbuild").BuildOptions} */
  const options = {
    entryPoints: [at("pkg", "src", "cli", "main.ts")],
    outfile: at("pkg", "dist", "cli.js"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node18",
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    logLevel: "error",
    // commander is CommonJS and loads Node's modules with `require`.
    banner: {
      js: [
        "#!/usr/bin/env node",
        'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      ].join("\n"),
    },
    plugins: [besidePackageAs("js")],
  };
  const { metafile } = await build({ ...options, write: false, metafile: true });
  await build({ ...options, footer: { js: licencesOf(metafile) } });
}

/** The parts of the command that Node programs can import: the mock as a server, and the store of runs in a folder. */
const nodeParts = { "mock-node": ["mock", "start.ts"], "run-node": ["run", "folder-store.ts"] };

/** Writes pkg/dist/mock-node and run-node, as .js and .cjs. */
export async function bundleNodeParts() {
  for (const [name, path] of Object.entries(nodeParts))
    for (const [format, extension] of /** @type {const} */ ([
      ["esm", "js"],
      ["cjs", "cjs"],
    ]))
      await bundleNodePart(name, path, format, extension);
}

const bundleNodePart = (name, path, format, extension) =>
  build({
    entryPoints: [at("pkg", "src", "cli", ...path)],
    outfile: at("pkg", "dist", `${name}.${extension}`),
    bundle: true,
    format,
    platform: "node",
    target: "node18",
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    logLevel: "error",
    plugins: [besidePackageAs(extension)],
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

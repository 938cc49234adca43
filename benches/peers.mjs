// The candidates of the benchmarks. Each validates an object against the published schema, including the values of the
// metadata unless its label says otherwise, allows nulls, and is bundled to one minified file.
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { at, cache, run } from "../scripts/process.mjs";
import { step } from "../scripts/incremental.mjs";

/** The folder of the installed packages and the bundles. */
export const folder = join(cache, "benches");

/** The candidates in the order of the tables. The others are compared with the first. */
const candidates = {
  handwritten: "hand-written JavaScript, without a report",
  "batchlight-is": "batchlight isBatch",
  "batchlight-parse": "batchlight parseBatch",
  "batchlight-safe": "batchlight safeParseBatch, every rule",
  "batchlight-slim": "batchlight/slim isBatch, without its module",
  "batchlight-js": "batchlight/js isBatch",
  ajv: "ajv, compiled ahead of time",
  ata: "ata-validator, compiled ahead of time",
  "ata-any-metadata": "the same, without the values of the metadata",
  "ata-run-time": "ata-validator, compiled at run time",
  typebox: "TypeBox, compiled at run time",
  sury: "sury",
  arktype: "arktype",
  zod: "zod safeParse",
  valibot: "valibot safeParse",
};

/** Installs the other packages and bundles every candidate. Returns the name, label and file of each. */
export async function preparePeers() {
  mkdirSync(folder, { recursive: true });
  await step(
    {
      name: "peers of the benchmarks",
      inputs: ["benches/package.json", "benches/package-lock.json"],
      outputs: [".cache/benches/node_modules"],
    },
    install,
  );
  rmSync(join(folder, "candidates"), { recursive: true, force: true });
  cpSync(at("benches", "candidates"), join(folder, "candidates"), { recursive: true });
  await writeStandalone();
  for (const name of Object.keys(candidates)) await bundle(name);
  return Object.entries(candidates).map(([name, label]) => ({ name, label, file: bundleOf(name) }));
}

async function install() {
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(at("benches", name), join(folder, name));
  // `npm ci` refuses a registry that lacks one of the optional binaries of ata-validator, which are not measured.
  await run("npm", ["install", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
  });
}

/** Writes the package's JSON Schema, and the modules that ajv and ata-validator compile from it. */
async function writeStandalone() {
  const require = createRequire(join(folder, "index.js"));
  const { batchSchema } = await import(pathToFileURL(at("pkg", "dist", "index.js")).href);
  const schema = batchSchema["~standard"].jsonSchema.input({ target: "draft-2020-12" });
  const write = (name, code) => writeFileSync(join(folder, "candidates", name), code);
  write("schema.mjs", `export const schema = ${JSON.stringify(schema)};\n`);
  const { Ajv2020 } = require("ajv/dist/2020.js");
  const standalone = require("ajv/dist/standalone/index.js").default;
  const ajv = new Ajv2020({ code: { source: true, esm: true }, allowUnionTypes: true });
  write("ajv-standalone.mjs", standalone(ajv, ajv.compile(schema)));
  // Paths, like those of ajv: the peers are installed in a folder of their own.
  const { Validator } = require(join(folder, "node_modules", "ata-validator"));
  const { toStandaloneModule } = require(join(folder, "node_modules", "ata-validator", "aot.js"));
  const ata = (schema) => toStandaloneModule(new Validator(schema), { format: "esm" });
  write("ata-standalone.mjs", ata(schema));
  write("ata-any-metadata-standalone.mjs", ata({ ...schema, properties: { ...schema.properties, metadata: {} } }));
}

/** The file of a bundled candidate. */
export const bundleOf = (name) => join(folder, "bundles", `${name}.mjs`);

/** Bundles a candidate. */
export const bundle = (name) =>
  build({
    entryPoints: [join(folder, "candidates", `${name}.mjs`)],
    outfile: bundleOf(name),
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
    target: "es2022",
    alias: {
      "batchlight/slim": at("pkg", "dist", "slim.js"),
      "batchlight/js": at("pkg", "dist", "js.js"),
      batchlight: at("pkg", "dist", "index.js"),
    },
    logLevel: "error",
  });

/** The name and version of every other package. */
export const versions = () =>
  Object.keys(JSON.parse(readFileSync(at("benches", "package.json"), "utf8")).dependencies).map((name) => {
    const { version } = JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"));
    return `${name} ${version}`;
  });

/** The published files, for the table of sizes. */
export const publishedFiles = () =>
  readdirSync(at("pkg", "dist"))
    .filter((name) => /\.(js|wasm)$/.test(name))
    .map((name) => ({ name: `batchlight/dist/${basename(name)}`, file: at("pkg", "dist", name) }));

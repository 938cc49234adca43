// The candidates: each checks one object by the published interface, nulls allowed, and is bundled to one minified
// file.
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { at, cache, run } from "../scripts/process.mjs";
import { step } from "../scripts/incremental.mjs";

/** Where the peers are installed and the bundles lie. */
export const folder = join(cache, "benches");

/** In the order of the tables. The first is what the others are compared with. */
const candidates = {
  handwritten: "hand-written JavaScript, verdict only",
  "batchlight-is": "batchlight isBatch",
  "batchlight-parse": "batchlight parseBatch",
  "batchlight-safe": "batchlight safeParseBatch, every rule",
  "batchlight-slim": "batchlight/slim isBatch, module apart",
  "batchlight-js": "batchlight/js isBatch",
  ajv: "ajv, compiled ahead of time",
  arktype: "arktype",
  zod: "zod safeParse",
  valibot: "valibot safeParse",
};

/** Installs the peers and bundles every candidate; gives name, words and file of each. */
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
  return Object.entries(candidates).map(([name, words]) => ({ name, words, file: bundleOf(name) }));
}

async function install() {
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(at("benches", name), join(folder, name));
  await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
}

/** ajv's check of the package's own JSON Schema; of metadata the published interface says nothing. */
async function writeStandalone() {
  const require = createRequire(join(folder, "index.js"));
  const { Ajv2020 } = require("ajv/dist/2020.js");
  const standalone = require("ajv/dist/standalone/index.js").default;
  const { batchSchema } = await import(pathToFileURL(at("pkg", "dist", "index.js")).href);
  const schema = batchSchema["~standard"].jsonSchema.input({ target: "draft-2020-12" });
  schema.properties.metadata = {};
  const ajv = new Ajv2020({ code: { source: true, esm: true }, allowUnionTypes: true });
  writeFileSync(join(folder, "candidates", "ajv-standalone.mjs"), standalone(ajv, ajv.compile(schema)));
}

const bundleOf = (name) => join(folder, "bundles", `${name}.mjs`);

const bundle = (name) =>
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

/** Name and version of every peer. */
export const versions = () =>
  Object.keys(JSON.parse(readFileSync(at("benches", "package.json"), "utf8")).dependencies).map((name) => {
    const { version } = JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"));
    return `${name} ${version}`;
  });

/** The files that are published, for the table of sizes. */
export const publishedFiles = () =>
  readdirSync(at("pkg", "dist"))
    .filter((name) => /\.(js|wasm)$/.test(name))
    .map((name) => ({ name: `batchlight/dist/${basename(name)}`, file: at("pkg", "dist", name) }));

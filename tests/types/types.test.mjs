// The declarations as TypeScript users see them: compiled in a project that has installed the packed package.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { at, cache } from "../../scripts/process.mjs";
import { fingerprint } from "../../scripts/incremental.mjs";

const sources = at("tests", "types", "consumer");
const project = join(process.env.BATCHLIGHT_PROJECT, "types");
const clients = Object.keys(JSON.parse(readFileSync(at("package.json"), "utf8")).devDependencies).filter((name) =>
  /^openai\d+$/.test(name),
);
const versionOf = (name) => {
  const { name: real, version } = JSON.parse(readFileSync(at("node_modules", name, "package.json"), "utf8"));
  return `${real} ${version}`;
};
const dist = join(process.env.BATCHLIGHT_PROJECT, "node_modules", "batchlight", "dist");
const declarations = readdirSync(dist)
  .filter((name) => /\.d\.c?ts$/.test(name))
  .map((name) => readFileSync(join(dist, name), "utf8"));
const compilers = ["typescript", "typescript-newest"].map((name) => {
  const { version } = JSON.parse(readFileSync(at("node_modules", name, "package.json"), "utf8"));
  return { version, tsc: at("node_modules", name, "bin", "tsc") };
});

const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noEmit: true,
  target: "es2022",
  lib: ["es2022", "dom"],
  types: [],
  isolatedModules: true,
};

setUp();
after(() => rmSync(project, { recursive: true, force: true }));

/** Creates a folder in the project that has the package, with the other packages that the sources import. */
function setUp() {
  rmSync(project, { recursive: true, force: true });
  cpSync(sources, project, { recursive: true });
  for (const name of ["@standard-schema/spec", ...clients]) {
    mkdirSync(dirname(join(project, "node_modules", name)), { recursive: true });
    symlinkSync(at("node_modules", name), join(project, "node_modules", name), "junction");
  }
  const template = readFileSync(join(sources, "client.template.ts"), "utf8");
  for (const name of clients) writeFileSync(join(project, `client.${name}.ts`), template.replace("CLIENT", name));
}

/** Compiles files of the project, unless the same inputs have passed before. Fails with the compiler's output. */
async function compile(tsc, name, files, options) {
  const config = join(project, `tsconfig.${name}.json`);
  const text = JSON.stringify({ compilerOptions: { ...strict, ...options }, files });
  const key = fingerprint(["tests/types", "package-lock.json"], [text, declarations]);
  const passed = join(cache, "types", name);
  if (existsSync(passed) && readFileSync(passed, "utf8") === key) return;
  writeFileSync(config, text);
  await promisify(execFile)("node", [tsc, "-p", config], { cwd: project }).catch(({ stdout, stderr, message }) =>
    assert.fail(stdout || stderr || message),
  );
  mkdirSync(dirname(passed), { recursive: true });
  writeFileSync(passed, key);
}

test("there are two compilers and four clients", () => {
  assert.deepEqual(
    compilers.map(({ version }) => version.split(".")[0]),
    ["5", "7"],
  );
  assert.equal(clients.length, 4);
});

const own = readdirSync(sources).filter((name) => name !== "client.template.ts");
const modules = {
  node16: { module: "node16", moduleResolution: "node16" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};

test("TypeScript 5, node10: the subpaths are found by their folders", () =>
  compile(compilers[0].tsc, "node10", ["elements.ts", "functions.ts", "mock.ts", "run.ts", "store.ts", "watch.ts"], {
    module: "commonjs",
    moduleResolution: "node10",
    skipLibCheck: false,
  }));

for (const { version, tsc } of compilers) {
  for (const [name, options] of Object.entries(modules)) {
    test(`TypeScript ${version}, ${name}: the declarations compile without skipLibCheck`, async () => {
      const files = name === "bundler" ? own.filter((file) => !file.endsWith(".cts")) : own;
      await compile(tsc, `${name}.${version}`, files, { ...options, skipLibCheck: false });
    });
  }

  // skipLibCheck, because some declarations of the clients do not compile without it.
  test(`TypeScript ${version}: a parsed batch is a Batch of ${clients.map(versionOf).join(", ")}`, () =>
    compile(tsc, `clients.${version}`, ["equal.ts", ...clients.map((name) => `client.${name}.ts`)], {
      ...modules.nodenext,
      skipLibCheck: true,
    }));
}

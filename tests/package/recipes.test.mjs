// The recipes of examples/recipes: each declares what it imports, is shown in docs/recipes.md, and does what it says.
// Those that need large frameworks run by `npm run test:everywhere -- recipes`.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { launchChromium } from "../../scripts/chromium.mjs";
import { at, run } from "../../scripts/process.mjs";
import { copyPackage } from "../e2e/frameworks/support.mjs";
import { checks, light } from "./recipes/checks.mjs";

const names = readdirSync(at("examples", "recipes")).sort();
const manifestOf = (name) => JSON.parse(readFileSync(at("examples", "recipes", name, "package.json"), "utf8"));
const dependenciesOf = (name) => {
  const { dependencies, devDependencies } = manifestOf(name);
  return { ...dependencies, ...devDependencies };
};
const filesOf = (name) =>
  readdirSync(at("examples", "recipes", name), { recursive: true, encoding: "utf8" }).filter((path) =>
    [".js", ".jsx", ".tsx", ".vue", ".svelte"].includes(extname(path)),
  );

test("every recipe has a check", () => assert.deepEqual(Object.keys(checks).sort(), names));

test("every recipe declares the packages that it imports", () => {
  const isBuiltIn = (specifier) => specifier.startsWith("node:") || builtinModules.includes(specifier);
  for (const name of names) {
    for (const path of filesOf(name)) {
      const text = readFileSync(at("examples", "recipes", name, path), "utf8");
      for (const [, specifier] of text.matchAll(/^import (?:[^"]*from )?"([^".][^"]*)"/gm)) {
        const [scope, own] = specifier.split("/");
        const imported = scope.startsWith("@") ? `${scope}/${own}` : scope;
        assert.ok(isBuiltIn(specifier) || imported in dependenciesOf(name), `${name}/${path} imports ${specifier}`);
      }
    }
  }
});

test("docs/recipes.md shows every file of every recipe that somebody has to write", () => {
  const text = readFileSync(at("docs", "recipes.md"), "utf8");
  const isGeneral = (path) => /^(vite\.config\.js|src[\\/]main\.(js|tsx)|app[\\/]layout\.jsx)$/.test(path);
  for (const name of names) {
    for (const path of filesOf(name).filter((each) => !isGeneral(each)))
      assert.ok(text.includes(`(../examples/recipes/${name}/${path.replaceAll("\\", "/")})`), `${name}/${path}`);
  }
});

test("the project of the large recipes has the packages that they ask for", () => {
  const { dependencies } = JSON.parse(readFileSync(at("tests", "everywhere", "recipes", "package.json"), "utf8"));
  const asked = Object.assign({}, ...names.map(dependenciesOf));
  delete asked.batchlight;
  assert.deepEqual(dependencies, Object.fromEntries(Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1))));
});

let project;
let browser;
before(async () => {
  const needed = ["@types/react", "@types/react-dom", ...light.flatMap((name) => Object.keys(dependenciesOf(name)))];
  project = copyPackage(needed.filter((name) => existsSync(at("node_modules", name))));
  // Installed here under the name of its major version.
  const openai = join(project.folder, "node_modules", "openai");
  if (!existsSync(openai)) symlinkSync(at("node_modules", "openai7"), openai, "junction");
  for (const name of light) {
    mkdirSync(join(project.folder, name));
    cpSync(at("examples", "recipes", name), join(project.folder, name), { recursive: true });
  }
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  project?.remove();
});

for (const name of light)
  test(`the recipe ${name} runs in a project with the packed package`, () =>
    checks[name](join(project.folder, name), browser));

test("the recipes in TypeScript compile under strict options", async () => {
  const config = join(project.folder, "tsconfig.json");
  const compilerOptions = {
    ...{ target: "es2022", module: "esnext", moduleResolution: "bundler", jsx: "react-jsx", noEmit: true, types: [] },
    ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true, lib: ["es2023", "dom", "dom.iterable"] },
  };
  const files = ["react-hook/src/main.tsx", "vue/src/Job.vue"];
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  await run(process.execPath, [at("node_modules", "vue-tsc", "bin", "vue-tsc.js"), "-p", config], {
    env: { NODE_OPTIONS: "" },
  });
});

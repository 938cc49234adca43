// The parts of `npm test`, in the order in which they start.
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { at, attempt, cache, run, print, ScriptError } from "../process.mjs";
import { behaviourFolders, suitesIn } from "../suites.mjs";
import { cargoResults, nodeResults, noResults, playwrightResults } from "./results.mjs";

// Only the warnings of this compiler version are errors, because a newer one has new lints, which must not fail on
// somebody's machine.
const lintedWith = "1.95";

/** The inputs of every part that runs the package, besides its own suites. */
const packageSources = ["Cargo.toml", "Cargo.lock", "src", "examples", "pkg", "www", "scripts", "package-lock.json"];
const documents = ["README.md", "ARCHITECTURE.md", "docs"];

/** What the suites of each part import from other folders. */
const borrowed = {
  package: ["benches", "tests/e2e/frameworks/support.mjs", "tests/everywhere"],
  types: [],
  cli: ["tests/chaos", "tests/clients", "tests/package/support.mjs"],
  behaviour: ["tests/site/slug.mjs"],
  e2e: ["tests/cli/run-server.mjs", "tests/everywhere/support.mjs"],
  site: ["tests/e2e/axe.mjs", "tests/package/support.mjs"],
};

/**
 * Environment variables for the suites. The preparations set them.
 *
 * @type {Record<string, string>}
 */
const environment = {};

/**
 * @param {string} rustc the compiler's version
 * @returns {{ parts: object[], preparations: object[] }} the parts, each with a key for the command line, a name, the
 *   paths of its inputs, the names of its preparations, and a function that runs it and returns results; and the
 *   preparations
 */
export function partsOf(rustc) {
  const parts = [...browserParts(), ...crateParts(rustc), ...nodeParts(), sitePart(), ...styleParts()];
  return { parts, preparations };
}

const preparations = [
  {
    name: "chromium",
    work: async () => {
      const { findChromium } = await import("../chromium.mjs");
      environment.CHROMIUM_PATH = await findChromium();
    },
  },
  {
    name: "firefox",
    // Two apt-get processes cannot run at the same time.
    after: ["chromium"],
    work: async () => {
      const { findFirefox } = await import("../firefox.mjs");
      const path = await findFirefox();
      if (path) environment.FIREFOX_PATH = path;
      else
        print("  cannot find or install Firefox, so its suites are skipped; set FIREFOX_PATH to the path of a Firefox");
    },
  },
  {
    name: "packed",
    after: ["build"],
    work: async () => {
      const { installPacked } = await import("../packed.mjs");
      const { project, tarball } = await installPacked();
      Object.assign(environment, { BATCHLIGHT_PROJECT: project, BATCHLIGHT_TARBALL: tarball });
    },
  },
];

/** The path of a file for the results of a test runner, which does not exist yet. */
function resultFile(name) {
  const path = join(cache, "results", name);
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  return path;
}

/**
 * The option with which Node resolves `batchlight` to the installed package. It is passed in NODE_OPTIONS, so that it
 * applies to child processes, too.
 */
export const installedOption = `--import=${pathToFileURL(at("scripts", "installed.mjs")).href}`;

/** Runs suites with Node's test runner. */
async function runSuites(name, paths, env) {
  const record = resultFile(`${name}.jsonl`);
  const reporters = [
    ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
    ...[
      `--test-reporter=${pathToFileURL(at("scripts", "dev", "record.mjs")).href}`,
      `--test-reporter-destination=${record}`,
    ],
  ];
  const options = ["--test", "--test-concurrency=2", ...reporters];
  const output = await run("node", [...options, ...paths], { env: { ...env, NODE_OPTIONS: installedOption } }).catch(
    failed,
  );
  return resultsOf(nodeResults(record), output);
}

function failed(error) {
  if (!(error instanceof ScriptError)) throw error;
  return error;
}

function nodeParts() {
  const folders = { package: ["package"], types: ["types"], cli: ["cli"], behaviour: behaviourFolders() };
  const names = {
    package: "packaging",
    types: "types",
    cli: "the command",
    behaviour: "behaviour, with and without WebAssembly",
  };
  const inBrowser = new Set(["package", "cli"]);
  return Object.entries(folders).map(([key, own]) => ({
    key,
    name: names[key],
    after: ["build", "packed", ...(inBrowser.has(key) ? ["chromium"] : [])],
    inputs: [
      ...[...packageSources, ...documents, "tests/fixtures"],
      ...own.map((folder) => `tests/${folder}`),
      ...borrowed[key],
    ],
    also: [process.version],
    work: () => runSuites(key, own.flatMap(suitesIn), environment),
  }));
}

function browserParts() {
  return [
    {
      key: "e2e",
      name: "board, elements and frameworks, in browsers",
      after: ["packed", "firefox"],
      inputs: [...packageSources, ...documents, "tests/fixtures", "tests/e2e", ...borrowed.e2e],
      also: [process.version],
      work: () => runBrowserSuites([], environment),
    },
  ];
}

function sitePart() {
  return {
    key: "site",
    name: "documentation site",
    after: ["packed", "chromium"],
    inputs: [...packageSources, ...documents, "SECURITY.md", "CHANGELOG.md", "site", "tests/site", ...borrowed.site],
    also: [process.version],
    work: async () => {
      const { buildSite } = await import("../docs/build.mjs");
      await buildSite();
      return runSuites("site", suitesIn("site"), environment);
    },
  };
}

/**
 * Runs suites of tests/e2e with Playwright's runner: those at the given paths, or all.
 *
 * @param {string[]} paths
 * @param {Record<string, string>} env
 */
export async function runBrowserSuites(paths, env, { show = false } = {}) {
  const { buildBoard } = await import("../bundle/board.mjs");
  await buildBoard();
  const report = resultFile("e2e.json");
  const runner = at("node_modules", "@playwright", "test", "cli.js");
  const config = at("tests", "e2e", "playwright.config.mjs");
  const output = await run("node", [runner, "test", "--config", config, ...paths], {
    env: { ...env, NODE_OPTIONS: installedOption, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    show,
  }).catch(failed);
  if (show && output instanceof ScriptError) throw output;
  return resultsOf(playwrightResults(report), output);
}

/** Returns the results. If the runner failed, adds its output and counts at least one failure. */
const resultsOf = (results, output) =>
  output instanceof ScriptError ? { ...results, failed: Math.max(results.failed, 1), output: output.message } : results;

// The vector code for x86-64 is compiled only for processors with SSSE3. Documentation tests would be the same and are
// left out.
const vectors = ["--lib", "--test", "all", "--target-dir", at("target", "x86-64-v2")];
const vectorFlags = { RUSTFLAGS: "-Ctarget-cpu=x86-64-v2" };

function crateParts(rustc) {
  const inputs = [
    "Cargo.toml",
    "Cargo.lock",
    "clippy.toml",
    "rustfmt.toml",
    "src",
    "examples",
    "tests/rust",
    "tests/fixtures",
    ...documents,
  ];
  const part = (name, work) => ({ key: "crate", name, inputs, also: [rustc], work });
  const test = async (args, env) => {
    const outcome = await run("cargo", ["test", ...args], { env }).catch(failed);
    return resultsOf(cargoResults(outcome instanceof ScriptError ? outcome.message : outcome), outcome);
  };
  return [
    part("the crate's tests", () => test([])),
    part("the crate's lints", () => lint(rustc)),
    part("the crate's documentation", document),
    ...(process.arch === "x64" ? [part("the crate's tests, with vectors", () => test(vectors, vectorFlags))] : []),
  ];
}

async function lint(rustc) {
  if (!(await attempt("cargo", ["clippy", "--version"]))) {
    print("  clippy is not installed: rustup component add clippy");
    return noResults();
  }
  const warnings = rustc.startsWith(`rustc ${lintedWith}.`) ? ["--", "-Dwarnings"] : [];
  await run("cargo", ["clippy", "--all-targets", "--quiet", ...warnings]);
  const modules = ["--features=js,_core,_files,_mock", "--target=wasm32-unknown-unknown"];
  await run("cargo", ["clippy", ...modules, "--quiet", ...warnings]);
  return noResults();
}

async function document() {
  await run("cargo", ["doc", "--no-deps", "--quiet", "--features=js"], { env: { RUSTDOCFLAGS: "-Dwarnings" } });
  return noResults();
}

function styleParts() {
  const inputs = [
    ...["biome.jsonc", ".dependency-cruiser.mjs", "rustfmt.toml", "tsconfig.scripts.json"],
    ...["package.json", "package-lock.json"],
    ...["src", "examples", "pkg", "www", "site", "scripts", "tests", "benches"],
  ];
  const part = (name, work, after = []) => ({
    ...{ key: "style", name, inputs, also: [], after },
    work: () => work().then(noResults),
  });
  const biome = (...args) => run("node", [at("node_modules", "@biomejs", "biome", "bin", "biome"), ...args]);
  return [
    part("formatting", async () => {
      await biome("format", ".");
      if (await attempt("cargo", ["fmt", "--version"])) await run("cargo", ["fmt", "--check"]);
      else print("  rustfmt is not installed: rustup component add rustfmt");
      await run("node", [at("scripts", "dev", "line-length.mjs")]);
    }),
    part("lints of JavaScript", () => biome("lint", "--error-on-warnings", ".")),
    part("imports between folders", () =>
      run("node", [
        at("node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs"),
        ...["--config", ".dependency-cruiser.mjs", "pkg/src", "www/src", "scripts"],
      ]),
    ),
    part(
      "types of scripts and tests",
      () => run("node", [at("node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.scripts.json"]),
      ["build"],
    ),
  ];
}

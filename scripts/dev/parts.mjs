// The parts of `npm test`, in the order in which they are started.
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { at, attempt, cache, run, say, Stop } from "../say.mjs";
import { behaviourFolders, suitesIn } from "../suites.mjs";
import { cargoResults, nodeResults, noResults, playwrightResults } from "./results.mjs";

// A newer compiler brings new lints, and they are no reason to fail on somebody's machine: only this one's warnings are
// errors.
const lintedWith = "1.95";

/** What every part that runs the package depends on, besides its own suites. */
const packageSources = ["Cargo.toml", "Cargo.lock", "src", "examples", "pkg", "www", "scripts", "package-lock.json"];
const documents = ["README.md", "ARCHITECTURE.md", "docs"];

/**
 * What the suites are told by environment variables; the preparations fill it.
 *
 * @type {Record<string, string>}
 */
const environment = {};

/**
 * @param {string} rustc the compiler's version
 * @returns {{ parts: object[], preparations: object[] }} the parts: each has a key to ask for it by, a name, the paths
 *   it depends on, the preparations it waits for, and the work, which gives results; and the preparations
 */
export function partsOf(rustc) {
  return { parts: [...browserParts(), ...crateParts(rustc), ...nodeParts(), ...styleParts()], preparations };
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
    // One apt-get at a time.
    after: ["chromium"],
    work: async () => {
      const { findFirefox } = await import("../firefox.mjs");
      const path = await findFirefox();
      if (path) environment.FIREFOX_PATH = path;
      else
        say("  no Firefox was found, and none could be installed: its suites are skipped; FIREFOX_PATH may name one");
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

/** A file for a runner's results, in a folder of its own. */
function resultFile(name) {
  const path = join(cache, "results", name);
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  return path;
}

/**
 * Options by which Node finds the installed package under its own name; in NODE_OPTIONS, so that child processes have
 * them, too.
 */
export const installedOption = `--import=${pathToFileURL(at("scripts", "installed.mjs")).href}`;

/** Runs suites by Node's test runner. */
export async function runSuites(name, paths, env) {
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
  if (!(error instanceof Stop)) throw error;
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
      ...[...own, ...(key === "cli" ? ["chaos"] : [])].map((folder) => `tests/${folder}`),
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
      inputs: [...packageSources, ...documents, "tests/fixtures", "tests/e2e"],
      also: [process.version],
      work: () => runBrowserSuites([], environment),
    },
  ];
}

/**
 * Runs suites of tests/e2e by Playwright's runner: those of some paths, or all.
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
  if (show && output instanceof Stop) throw output;
  return resultsOf(playwrightResults(report), output);
}

/** Results, with the output and at least one failure where the runner failed. */
const resultsOf = (results, output) =>
  output instanceof Stop ? { ...results, failed: Math.max(results.failed, 1), output: output.message } : results;

// The code for vectors of x86-64 is compiled for processors that are known to have SSSE3 only. Documentation tests are
// the same.
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
    return resultsOf(cargoResults(outcome instanceof Stop ? outcome.message : outcome), outcome);
  };
  return [
    part("the crate's tests", () => test([])),
    part("the crate's lints", () => lint(rustc)),
    ...(process.arch === "x64" ? [part("the crate's tests, with vectors", () => test(vectors, vectorFlags))] : []),
  ];
}

async function lint(rustc) {
  if (!(await attempt("cargo", ["clippy", "--version"]))) {
    say("  clippy is not installed: rustup component add clippy");
    return noResults();
  }
  const warnings = rustc.startsWith(`rustc ${lintedWith}.`) ? ["--", "-Dwarnings"] : [];
  await run("cargo", ["clippy", "--all-targets", "--quiet", ...warnings]);
  const modules = ["--features=core,files,mock", "--target=wasm32-unknown-unknown"];
  await run("cargo", ["clippy", ...modules, "--quiet", ...warnings]);
  return noResults();
}

function styleParts() {
  const inputs = [
    ...["biome.jsonc", ".dependency-cruiser.mjs", "rustfmt.toml", "tsconfig.scripts.json"],
    ...["package.json", "package-lock.json"],
    ...["src", "examples", "pkg", "www", "scripts", "tests", "benches"],
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
      else say("  rustfmt is not installed: rustup component add rustfmt");
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

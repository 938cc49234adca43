// npm test: from a fresh clone to every test run. Needs nothing installed but Rust (rustup), Node and npm.
// With names, as in `npm test -- package board`, only these: crate, or a folder of tests/.
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { buildBoard, serveBoard } from "./bundle/board.mjs";
import { buildPackage } from "./build.mjs";
import { at, attempt, heading, main, run, say, since, Stop } from "./say.mjs";
import { behaviourFolders, suitesIn } from "./suites.mjs";

const failed = [];
const asked = process.argv.slice(2);

/** Runs one part of the tests, if it is asked for; a failure is remembered, and the other parts still run. */
async function part(key, name, work) {
  if (asked.length && !asked.includes(key)) return;
  heading(name);
  const start = performance.now();
  try {
    await work();
    say(`  ${name}: passed in ${since(start)}`);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    say(`  ${name}: failed after ${since(start)}\n${error.message}`);
    failed.push(name);
  }
}

/** Runs all `*.test.mjs` of a folder below tests/ by Node's test runner. */
async function suite(folder, { env = {}, conditions = [] } = {}) {
  const paths = suitesIn(folder);
  if (paths.length === 0) return say(`  tests/${folder} holds no suites`);
  const options = [
    `--import=${pathToFileURL(at("scripts", "installed.mjs")).href}`,
    ...conditions.map((name) => `--conditions=${name}`),
  ];
  // By NODE_OPTIONS, so that the process of each file gets them in every version of Node.
  await run("node", ["--test", "--test-reporter=spec", ...paths], {
    show: true,
    env: { ...env, NODE_OPTIONS: options.join(" ") },
  });
}

// A newer compiler brings new lints, and they are no reason to fail on somebody's machine: only this one's warnings are
// errors.
const lintedWith = "1.95";

async function format() {
  if (await attempt("cargo", ["fmt", "--version"])) await run("cargo", ["fmt", "--check"]);
  else say("  rustfmt is not installed: rustup component add rustfmt");
}

async function lint(rustc) {
  if (!(await attempt("cargo", ["clippy", "--version"])))
    return say("  clippy is not installed: rustup component add clippy");
  const warnings = rustc.startsWith(`rustc ${lintedWith}.`) ? ["--", "-Dwarnings"] : [];
  await run("cargo", ["clippy", "--all-targets", "--quiet", ...warnings], { show: true });
  await run(
    "cargo",
    ["clippy", "--features=core,files,mock", "--target=wasm32-unknown-unknown", "--quiet", ...warnings],
    { show: true },
  );
}

await main(async () => {
  const start = performance.now();
  const { rustc } = await buildPackage();
  await part("crate", "the crate's format", format);
  await part("crate", "the crate's lints", () => lint(rustc));
  await part("crate", "the crate's tests", () => run("cargo", ["test", "--quiet"], { show: true }));

  if (asked.length === 0 || asked.some((key) => key !== "crate")) await javascript();

  heading(failed.length ? `failed: ${failed.join("; ")}` : "all passed");
  say(`in ${since(start)}`);
  if (failed.length) process.exitCode = 1;
});

async function javascript() {
  const { installPacked } = await import("./packed.mjs");
  const { findChromium } = await import("./chromium.mjs");
  heading("the package, packed and installed into an empty project");
  const { project, tarball } = await installPacked();
  const env = { BATCHLIGHT_PROJECT: project, BATCHLIGHT_TARBALL: tarball, CHROMIUM_PATH: await findChromium() };
  say(`  in ${project}, with Chromium at ${env.CHROMIUM_PATH}`);

  await part("package", "packaging", () => suite("package", { env }));
  await part("types", "types", () => suite("types", { env }));
  await part("cli", "the command", () => suite("cli", { env }));
  for (const folder of behaviourFolders()) {
    await part(folder, `${folder}, on WebAssembly`, () => suite(folder, { env }));
    // The same suites again on the wasm-free twin, which this condition selects.
    await part(folder, `${folder}, without WebAssembly`, () => suite(folder, { env, conditions: ["edge-light"] }));
  }
  await part("elements", "the elements, in Chromium", () => suite("elements", { env }));
  await part("firefox", "the elements, in Firefox", async () => {
    const { findFirefox } = await import("./firefox.mjs");
    const path = await findFirefox();
    if (path) await suite("firefox", { env: { ...env, FIREFOX_PATH: path } });
    else
      say(
        "  left out: no Firefox was found, and it can be installed here by nobody but you; FIREFOX_PATH may name one",
      );
  });
  await part("frameworks", "the examples for frameworks, in Chromium", () => suite("frameworks", { env }));
  if (existsSync(at("www", "package.json"))) {
    await part("board", "the board, in Chromium", async () => {
      await buildBoard();
      const board = await serveBoard(0);
      await suite("board", { env: { ...env, BOARD_URL: board.url } }).finally(board.close);
    });
  }
}

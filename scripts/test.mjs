// npm test: from a fresh clone to every test run. Needs nothing installed but Rust (rustup), Node and npm.
// With names, as in `npm test -- package board`, only these: crate, or a folder of tests/.
import { existsSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { buildBoard, serveBoard } from "./board.mjs";
import { buildPackage } from "./build.mjs";
import { at, attempt, heading, main, run, say, since, Stop } from "./say.mjs";

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
  const files = existsSync(at("tests", folder)) ? readdirSync(at("tests", folder)).filter((name) => name.endsWith(".test.mjs")) : [];
  if (files.length === 0) return say(`  tests/${folder} holds no suites`);
  const options = [`--import=${pathToFileURL(at("scripts", "installed.mjs")).href}`, ...conditions.map((name) => `--conditions=${name}`)];
  const paths = files.sort().map((name) => at("tests", folder, name));
  // By NODE_OPTIONS, so that the process of each file gets them in every version of Node.
  await run("node", ["--test", "--test-reporter=spec", ...paths], { show: true, env: { ...env, NODE_OPTIONS: options.join(" ") } });
}

async function rust() {
  if (await attempt("cargo", ["fmt", "--version"])) await run("cargo", ["fmt", "--check"]);
  if (await attempt("cargo", ["clippy", "--version"])) {
    await run("cargo", ["clippy", "--all-targets", "--quiet", "--", "-Dwarnings"]);
    await run("cargo", ["clippy", "--features=wasm", "--target=wasm32-unknown-unknown", "--quiet", "--", "-Dwarnings"]);
  }
  await run("cargo", ["test", "--quiet"], { show: true });
}

await main(async () => {
  const start = performance.now();
  await buildPackage();
  await part("crate", "the crate", rust);

  const { installPacked } = await import("./packed.mjs");
  const { findChromium } = await import("./chromium.mjs");
  heading("the package, packed and installed into an empty project");
  const { project, tarball } = await installPacked();
  const env = { BATCHLIGHT_PROJECT: project, BATCHLIGHT_TARBALL: tarball, CHROMIUM_PATH: await findChromium() };
  say(`  in ${project}, with Chromium at ${env.CHROMIUM_PATH}`);

  await part("package", "packaging", () => suite("package", { env }));
  const special = ["package", "board", "fixtures"];
  for (const folder of readdirSync(at("tests")).filter((name) => !name.includes(".") && !special.includes(name))) {
    await part(folder, `${folder}, on WebAssembly`, () => suite(folder, { env }));
    // The same suites again on the wasm-free twin, which this condition selects.
    await part(folder, `${folder}, without WebAssembly`, () => suite(folder, { env, conditions: ["edge-light"] }));
  }
  if (existsSync(at("www", "package.json"))) {
    await part("board", "the board, in Chromium", async () => {
      await buildBoard();
      const board = await serveBoard(0);
      await suite("board", { env: { ...env, BOARD_URL: board.url } }).finally(board.close);
    });
  }

  heading(failed.length ? `failed: ${failed.join("; ")}` : "all passed");
  say(`in ${since(start)}`);
  if (failed.length) process.exitCode = 1;
});

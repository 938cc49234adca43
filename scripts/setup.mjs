// Installs what the build needs beyond Rust (by rustup), Node and npm. Works without any npm package.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { at, attempt, cache, heading, run, print, elapsed, ScriptError } from "./process.mjs";
import { lockProject, step } from "./incremental.mjs";

const wasmTarget = "wasm32-unknown-unknown";

/**
 * Installs what is missing.
 *
 * @typedef {(input: string, outDir: string, outName: string) => Promise<string>} Bindgen
 * @returns {Promise<{ bindgen: Bindgen, rustc: string }>} runs wasm-bindgen; and the compiler's version
 */
export async function setUp() {
  heading("set-up");
  const release = await lockProject();
  try {
    checkNode();
    const rustc = await checkRust();
    // In parallel, because npm waits for the network while cargo compiles.
    const [bindgen] = await Promise.all([addWasmTarget().then(wasmBindgen), installPackages()]);
    return { bindgen, rustc };
  } finally {
    release();
  }
}

function checkNode() {
  const wanted = JSON.parse(readFileSync(at("package.json"), "utf8")).engines.node;
  const min = Number(/\d+/.exec(wanted)[0]);
  if (Number(process.versions.node.split(".")[0]) >= min) return;
  throw new ScriptError(
    `expected Node ${wanted}, found ${process.versions.node}: install a newer version from https://nodejs.org`,
  );
}

async function checkRust() {
  const rustc = await attempt("rustc", ["--version", "--verbose"]);
  if (rustc && (await attempt("cargo", ["--version"]))) return rustc;
  throw new ScriptError(
    "cannot find cargo: install Rust from https://rustup.rs, open a new terminal and run this again",
  );
}

/** Installs the npm packages of the lock file, if a manifest or the lock file has changed. */
async function installPackages() {
  const { workspaces } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  const inputs = [
    "package.json",
    "package-lock.json",
    ...workspaces.map((folder) => `${folder}/package.json`),
    ".npmrc",
  ];
  await step({ name: "npm packages", inputs, outputs: ["node_modules/.package-lock.json"] }, () =>
    run("npm", ["install", "--no-fund", "--no-audit", "--loglevel=error"]),
  );
}

async function addWasmTarget() {
  const sysroot = await run("rustc", ["--print", "sysroot"]);
  if (existsSync(join(sysroot, "lib", "rustlib", wasmTarget, "lib"))) return;
  if (!(await attempt("rustup", ["--version"]))) {
    throw new ScriptError(
      `cannot install Rust's target ${wasmTarget} without rustup: install Rust from https://rustup.rs`,
    );
  }
  const start = performance.now();
  await run("rustup", ["target", "add", wasmTarget]);
  print(`  ${`Rust target ${wasmTarget}`.padEnd(44)} ${elapsed(start)}`);
}

/**
 * Returns a function that runs wasm-bindgen, which turns the compiler's output into a module and its glue. Uses the
 * command in the PATH if it has exactly the version of the crate. Otherwise builds scripts/wasm/bindgen, a small
 * command on the same library, because the official one takes minutes to compile.
 *
 * @returns {Promise<Bindgen>}
 */
async function wasmBindgen() {
  const version = /^wasm-bindgen = \{ version = "=([\d.]+)"/m.exec(readFileSync(at("Cargo.toml"), "utf8"))?.[1];
  if (!version) throw new ScriptError('Cargo.toml does not pin wasm-bindgen as `wasm-bindgen = { version = "=x.y.z"`');
  if ((await attempt("wasm-bindgen", ["--version"])) === `wasm-bindgen ${version}`) {
    return (input, outDir, outName) =>
      run("wasm-bindgen", [
        ...["--target", "web", "--experimental-reset-state-function", "--omit-default-module-path"],
        ...["--out-dir", outDir, "--out-name", outName, input],
      ]);
  }
  const start = performance.now();
  const targetDir = join(cache, "bindgen");
  const manifest = at("scripts", "wasm", "bindgen", "Cargo.toml");
  await run("cargo", ["build", "--quiet", "--manifest-path", manifest, "--target-dir", targetDir]);
  print(`  ${`wasm-bindgen ${version}`.padEnd(44)} ${elapsed(start)}`);
  const command = join(targetDir, "debug", process.platform === "win32" ? "bindgen.exe" : "bindgen");
  return (input, outDir, outName) => run(command, [input, outDir, outName]);
}

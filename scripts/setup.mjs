// Brings a machine that has rustup's Rust, Node and npm to where everything can be built. Needs nothing installed.
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { at, attempt, cache, heading, run, say, since, Stop } from "./say.mjs";
import { holdProject, step } from "./step.mjs";

const wasmTarget = "wasm32-unknown-unknown";

/**
 * Does all set-up that is still missing.
 *
 * @returns {Promise<{ wasmBindgen: string, rustc: string }>} the wasm-bindgen command to use, and the compiler's
 * version
 */
export async function setUp() {
  heading("set-up");
  const release = await holdProject();
  try {
    checkNode();
    const rustc = await checkRust();
    await installPackages();
    await addWasmTarget();
    return { wasmBindgen: await wasmBindgen(), rustc };
  } finally {
    release();
  }
}

function checkNode() {
  const wanted = JSON.parse(readFileSync(at("package.json"), "utf8")).engines.node;
  const least = Number(/\d+/.exec(wanted)[0]);
  if (Number(process.versions.node.split(".")[0]) >= least) return;
  throw new Stop(
    `this is Node ${process.versions.node}, and ${wanted} is needed: install a newer one from https://nodejs.org`,
  );
}

async function checkRust() {
  const rustc = await attempt("rustc", ["--version", "--verbose"]);
  if (rustc && (await attempt("cargo", ["--version"]))) return rustc;
  throw new Stop("cargo was not found: install Rust from https://rustup.rs, open a new terminal and run this again");
}

/** npm's packages, by the lock file; left alone while neither a manifest nor the lock file has changed. */
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
    throw new Stop(
      `Rust's target ${wasmTarget} is not installed and rustup was not found: install Rust from https://rustup.rs`,
    );
  }
  const start = performance.now();
  await run("rustup", ["target", "add", wasmTarget]);
  say(`  ${`Rust target ${wasmTarget}`.padEnd(44)} ${since(start)}`);
}

/**
 * The wasm-bindgen command of exactly the crate's version: any other refuses the module. One on the PATH is used, else
 * one is built into the cache folder.
 */
async function wasmBindgen() {
  const version = /^wasm-bindgen = \{ version = "=([\d.]+)"/m.exec(readFileSync(at("Cargo.toml"), "utf8"))?.[1];
  if (!version) throw new Stop('Cargo.toml does not pin wasm-bindgen as `wasm-bindgen = { version = "=x.y.z"`');
  const tools = join(cache, "tools");
  const own = join(tools, "bin", process.platform === "win32" ? "wasm-bindgen.exe" : "wasm-bindgen");
  for (const command of ["wasm-bindgen", own]) {
    if ((await attempt(command, ["--version"])) === `wasm-bindgen ${version}`) return command;
  }
  const start = performance.now();
  say(`  wasm-bindgen ${version} is being built, once; this takes some minutes`);
  // Without --locked: its lock file names a dependency that was withdrawn. PATH keeps cargo from warning about the
  // folder.
  await run(
    "cargo",
    ["install", "wasm-bindgen-cli", "--version", version, "--bin", "wasm-bindgen", "--root", tools, "--quiet"],
    {
      env: { PATH: `${process.env.PATH}${delimiter}${join(tools, "bin")}` },
    },
  );
  say(`  ${`wasm-bindgen ${version}`.padEnd(44)} ${since(start)}`);
  return own;
}

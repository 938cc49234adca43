// npm run licences: writes pkg/THIRD-PARTY-LICENSES, the licences of all crates that are compiled into the modules.
// cargo-about finds their texts and accepts the licences in about.toml. Run it when a dependency changes; a test fails
// otherwise.
import { writeFileSync } from "node:fs";
import { at, attempt, isMain, main, run, print, ScriptError } from "../process.mjs";

const file = "pkg/THIRD-PARTY-LICENSES";
const features = "_core,_files,_mock";
const target = "wasm32-unknown-unknown";

/** The crates in the modules, as `name version`, without procedural macros, which only run in the compiler. */
export async function cratesInModules() {
  const args = ["--locked", "--features", features, "--target", target];
  const tree = await run("cargo", [
    "tree",
    ...args,
    "-e",
    "normal,no-proc-macro",
    "--prefix",
    "none",
    "--format",
    "{p}",
  ]);
  const crates = tree.split("\n").map((line) => /^(\S+) v(\S+)/.exec(line));
  return [...new Set(crates.map(([, name, version]) => `${name} ${version}`))]
    .filter((crate) => !crate.startsWith("batchlight "))
    .sort();
}

/** The crates that a licence file of this script names. */
export const cratesIn = (text) => [...text.matchAll(/^(\S+ \d\S*), \S+$/gm)].map(([, crate]) => crate).sort();

// The standard library is part of the modules too, but cargo does not list it.
const standardLibrary = `The Rust standard library (core, alloc, std) and compiler_builtins, MIT OR Apache-2.0
Copyright (c) The Rust Project Contributors; https://github.com/rust-lang/rust. The text of the MIT licence is below.`;

/** The content of the file: an introduction, then each licence text below the crates that it applies to. */
function pageOf(licenses, crates) {
  const sections = licenses.map(({ id, text, source_path: path, used_by: users }) => {
    const names = users
      .map(({ crate }) => ({ name: `${crate.name} ${crate.version}`, authors: crate.authors }))
      .filter(({ name }) => crates.includes(name));
    // For a crate without a licence file, the common text of the licence is used, with the crate's authors.
    const authors = [...new Set(names.flatMap((one) => one.authors))].join(", ");
    const own = path ? text : text.replace(/<year> <copyright holders>/, authors);
    return { heads: names.map(({ name }) => `${name}, ${id}`).sort(), text: own.trim() };
  });
  return [
    "The WebAssembly modules of this package, and the JavaScript that is made from them, contain:",
    standardLibrary,
    ...sections
      .filter(({ heads }) => heads.length > 0)
      .sort((one, other) => (one.heads[0] < other.heads[0] ? -1 : 1))
      .map(({ heads, text }) => `${"-".repeat(80)}\n${heads.join("\n")}\n\n${text}`),
  ].join("\n\n");
}

async function writeLicences() {
  if (!(await attempt("cargo", ["about", "--version"])))
    throw new ScriptError("cargo-about is not installed: cargo install cargo-about --locked --features cli");
  await run("cargo", ["fetch", "--locked"]);
  const args = [
    "--config",
    "about.toml",
    "--features",
    features,
    "--locked",
    "--offline",
    "--fail",
    "--format",
    "json",
  ];
  const { licenses } = JSON.parse(await run("cargo", ["about", "generate", ...args]));
  const crates = await cratesInModules();
  const text = `${pageOf(licenses, crates).replaceAll(/[ \t]+$/gm, "")}\n`;
  const missing = crates.filter((crate) => !cratesIn(text).includes(crate));
  if (missing.length > 0) throw new ScriptError(`cannot find the licences of ${missing.join(", ")}`);
  writeFileSync(at(file), text);
  print(`${file}: the licences of ${crates.length} crates`);
}

if (isMain(import.meta.url)) await main(writeLicences);

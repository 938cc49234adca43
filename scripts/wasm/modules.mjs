// Compiles the crate to the three WebAssembly modules, and generates the files with which JavaScript loads them.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import binaryen from "binaryen";
import { declarationsOf } from "../codegen/declarations.mjs";
import { simulatorTypesOf } from "../codegen/mock-tables.mjs";
import { at, attempt, cache, root, run } from "../process.mjs";
import { embed } from "./embed.mjs";
import { importsFor } from "./glue.mjs";
import { withoutPanics } from "./panics.mjs";

const target = "wasm32-unknown-unknown";

// Panic messages contain source paths. This hides the builder's home folder and makes the modules the same everywhere.
const hidePaths = [
  `--remap-path-prefix=${join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry", "src")}=deps`,
  `--remap-path-prefix=${root}=batchlight`,
];

// Files are read 16 bytes at a time, 1.4 to 2.7 times as fast. The core would not be faster and runs without SIMD.
const simd = "-Ctarget-feature=+simd128";

// Inlines only what is smaller inline. In the core, this costs no measurable time and saves 0.6 kB after compression.
const inlineLess = "-Cllvm-args=--inline-threshold=25";

/**
 * The forms in which a module is compiled.
 *
 * - `release`: the published form
 * - `quick`: for the inner loop; compiled incrementally and not optimized for size
 * - `wasm2js`: the input of wasm2js, which supports only the first version of WebAssembly. Dependencies are compiled in
 *   the same way: without reference types, wasm-bindgen keeps JavaScript values in an array instead of an externref
 *   table
 *
 * `flags` apply to the crate alone, so that dependencies are compiled once for all modules; `allFlags` apply to
 * dependencies, too.
 */
const forms = {
  release: { profile: "release", folder: "release", flags: { core: [inlineLess], files: [simd] } },
  quick: { profile: "quick", folder: "quick", flags: { files: [simd] } },
  wasm2js: { profile: "release", folder: "release", flags: {}, allFlags: ["-Ctarget-cpu=mvp"], strip: "true" },
};

/** @type {Promise<unknown>} */
let previous = Promise.resolve();

/**
 * Runs `work` after all earlier work. Cargo writes every module to the same file, so modules are compiled one by one.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
function inTurn(work) {
  const result = previous.then(work);
  previous = result.catch(() => undefined);
  return result;
}

/**
 * Compiles one module and writes its glue.
 *
 * @param {(input: string, outDir: string, outName: string) => Promise<string>} bindgen from `setUp`
 * @param {"core" | "files" | "mock"} name the module; its feature of the crate is `_NAME`
 * @param {"release" | "quick" | "wasm2js"} form
 * @returns {Promise<string>} the folder with `NAME_bg.wasm`, `NAME.js` and `NAME.d.ts`
 */
export const compile = (bindgen, name, form) =>
  inTurn(async () => {
    const { profile, folder, flags, allFlags = [], strip } = forms[form];
    // A separate folder for each set of flags. In a shared one, each build would invalidate the other.
    const targetDir = at("target", form === "wasm2js" ? "wasm2js" : "modules");
    await run(
      "cargo",
      [
        ...["rustc", "--quiet", "--lib", "--crate-type", "cdylib", "--profile", profile, "--target", target],
        ...["--features", `_${name}`, "--target-dir", targetDir, "--", ...(flags[name] ?? [])],
      ],
      {
        env: {
          CARGO_ENCODED_RUSTFLAGS: [...hidePaths, ...allFlags].join("\x1f"),
          ...(strip && { CARGO_PROFILE_RELEASE_STRIP: strip }),
        },
      },
    );
    const out = join(cache, "modules", `${name}-${form}`);
    await bindgen(join(targetDir, target, folder, "batchlight.wasm"), out, name);
    return out;
  });

// --strip-debug and --strip-producers remove names and tool versions, which only add size. --converge repeats the
// passes until the module no longer shrinks. --low-memory-unused merges offsets into instructions: Rust keeps no data
// in the first kilobyte. --all-features must not be set: binaryen 132 would write compact imports, which fail in Node
// 20, Bun and Deno ("unknown import kind 0x7f"). Without it, wasm-opt reads the section target_features.
export const optimize = ["-Os", "--converge", "--low-memory-unused", "--strip-debug", "--strip-producers"];

/**
 * Runs one of binaryen's programs. Uses a native program in the PATH if it has the version in package.json: it takes a
 * quarter of the time of the one from npm.
 *
 * @param {"wasm-opt" | "wasm2js"} program
 */
export async function runBinaryen(program, args) {
  const { version } = JSON.parse(readFileSync(at("node_modules", "binaryen", "package.json"), "utf8"));
  const found = await attempt(program, ["--version"]);
  if (/\d+/.exec(found ?? "")?.[0] === version.split(".")[0]) return run(program, args);
  return run("node", [at("node_modules", "binaryen", "bin", program), ...args]);
}

/**
 * Builds a module into pkg/dist and writes what its loader reads into pkg/generated.
 *
 * @param {"core" | "files" | "mock"} name
 * @param {"release" | "quick"} form
 */
export async function buildModule(bindgen, name, form) {
  const out = await compile(bindgen, name, form);
  const made = join(out, `${name}_bg.wasm`);
  const file = at("pkg", "dist", `${name}.wasm`);
  mkdirSync(at("pkg", "dist"), { recursive: true });
  if (form === "release") {
    writeFileSync(made, withoutPanics(readFileSync(made)));
    await runBinaryen("wasm-opt", [made, ...optimize, "-o", file]);
  } else copyFileSync(made, file);
  const wasm = readFileSync(file);
  const declarations = readFileSync(join(out, `${name}.d.ts`), "utf8");
  if (name === "core") {
    writeGenerated("embedded.ts", embed(wasm, { halved: true }));
    writeGenerated("unpacker.ts", unpacker());
    writeGenerated("core-imports.ts", importsFor([wasm], "core"));
    const { exports, types, files, answers, readers } = declarationsOf(declarations);
    writeGenerated("core-exports.ts", exports);
    writeGenerated("types.ts", types);
    writeGenerated("files-types.ts", files);
    writeGenerated("answers.ts", answers);
    writeGenerated("answer-readers.ts", readers);
    return;
  }
  writeGenerated(`${name}-embedded.ts`, embed(wasm));
  writeGenerated(`${name}-imports.ts`, importsFor([wasm], name));
  writeGenerated(`${name}-layout.ts`, await layoutOf(wasm, name));
  if (name === "mock") writeGenerated("mock-types.ts", simulatorTypesOf(declarations));
}

/** Generates the number that identifies the version of a module. */
async function layoutOf(wasm, name) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map((each) => [each.name, () => undefined]);
  const { instance } = await WebAssembly.instantiate(wasm, { [`./${name}_bg.js`]: Object.fromEntries(imports) });
  const readLayout = /** @type {() => number} */ (instance.exports[`${name}_layout`]);
  const layout = readLayout() | 0;
  const doc = "/** The number that identifies the module of this version. */";
  return `${doc}\nexport const ${name}Layout = ${layout};\n`;
}

/** Generates the module that unpacks the embedded one. It is small enough to be written as numbers. */
function unpacker() {
  const module = binaryen.parseText(readFileSync(at("scripts", "wasm", "unpack.wat"), "utf8"));
  module.optimize();
  const bytes = module.emitBinary();
  module.dispose();
  return `/** scripts/wasm/unpack.wat, compiled. */\nexport const unpacker = [${bytes.join(",")}] as const;\n`;
}

/** Writes a file of pkg/generated. */
export function writeGenerated(name, text) {
  const folder = at("pkg", "generated");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}

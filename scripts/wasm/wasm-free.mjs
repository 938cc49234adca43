// Builds the wasm-free forms of the modules core and files, for edge runtimes and for pages whose policy forbids
// WebAssembly: the crate is compiled to the first version of WebAssembly and translated to JavaScript by wasm2js.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../process.mjs";
import { embed } from "./embed.mjs";
import { adaptWasm2js, importsFor } from "./glue.mjs";
import { compile, optimize, runBinaryen, writeGenerated } from "./modules.mjs";

// Rust's precompiled standard library uses newer instructions, whatever target-cpu is. The --enable flags allow
// wasm-opt to read them, and the passes replace them.
const lower = [
  ...optimize,
  "--mvp-features",
  "--enable-bulk-memory-opt",
  "--enable-nontrapping-float-to-int",
  "--enable-sign-ext",
  "--enable-mutable-globals",
  "--llvm-nontrapping-fptoint-lowering",
  "--signext-lowering",
  "--llvm-memory-copy-fill-lowering",
];

const declarations =
  "/** Creates an instance of the wasm-free form. */\nexport function instantiate(imports: object): unknown;\n";

/**
 * Writes the wasm-free form of a module: pkg/generated/NAME-wasm-free.js with its declarations and data, and the
 * imports that the module needs in both forms.
 *
 * @param {(input: string, outDir: string, outName: string) => Promise<string>} bindgen from `setUp`
 * @param {"core" | "files"} name the module
 */
export async function buildWasmFree(bindgen, name) {
  const dataFile = `${name}-wasm-free-data`;
  const out = await compile(bindgen, name, "wasm2js");
  const lowered = join(out, "lowered.wasm");
  const script = join(out, "wasm2js.js");
  await runBinaryen("wasm-opt", [join(out, `${name}_bg.wasm`), ...lower, "-o", lowered]);
  await runBinaryen("wasm2js", [lowered, "-O", "-o", script]);
  const { code, data } = adaptWasm2js(readFileSync(script, "utf8"), { module: name, data: dataFile });
  const modules = [at("pkg", "dist", `${name}.wasm`), lowered].map((path) => readFileSync(path));
  writeGenerated(`${name}-imports.ts`, importsFor(modules, name));
  writeGenerated(`${name}-wasm-free.js`, code);
  writeGenerated(`${name}-wasm-free.d.ts`, declarations);
  writeGenerated(`${dataFile}.ts`, embed(data));
}

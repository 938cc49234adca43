// Builds the wasm-free twins of the modules core and files, for edge runtimes and for pages whose policy forbids
// WebAssembly: the crate is compiled to the first version of WebAssembly and translated to JavaScript by wasm2js.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../process.mjs";
import { embed } from "./embed.mjs";
import { adaptTwin, importsFor } from "./glue.mjs";
import { compile, optimize, runBinaryen, writeGenerated } from "./modules.mjs";

// Rust's precompiled standard library uses newer instructions, whatever target-cpu is. The --enable flags allow
// wasm-opt to read them, and the passes replace them.
const optimizeTwin = [
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
  "/** Creates an instance of the wasm-free twin. */\nexport function instantiate(imports: object): unknown;\n";

/**
 * Writes the twin of the core: pkg/generated/{twin.js,twin.d.ts,twin-data.ts}, and the imports that both builds need.
 */
export async function buildCoreTwin(bindgen) {
  const { wasm, code, data } = await translate(bindgen, "core", "twin-data");
  writeGenerated("core-imports.ts", importsFor([readFileSync(at("pkg", "dist", "core.wasm")), wasm], "core"));
  writeGenerated("twin.js", code);
  writeGenerated("twin-data.ts", embed(data));
  writeGenerated("twin.d.ts", declarations);
}

/**
 * Writes the twin of files: pkg/generated/{files-twin.js,files-twin.d.ts,files-twin-data.ts}, and the imports that both
 * builds need.
 */
export async function buildFilesTwin(bindgen) {
  const { wasm, code, data } = await translate(bindgen, "files", "files-twin-data");
  writeGenerated("files-imports.ts", importsFor([readFileSync(at("pkg", "dist", "files.wasm")), wasm], "files"));
  writeGenerated("files-twin.js", code);
  writeGenerated("files-twin.d.ts", declarations);
  writeGenerated("files-twin-data.ts", embed(data));
}

/** Translates a module to JavaScript. Returns it with its data, and the WebAssembly it was made from. */
async function translate(bindgen, name, dataFile) {
  const out = await compile(bindgen, name, "twin");
  const lowered = join(out, "lowered.wasm");
  const script = join(out, "twin.js");
  await runBinaryen("wasm-opt", [join(out, `${name}_bg.wasm`), ...optimizeTwin, "-o", lowered]);
  await runBinaryen("wasm2js", [lowered, "-O", "-o", script]);
  const { code, data } = adaptTwin(readFileSync(script, "utf8"), { module: name, data: dataFile });
  return { code, data, wasm: readFileSync(lowered) };
}

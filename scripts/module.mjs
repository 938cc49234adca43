// From Rust to the two modules, core and files, each in two forms: WebAssembly with its glue, and the wasm-free twin.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { embed } from "./embed.mjs";
import binaryen from "binaryen";
import { adaptGlue, adaptTwin, importsFor } from "./glue.mjs";
import { at, cache, root, run } from "./say.mjs";
import { declarationsOf } from "./declarations.mjs";

const target = "wasm32-unknown-unknown";
const generated = at("pkg", "generated");

// Panic messages carry source paths: these hide the builder's home folder and make the bytes the same on every machine.
export const hidePaths = [
  `--remap-path-prefix=${join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry", "src")}=deps`,
  `--remap-path-prefix=${root}=batchlight`,
];

// --strip-debug, --strip-producers: names and tool versions that only weigh. Never --all-features: binaryen 132 then
// writes compact imports, "unknown import kind 0x7f" in Node 20, Bun and Deno; without it wasm-opt goes by the
// target_features section.
export const optimise = ["-Os", "--strip-debug", "--strip-producers"];

// The twin's input may use nothing newer than the first version of wasm, which is all wasm2js knows. Rust's precompiled
// standard library does use newer instructions whatever target-cpu says; the --enable flags let wasm-opt read those,
// the passes replace them.
const optimiseTwin = [
  ...optimise,
  "--mvp-features",
  "--enable-bulk-memory-opt",
  "--enable-nontrapping-float-to-int",
  "--enable-sign-ext",
  "--enable-mutable-globals",
  "--llvm-nontrapping-fptoint-lowering",
  "--signext-lowering",
  "--llvm-memory-copy-fill-lowering",
];

// Files are read 16 bytes at a time: 1.4 to 2.7 times as fast. The core has nothing to gain, and runs where there is no
// SIMD.
const simd = ["-Ctarget-feature=+simd128"];

/**
 * Writes pkg/dist/core.wasm and
 * pkg/generated/{glue.js,glue.d.ts,types.ts,files-types.ts,answers.ts,embedded.ts,unpacker.ts}.
 */
export async function buildCore(wasmBindgen) {
  const out = await bind(wasmBindgen, "core", { feature: "core", rustFlags: hidePaths });
  mkdirSync(at("pkg", "dist"), { recursive: true });
  await run("node", [bin("wasm-opt"), join(out, "core_bg.wasm"), ...optimise, "-o", at("pkg", "dist", "core.wasm")]);
  write("embedded.ts", embed(readFileSync(at("pkg", "dist", "core.wasm")), { halved: true }));
  write("unpacker.ts", unpacker());
  const declared = declarationsOf(readFileSync(join(out, "core.d.ts"), "utf8"));
  write("glue.js", adaptGlue(readFileSync(join(out, "core.js"), "utf8")));
  write("glue.d.ts", declared.glue);
  write("types.ts", declared.types);
  write("files-types.ts", declared.files);
  write("answers.ts", declared.answers);
}

/** Writes pkg/generated/{twin.js,twin.d.ts,twin-data.ts,twin-glue.js}. */
export async function buildTwin(wasmBindgen) {
  // Stripped whole: without the target_features section wasm-bindgen keeps JavaScript values in an array of its own,
  // not in an externref table, which wasm2js does not know.
  const { glue, code, data } = await twin(wasmBindgen, "twin", "core");
  write("twin.js", code);
  write("twin-data.ts", embed(data));
  write("twin.d.ts", twinDeclarations);
  write("twin-glue.js", adaptGlue(glue, { twin: true }));
}

/**
 * Writes pkg/dist/files.wasm and
 * pkg/generated/{files-embedded.ts,files-twin.js,files-twin.d.ts,files-twin-data.ts,files-imports.ts,files-layout.ts}.
 */
export async function buildFiles(wasmBindgen) {
  const out = await bind(wasmBindgen, "files", { feature: "files", rustFlags: [...hidePaths, ...simd] });
  await run("node", [bin("wasm-opt"), join(out, "files_bg.wasm"), ...optimise, "-o", at("pkg", "dist", "files.wasm")]);
  const wasm = readFileSync(at("pkg", "dist", "files.wasm"));
  const { plain, code, data } = await twin(wasmBindgen, "files-twin", "files");
  write("files-embedded.ts", embed(wasm));
  const layout = (await WebAssembly.instantiate(wasm, anyImports(wasm))).instance.exports.files_layout() | 0;
  write(
    "files-layout.ts",
    `/** What this version's module for files answers, and others do not. */\nexport const filesLayout = ${layout};\n`,
  );
  write("files-imports.ts", importsFor([wasm, readFileSync(plain)]));
  write("files-twin.js", code);
  write("files-twin.d.ts", twinDeclarations);
  write("files-twin-data.ts", embed(data));
}

/** Imports to ask a module one question with. */
export const anyImports = (wasm, name = "files") => ({
  [`./${name}_bg.js`]: Object.fromEntries(
    WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => [name, () => undefined]),
  ),
});

export const twinDeclarations =
  "/** Starts an instance of the wasm-free twin. */\nexport function instantiate(imports: object): unknown;\n";

/** The wasm-free form of a module: its code, its data, the wasm it was made from, and wasm-bindgen's glue for it. */
export async function twin(wasmBindgen, name, feature) {
  // Stripped whole: without the target_features section wasm-bindgen keeps JavaScript values in an array of its own,
  // not in an externref table, which wasm2js does not know.
  const out = await bind(wasmBindgen, name, { feature, rustFlags: [...hidePaths, "-Ctarget-cpu=mvp"], strip: "true" });
  const plain = join(out, "plain.wasm");
  await run("node", [bin("wasm-opt"), join(out, `${feature}_bg.wasm`), ...optimiseTwin, "-o", plain]);
  await run("node", [bin("wasm2js"), plain, "-O", "-o", join(out, "twin.js")]);
  const glue = readFileSync(join(out, `${feature}.js`), "utf8");
  return {
    ...adaptTwin(readFileSync(join(out, "twin.js"), "utf8"), { module: feature, data: `${name}-data` }),
    plain,
    glue,
  };
}

/** The module that unpacks the embedded one, small enough to stand as numbers. */
function unpacker() {
  const module = binaryen.parseText(readFileSync(at("scripts", "unpack.wat"), "utf8"));
  module.optimize();
  const bytes = module.emitBinary();
  module.dispose();
  return `/** scripts/unpack.wat, compiled. */\nexport const unpacker = [${bytes.join(",")}] as const;\n`;
}

/** Compiles the crate and lets wasm-bindgen write its glue; answers the folder both are in. */
export async function bind(wasmBindgen, name, { feature, rustFlags, strip }) {
  // A folder for each set of flags, also apart from plain cargo commands: in a shared one they would undo each other's
  // work.
  const targetDir = at("target", name);
  await run(
    "cargo",
    ["build", "--release", "--target", target, "--features", feature, "--lib", "--target-dir", targetDir],
    {
      env: { CARGO_ENCODED_RUSTFLAGS: rustFlags.join("\x1f"), ...(strip && { CARGO_PROFILE_RELEASE_STRIP: strip }) },
    },
  );
  const out = join(cache, name);
  await wasmBindgen(join(targetDir, target, "release", "batchlight.wasm"), out, feature);
  return out;
}

export const bin = (name) => at("node_modules", "binaryen", "bin", name);

export function write(name, text) {
  mkdirSync(generated, { recursive: true });
  writeFileSync(join(generated, name), text);
}

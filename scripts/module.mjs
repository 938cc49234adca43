// From Rust to the two forms of the module: core.wasm with its glue, and the wasm-free twin with its own.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { embed } from "./embed.mjs";
import binaryen from "binaryen";
import { adaptGlue, adaptTwin } from "./glue.mjs";
import { at, cache, root, run } from "./say.mjs";
import { declarationsOf } from "./declarations.mjs";

const target = "wasm32-unknown-unknown";
const generated = at("pkg", "generated");

// Panic messages carry source paths: these hide the builder's home folder and make the bytes the same on every machine.
const hidePaths = [
  `--remap-path-prefix=${join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry", "src")}=deps`,
  `--remap-path-prefix=${root}=batchlight`,
];

// --strip-debug, --strip-producers: names and tool versions that only weigh. Never --all-features: binaryen 132 then writes
// compact imports, "unknown import kind 0x7f" in Node 20, Bun and Deno; without it wasm-opt goes by the target_features section.
const optimise = ["-Os", "--strip-debug", "--strip-producers"];

// The twin's input may use nothing newer than the first version of wasm, which is all wasm2js knows. Rust's precompiled standard
// library does use newer instructions whatever target-cpu says; the --enable flags let wasm-opt read those, the passes replace them.
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

/** Writes pkg/dist/core.wasm and pkg/generated/{glue.js,glue.d.ts,types.ts,embedded.ts}. */
export async function buildCore(wasmBindgen) {
  const out = await bind(wasmBindgen, "core", { rustFlags: hidePaths });
  mkdirSync(at("pkg", "dist"), { recursive: true });
  await run("node", [bin("wasm-opt"), join(out, "core_bg.wasm"), ...optimise, "-o", at("pkg", "dist", "core.wasm")]);
  write("embedded.ts", embed(readFileSync(at("pkg", "dist", "core.wasm")), { halved: true }));
  write("unpacker.ts", unpacker());
  const declared = declarationsOf(readFileSync(join(out, "core.d.ts"), "utf8"));
  write("glue.js", adaptGlue(readFileSync(join(out, "core.js"), "utf8")));
  write("glue.d.ts", declared.glue);
  write("types.ts", declared.types);
  write("answers.ts", declared.answers);
}

/** Writes pkg/generated/{twin.js,twin.d.ts,twin-data.ts,twin-glue.js}. */
export async function buildTwin(wasmBindgen) {
  // Stripped whole: without the target_features section wasm-bindgen keeps JavaScript values in an array of its own, not in an
  // externref table, which wasm2js does not know.
  const out = await bind(wasmBindgen, "twin", { rustFlags: [...hidePaths, "-Ctarget-cpu=mvp"], strip: "true" });
  const plain = join(out, "plain.wasm");
  await run("node", [bin("wasm-opt"), join(out, "core_bg.wasm"), ...optimiseTwin, "-o", plain]);
  await run("node", [bin("wasm2js"), plain, "-O", "-o", join(out, "twin.js")]);
  const { code, data } = adaptTwin(readFileSync(join(out, "twin.js"), "utf8"));
  write("twin.js", code);
  write("twin-data.ts", embed(data));
  write("twin.d.ts", "/** Starts an instance of the wasm-free twin. */\nexport function instantiate(imports: object): unknown;\n");
  write("twin-glue.js", adaptGlue(readFileSync(join(out, "core.js"), "utf8"), { twin: true }));
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
async function bind(wasmBindgen, name, { rustFlags, strip }) {
  // A folder for each set of flags, also apart from plain cargo commands: in a shared one they would undo each other's work.
  const targetDir = at("target", name);
  await run("cargo", ["build", "--release", "--target", target, "--features", "wasm", "--lib", "--target-dir", targetDir], {
    env: { CARGO_ENCODED_RUSTFLAGS: rustFlags.join("\x1f"), ...(strip && { CARGO_PROFILE_RELEASE_STRIP: strip }) },
  });
  const out = join(cache, name);
  await run(wasmBindgen, [
    // The one output that can be started from bytes by plain calls; every runtime is served from it.
    ...["--target", "web"],
    // __wbg_reset_state: a fresh instance after a trap. Without it one stack overflow ends the package for good.
    "--experimental-reset-state-function",
    // No `new URL("core_bg.wasm", import.meta.url)`: bundlers would copy a second .wasm or fail on it.
    "--omit-default-module-path",
    ...["--out-dir", out, "--out-name", "core"],
    join(targetDir, target, "release", "batchlight.wasm"),
  ]);
  return out;
}

const bin = (name) => at("node_modules", "binaryen", "bin", name);

function write(name, text) {
  mkdirSync(generated, { recursive: true });
  writeFileSync(join(generated, name), text);
}

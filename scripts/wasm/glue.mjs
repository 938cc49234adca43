// What wasm-bindgen and wasm2js write, made fit for every runtime. Each change is by exact text, and a text that is not
// there stops the build: a new version of either tool may have changed what it relied on.
import { ScriptError } from "../process.mjs";

/**
 * Adapts wasm-bindgen's glue (`--target web`):
 * - all loading is cut out; what remains is `start(instantiate)`, so that the module's form and its compiling are the
 *   loader's matter
 * - `__wbg_reset_state` instantiates the same way, so that it works for the wasm-free twin too
 * - TextDecoder and TextEncoder are not touched before the first call: Jest with jsdom and older Hermes have none
 * - `exportsOf()` gives the live instance's raw exports; they change with every reset
 */
export function adaptGlue(glue, { twin = false } = {}) {
  let text = glue.replace(/^\/\* @ts-self-types=.*\n/, "");
  text = cutFrom(text, "let wasmModule, wasmInstance, wasm;\n", "the start of the loading code");
  text = replace(
    text,
    [
      "    wasmInstance = new WebAssembly.Instance(wasmModule, __wbg_get_imports());\n",
      "    wasm = wasmInstance.exports;\n",
      "    wasm.__wbindgen_start();\n",
    ].join(""),
    // The twin has no start function, yet wasm-bindgen 0.2.130 calls it here.
    "    wasm = instantiate(__wbg_get_imports());\n    wasm.__wbindgen_start?.();\n",
    "the instantiation in __wbg_reset_state",
  );
  if (text.includes("cachedTextDecoder")) text = lazyDecoder(text);
  if (text.includes("cachedTextEncoder")) text = lazyEncoder(text);
  if (twin) text = freshViews(text);
  text = `import { newDecoder, newEncoder } from "../src/runtime/utf8.ts";\n\n${text}${ending}`;
  for (const word of [
    "WebAssembly",
    "new TextDecoder",
    "new TextEncoder",
    "fetch(",
    "new URL",
    "import.meta",
    "console.",
  ]) {
    if (text.includes(word))
      throw new ScriptError(
        `wasm-bindgen's glue still holds \`${word}\`: scripts/wasm/glue.mjs does not know this version`,
      );
  }
  return text;
}

const ending = `let instantiate, wasm;

export function start(how) {
    instantiate = how;
    __wbg_reset_state();
}

export const exportsOf = () => wasm;
`;

function lazyDecoder(text) {
  const made = "new TextDecoder('utf-8', { ignoreBOM: true })";
  let out = replace(
    text,
    `let cachedTextDecoder = ${made};\ncachedTextDecoder.decode();\n`,
    "let cachedTextDecoder;\n",
    "the decoder's making",
  );
  out = replace(
    out,
    "if (numBytesDecoded >= MAX",
    "if (cachedTextDecoder === undefined || numBytesDecoded >= MAX",
    "the decoder's renewal",
  );
  return replace(
    out,
    `cachedTextDecoder = ${made};\n        cachedTextDecoder.decode();\n`,
    "cachedTextDecoder = newDecoder();\n",
    "the decoder's remaking",
  );
}

function lazyEncoder(text) {
  const start = text.indexOf("const cachedTextEncoder = new TextEncoder();\n");
  const end = text.indexOf("let WASM_VECTOR_LEN");
  if (start < 0 || end < start) throw missing("the encoder's making");
  const made = "let cachedTextEncoder;\nconst encoder = () => (cachedTextEncoder ??= newEncoder());\n\n";
  const whole = `${text.slice(0, start)}${made}${text.slice(end)}`;
  return whole.replaceAll(/cachedTextEncoder\.(encode(?:Into)?)\(/g, "encoder().$1(");
}

// When wasm memory grows its old buffer is detached, and by that the glue knows that its views are stale. The twin's
// old buffer just lives on: reading it would give old bytes without any error.
function freshViews(text) {
  const stale = (view) => `${view} === null || ${view}.buffer !== wasm.memory.buffer`;
  let out = text;
  for (const [, condition, view] of text.matchAll(/if \(((cached\w+Memory0) === null \|\| .*)\) \{\n/g))
    out = out.replace(condition, stale(view));
  const views = out.match(/cached\w+Memory0 === null/g)?.length ?? 0;
  if (views === 0 || views !== out.match(/^let cached\w+Memory0 = null/gm)?.length)
    throw missing("the making of memory views");
  return out;
}

/**
 * What an instance of a module without glue imports, written out. Its exports take and give numbers only, so
 * wasm-bindgen's glue for it comes down to two functions, and many instances can live side by side.
 *
 * @param {Uint8Array<ArrayBuffer>[]} modules all forms of the module
 * @param {string} name the module's name
 * @returns {string} a TypeScript module that exports `importsOf`
 */
export function importsFor(modules, name = "files") {
  const lines = new Map();
  for (const { module, name: imported, kind } of modules.flatMap((bytes) =>
    WebAssembly.Module.imports(new WebAssembly.Module(bytes)),
  )) {
    const made = imported.includes("_throw_")
      ? "fail"
      : /init_externref_table|object_drop_ref/.test(imported)
        ? "() => undefined"
        : undefined;
    if (kind !== "function" || module !== `./${name}_bg.js` || !made)
      throw missing(`a place for the import ${imported}`);
    lines.set(imported, `    ${imported}: ${made},\n`);
  }
  const members = [...lines.values()].sort().join("");
  // A module that cannot throw does not import the function; TypeScript wants an underscore then.
  const fail = members.includes(": fail,") ? "fail" : "_fail";
  return `/** The imports of an instance of the module: \`fail\` is told the address and the length of a message. */
export const importsOf = (${fail}: (address: number, length: number) => never): WebAssembly.Imports => ({
  "./${name}_bg.js": {
${members}  },
});
`;
}

/**
 * Adapts wasm2js's output, a module that imports its glue and starts at once, into one function that starts an instance
 * when it is asked to, any number of times. Its data leave it: in base64 their texts would weigh twice as much once
 * compressed.
 *
 * @returns {{ code: string, data: Buffer }} the module, which reads its data by `bytesOf` from the file `data` beside
 * it; the data
 */
export function adaptTwin(text, { module = "core", data: dataFile = "twin-data" } = {}) {
  // Not there where the module imports nothing.
  let code = text.replace(`import * as $_${module}_bg_js from './${module}_bg.js';\n`, "");
  code = cutFrom(code, "var retasmFunc = asmFunc(", "the start of the module");
  const decoder = / {2}var base64ReverseLookup = [\s\S]*?(?=function initActiveSegments)/;
  if (!decoder.test(code)) throw missing("the data's decoder");
  const segments = [];
  let length = 0;
  code = code
    .replace(decoder, "")
    .replaceAll(/base64DecodeToExistingUint8Array\(bufferView, (\d+), "([^"]*)"\);/g, (_, address, base64) => {
      const segment = Buffer.from(base64, "base64");
      segments.push(segment);
      const start = length;
      length += segment.length;
      return `bufferView.set(data.subarray(${start}, ${length}), ${address});`;
    });
  if (length === 0 || code.includes("base64")) throw missing("the data");
  code = replace(
    code,
    "function initActiveSegments(imports) {\n",
    "function initActiveSegments(imports) {\n  const data = bytesOf(embedded);\n",
    "the data's setting",
  );
  const imports = [
    `import * as embedded from "./${dataFile}.ts";\n`,
    'import { bytesOf } from "../src/runtime/load/embedded.ts";\n\n',
  ].join("");
  return {
    code: `${imports}export function instantiate(imports) {\n${code}return asmFunc(imports);\n}\n`,
    data: Buffer.concat(segments),
  };
}

const missing = (what) =>
  new ScriptError(
    `${what} was not found in generated code: scripts/wasm/glue.mjs does not know this version of the tool`,
  );

function replace(text, from, to, what) {
  if (text.split(from).length !== 2) throw missing(what);
  return text.replace(from, () => to);
}

function cutFrom(text, from, what) {
  if (text.split(from).length !== 2) throw missing(what);
  return text.slice(0, text.indexOf(from));
}

// Adapts the output of wasm-bindgen and wasm2js to every runtime, by exact replacements. The build stops if a text to
// replace is missing, because a new version of the tool may work in another way.
import { ScriptError } from "../process.mjs";

/**
 * Adapts wasm-bindgen's glue (`--target web`):
 * - All loading code is replaced by `start(instantiate)`: the loader compiles and instantiates the module.
 * - `__wbg_reset_state` instantiates in the same way, so that it works for the wasm-free build, too.
 * - TextDecoder and TextEncoder are created at the first call: Jest with jsdom and older Hermes do not have them.
 * - `exportsOf()` returns the exports of the current instance, which every reset replaces.
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
    // The wasm-free build has no start function, but wasm-bindgen 0.2.130 calls it here.
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
        `expected no \`${word}\` in the adapted glue of wasm-bindgen; adapt scripts/wasm/glue.mjs to this version`,
      );
  }
  return text;
}

const ending = `let instantiate, wasm;

export function start(instantiator) {
    instantiate = instantiator;
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
    "the creation of the decoder",
  );
  out = replace(
    out,
    "if (numBytesDecoded >= MAX",
    "if (cachedTextDecoder === undefined || numBytesDecoded >= MAX",
    "the renewal of the decoder",
  );
  return replace(
    out,
    `cachedTextDecoder = ${made};\n        cachedTextDecoder.decode();\n`,
    "cachedTextDecoder = newDecoder();\n",
    "the second creation of the decoder",
  );
}

function lazyEncoder(text) {
  const start = text.indexOf("const cachedTextEncoder = new TextEncoder();\n");
  const end = text.indexOf("let WASM_VECTOR_LEN");
  if (start < 0 || end < start) throw missing("the creation of the encoder");
  const made = "let cachedTextEncoder;\nconst encoder = () => (cachedTextEncoder ??= newEncoder());\n\n";
  const whole = `${text.slice(0, start)}${made}${text.slice(end)}`;
  return whole.replaceAll(/cachedTextEncoder\.(encode(?:Into)?)\(/g, "encoder().$1(");
}

// When WebAssembly memory grows, its old buffer is detached, which tells the glue that its views are stale. In the
// wasm-free build the old buffer stays readable and would return old bytes without an error.
function freshViews(text) {
  const stale = (view) => `${view} === null || ${view}.buffer !== wasm.memory.buffer`;
  let out = text;
  for (const [, condition, view] of text.matchAll(/if \(((cached\w+Memory0) === null \|\| .*)\) \{\n/g))
    out = out.replace(condition, stale(view));
  const views = out.match(/cached\w+Memory0 === null/g)?.length ?? 0;
  if (views === 0 || views !== out.match(/^let cached\w+Memory0 = null/gm)?.length)
    throw missing("the creation of memory views");
  return out;
}

/**
 * Generates the imports of a module without wasm-bindgen's glue. Its exports take and return only numbers, so that it
 * needs two functions, and several instances can exist at the same time.
 *
 * @param {Uint8Array<ArrayBuffer>[]} modules all builds of the module
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
      throw missing(`the implementation of the import ${imported}`);
    lines.set(imported, `    ${imported}: ${made},\n`);
  }
  const members = [...lines.values()].sort().join("");
  // A module that cannot throw does not import `fail`. TypeScript requires an underscore for an unused parameter.
  const fail = members.includes(": fail,") ? "fail" : "_fail";
  return `/** The imports of an instance of the module. \`fail\` gets the address and the length of a message. */
export const importsOf = (${fail}: (address: number, length: number) => never): WebAssembly.Imports => ({
  "./${name}_bg.js": {
${members}  },
});
`;
}

/**
 * Adapts the output of wasm2js, a module that starts when it is imported, to a function that creates an instance at
 * every call. Moves the module's data to a separate file: in base64 they would be twice as large after compression.
 *
 * @returns {{ code: string, data: Buffer }} the module, which reads its data from the file named by `data`; and the
 * data
 */
export function adaptTwin(text, { module = "core", data: dataFile = "twin-data" } = {}) {
  // A module without imports does not have this line.
  let code = text.replace(`import * as $_${module}_bg_js from './${module}_bg.js';\n`, "");
  code = cutFrom(code, "var retasmFunc = asmFunc(", "the start of the module");
  const decoder = / {2}var base64ReverseLookup = [\s\S]*?(?=function initActiveSegments)/;
  if (!decoder.test(code)) throw missing("the decoder of the data");
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
    "the initialization of the data",
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
  new ScriptError(`expected ${what} in generated code; adapt scripts/wasm/glue.mjs to this version of the tool`);

function replace(text, from, to, what) {
  if (text.split(from).length !== 2) throw missing(what);
  return text.replace(from, () => to);
}

function cutFrom(text, from, what) {
  if (text.split(from).length !== 2) throw missing(what);
  return text.slice(0, text.indexOf(from));
}

// Replaces the glue of wasm-bindgen, and adapts the output of wasm2js to every runtime by exact replacements. The build
// stops if a text to replace is missing, because a new version of the tool may work in another way.
import { ScriptError } from "../process.mjs";

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
export function adaptWasm2js(text, { module = "core", data: dataFile = "core-wasm-free-data" } = {}) {
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

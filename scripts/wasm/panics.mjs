// Removes the code that composes panic messages from a module. Nobody sees the messages, because a panic ends in the
// instruction `unreachable`. Without this step, the formatting code of the standard library would stay in the module.

/** The functions of the standard library that start a panic, by their names. */
const panics = [
  /^(core|std)(\[\w+\])?::panicking::(?!panic_count)/,
  /^<?core(\[\w+\])?::.*::(panic_\w+|\w+_fail|\w+_fail_rt|\w+_failed)(::|$)/,
  /^alloc(\[\w+\])?::(raw_vec::(handle_error|capacity_overflow)|alloc::handle_alloc_error|.*::assert_failed)(::|$)/,
  /^std(\[\w+\])?::(alloc::rust_oom|thread::local::panic_access_error|process::abort)(::|$)/,
  /^__rustc(\[\w+\])?::(rust_begin_unwind|__rust_alloc_error_handler)(::|$)/,
];

/** The body `unreachable`, without locals. */
const unreachable = [3, 0, 0, 0x0b];

/**
 * Replaces the bodies of the functions that panic by the instruction `unreachable`. wasm-opt then removes what only
 * they used.
 *
 * @param {Uint8Array} bytes a module with a name section
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function withoutPanics(bytes) {
  const names = functionNames(bytes);
  const imported = importedFunctions(bytes);
  const parts = [Buffer.from(bytes.subarray(0, 8))];
  let replaced = 0;
  for (const { id, start, content, end } of sectionsOf(bytes)) {
    if (id !== codeSection) {
      parts.push(Buffer.from(bytes.subarray(start, end)));
      continue;
    }
    const reader = readerOf(bytes, content);
    const count = reader.number();
    const bodies = [Buffer.from(encoded(count))];
    for (let index = 0; index < count; index++) {
      const from = reader.position;
      const size = reader.number();
      reader.position += size;
      const name = names.get(imported + index) ?? "";
      // A function that never returns ends with the instruction `unreachable`.
      const neverReturns = bytes[reader.position - 2] === 0 && bytes[reader.position - 1] === 0x0b;
      const isPanic = neverReturns && panics.some((pattern) => pattern.test(name));
      if (isPanic) replaced++;
      bodies.push(isPanic ? Buffer.from(unreachable) : Buffer.from(bytes.subarray(from, reader.position)));
    }
    const code = Buffer.concat(bodies);
    parts.push(Buffer.from([codeSection, ...encoded(code.length)]), code);
  }
  if (replaced === 0) throw new Error("expected functions that panic in the module; adapt scripts/wasm/panics.mjs");
  return new Uint8Array(Buffer.concat(parts));
}

const customSection = 0;
const codeSection = 10;

/** Reads numbers and strings of the binary format from a position. */
function readerOf(bytes, start) {
  const reader = {
    position: start,
    number() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[reader.position++];
        value += (byte & 127) * 2 ** shift;
        if (byte < 128) return value;
      }
    },
    string() {
      const length = reader.number();
      reader.position += length;
      return Buffer.from(bytes.subarray(reader.position - length, reader.position)).toString();
    },
  };
  return reader;
}

/** A number in the binary format. */
function encoded(number) {
  const bytes = [];
  for (let rest = number; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest & 127) | 128);
  }
}

function* sectionsOf(bytes) {
  for (let start = 8; start < bytes.length; ) {
    const reader = readerOf(bytes, start + 1);
    const size = reader.number();
    const content = reader.position;
    yield { id: bytes[start], start, content, end: content + size };
    start = content + size;
  }
}

/** The number of imported functions, which come before the others. */
const importedFunctions = (bytes) =>
  WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter(({ kind }) => kind === "function").length;

/** The names of all functions, by index. */
function functionNames(bytes) {
  const names = new Map();
  for (const { id, content, end } of sectionsOf(bytes)) {
    const reader = readerOf(bytes, content);
    if (id !== customSection || reader.string() !== "name") continue;
    while (reader.position < end) {
      const kind = bytes[reader.position++];
      const size = reader.number();
      const after = reader.position + size;
      if (kind === 1) for (let left = reader.number(); left > 0; left--) names.set(reader.number(), reader.string());
      reader.position = after;
    }
  }
  return names;
}

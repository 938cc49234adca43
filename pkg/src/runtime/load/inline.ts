// The loader of the default entry. The module is embedded in the JavaScript file and compiled by the first call. It
// needs no fetch, file, URL or await, and so no support by bundlers, servers and test runners.
import { head, length, shifts, singles, tail, values } from "../../../generated/embedded.js";
import { bytesOf, type Embedded } from "./embedded.js";
import { instantiator, type Instantiate } from "./loader.js";
import { loadError } from "./load-error.js";
import { unpacked } from "./unpack.js";

// Imported by name: a namespace would be an object with getters, created at every import.
const embedded: Embedded = {
  length,
  shifts,
  singles,
  values,
  get text() {
    return head() + tail();
  },
};

export function load(): Instantiate {
  try {
    return instantiator(new WebAssembly.Module(unpacked(embedded)));
  } catch (error) {
    throw explain(error);
  }
}

export async function prepare(): Promise<Instantiate> {
  try {
    // Not by `unpacked`: where this function is needed, even its small module may not be compiled synchronously.
    return instantiator(await WebAssembly.compile(bytesOf(embedded)));
  } catch (error) {
    throw explain(error);
  }
}

// The embedded module is valid, so the page or runtime forbids WebAssembly. A lack of memory or stack is returned as it
// is.
function explain(cause: unknown): unknown {
  if (cause instanceof RangeError || (cause instanceof Error && cause.name === "InternalError")) {
    if (!/disallowed|larger/.test(cause.message)) return cause;
    return loadError(
      "wasm_too_large",
      "this browser compiles WebAssembly only asynchronously: call `await init()` once before any other function, " +
        'or import "batchlight/js", which needs no WebAssembly',
      cause,
    );
  }
  return loadError(
    "wasm_blocked",
    "WebAssembly is not allowed here: under a Content-Security-Policy add 'wasm-unsafe-eval' to script-src; " +
      "in an edge runtime let the bundler use its export condition (workerd, edge-light); " +
      'or import "batchlight/js", which needs no WebAssembly',
    cause,
  );
}

// The loader of the default entry: the module is in the file, as text, and is compiled at the first call. No fetch,
// file, URL or await means that no bundler, server or test runner has to know about it.
import { head, length, shifts, singles, tail, values } from "../../../generated/embedded.js";
import { bytesOf, type Embedded } from "./embedded.js";
import { instantiator, type Instantiate } from "./loader.js";
import { problem } from "./load-error.js";
import { unpacked } from "./unpack.js";

// By name: a namespace would be an object with getters, made at every import.
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
    throw refusal(error);
  }
}

export async function prepare(): Promise<Instantiate> {
  try {
    // Not by the small module: where this is needed, compiling at once may be refused even to it.
    return instantiator(await WebAssembly.compile(bytesOf(embedded)));
  } catch (error) {
    throw refusal(error);
  }
}

// The bytes are known to be good, so what goes wrong is the place's refusal, or a shortage that is not about the
// module.
function refusal(cause: unknown): unknown {
  if (cause instanceof RangeError || (cause instanceof Error && cause.name === "InternalError")) {
    if (!/disallowed|larger/.test(cause.message)) return cause;
    return problem(
      "wasm_too_large",
      "this browser compiles WebAssembly only asynchronously: call `await init()` once before the first other call, " +
        'or import "batchlight/js", which needs no WebAssembly',
      cause,
    );
  }
  return problem(
    "wasm_blocked",
    "WebAssembly is not allowed here: under a Content-Security-Policy add 'wasm-unsafe-eval' to script-src; " +
      "in an edge runtime let the bundler use its export condition (workerd, edge-light); " +
      'or import "batchlight/js", which needs no WebAssembly',
    cause,
  );
}

// The loader of the slim entry: the caller brings core.wasm, as bytes, a response, an address or a compiled module.
import { instantiator, type Instantiate } from "./loader.js";
import { problem } from "./load-error.js";

/** What a module can be made of at once. */
export type ModuleBytes = WebAssembly.Module | BufferSource;

/** What a module can be made of in time: also an address to fetch, or a response. */
export type ModuleSource = ModuleBytes | Response | URL | string;

let given: Instantiate | undefined;

export function load(): Instantiate {
  if (given) return given;
  throw problem(
    "not_loaded",
    "batchlight/slim has no module yet: first call `await init(source)` or `initSync(module)` " +
      'with batchlight/core.wasm, or import "batchlight", which carries it',
  );
}

export async function prepare(source?: unknown): Promise<Instantiate> {
  if (source !== undefined) given = instantiator(await compileAsync(source as ModuleSource));
  return load();
}

/** Compiles at once and keeps the module for {@link load}. */
export function give(bytes: ModuleBytes): void {
  try {
    given = instantiator(isModule(bytes) ? bytes : new WebAssembly.Module(bytes));
  } catch (error) {
    throw unusable(error);
  }
}

/** Compiles what was given as one of the package's modules, fetching it if need be. */
export async function compileAsync(
  source: ModuleSource | PromiseLike<ModuleSource>,
  name = "core.wasm",
): Promise<WebAssembly.Module> {
  const settled = await source;
  const found = typeof settled === "string" || isA("URL", settled) ? await fetch(settled as string | URL) : settled;
  if (isModule(found)) return found;
  if (isA("Response", found)) {
    const response = found as Response;
    if (!response.ok) {
      throw problem(
        "wrong_module",
        `${name} could not be fetched: ${response.url || "the server"} answered with status ${response.status}`,
      );
    }
    // compileStreaming insists on the media type application/wasm, which many servers do not send; the bytes are
    // enough.
    return compileBytes(await response.arrayBuffer(), name);
  }
  return compileBytes(found as BufferSource, name);
}

async function compileBytes(bytes: BufferSource, name: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw unusable(error, name);
  }
}

const unusable = (cause: unknown, name = "core.wasm") =>
  problem(
    "wrong_module",
    `what was given as batchlight/${name} could not be compiled: ` +
      `${cause instanceof Error ? cause.message : String(cause)}; ` +
      "give that file's bytes, a Response with them, its address, or a WebAssembly.Module of it",
    cause,
  );

// By tag: a module from another realm (vm context, Next's edge sandbox) is no `instanceof`.
const isA = (tag: string, value: unknown): boolean => Object.prototype.toString.call(value) === `[object ${tag}]`;
const isModule = (value: unknown): value is WebAssembly.Module => isA("WebAssembly.Module", value);

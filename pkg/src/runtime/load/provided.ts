// The loader of the slim entry. The caller provides core.wasm as bytes, a response, a URL or a compiled module.
import { messageOf } from "../../common/thrown.js";
import { instantiator, type Instantiate } from "./loader.js";
import { loadError } from "./load-error.js";

/** A module that can be compiled synchronously: its bytes, or one that is compiled already. */
export type ModuleBytes = WebAssembly.Module | BufferSource;

/** A module that can be compiled asynchronously: also a response, or the URL to fetch it from. */
export type ModuleSource = ModuleBytes | Response | URL | string;

let provided: Instantiate | undefined;

export function load(): Instantiate {
  if (provided) return provided;
  throw loadError(
    "not_loaded",
    "batchlight/slim has no module yet: call `await init(source)` or `initSync(module)` " +
      'with batchlight/core.wasm, or import "batchlight", which carries it',
  );
}

export async function prepare(source?: unknown): Promise<Instantiate> {
  if (source !== undefined) provided = instantiator(await compileAsync(source as ModuleSource));
  return load();
}

/** Compiles a module synchronously and keeps it for {@link load}. */
export function provide(bytes: ModuleBytes): void {
  try {
    provided = instantiator(isModule(bytes) ? bytes : new WebAssembly.Module(bytes));
  } catch (error) {
    throw unusable(error);
  }
}

/** Compiles one of the package's modules; fetches it if the source is a URL. `name` is its file, for errors. */
export async function compileAsync(
  source: ModuleSource | PromiseLike<ModuleSource>,
  name = "core.wasm",
): Promise<WebAssembly.Module> {
  const resolved = await source;
  const fetched =
    typeof resolved === "string" || isA("URL", resolved) ? await fetch(resolved as string | URL) : resolved;
  if (isModule(fetched)) return fetched;
  if (isA("Response", fetched)) {
    const response = fetched as Response;
    if (!response.ok) {
      throw loadError(
        "wrong_module",
        `${name} could not be fetched: ${response.url || "the server"} returned HTTP ${response.status}; check the URL`,
      );
    }
    // Not compileStreaming: it requires the media type application/wasm, which many servers do not send.
    return compileBytes(await response.arrayBuffer(), name);
  }
  return compileBytes(fetched as BufferSource, name);
}

async function compileBytes(bytes: BufferSource, name: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw unusable(error, name);
  }
}

const unusable = (cause: unknown, name = "core.wasm") =>
  loadError(
    "wrong_module",
    `batchlight/${name} could not be compiled: ${messageOf(cause)}; ` +
      "pass the bytes of that file, a Response with them, its URL, or a compiled WebAssembly.Module",
    cause,
  );

// By tag: `instanceof` fails for objects of another realm, such as a vm context or Next's edge sandbox.
const isA = (tag: string, value: unknown): boolean => Object.prototype.toString.call(value) === `[object ${tag}]`;
const isModule = (value: unknown): value is WebAssembly.Module => isA("WebAssembly.Module", value);

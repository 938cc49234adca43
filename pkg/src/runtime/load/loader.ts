// The interface of the loaders. Each entry is built with one of them, which wasm-instance.ts imports as `#load`.

/** Creates an instance from the glue's imports and returns its exports. Called again whenever the instance restarts. */
export type Instantiate = (imports: WebAssembly.Imports) => unknown;

/** The functions that every loader exports. */
export interface Loader {
  /** Loads the module synchronously. Throws an error that says what the caller can do instead. */
  load(): Instantiate;
  /** Loads the module without blocking, where possible. Only the slim entry's loader uses the source. */
  prepare(source?: unknown): Promise<Instantiate>;
}

/** Instantiates a compiled module. */
export const instantiator =
  (module: WebAssembly.Module): Instantiate =>
  (imports) =>
    new WebAssembly.Instance(module, imports).exports;

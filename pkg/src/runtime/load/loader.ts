/** Makes an instance from the glue's imports and gives its exports; called again for every fresh start. */
export type Instantiate = (imports: WebAssembly.Imports) => unknown;

/**
 * What each loader offers. core.ts imports `#load`, and the build puts the loader of the entry it is making in its
 * place.
 */
export interface Loader {
  /** Gives the module at once, or throws a problem that says what the caller can do. */
  load(): Instantiate;
  /** Gives the module without blocking, where that is possible. Only the slim entry's loader has a use for a source. */
  prepare(source?: unknown): Promise<Instantiate>;
}

/** How a compiled module is instantiated. */
export const instantiator =
  (module: WebAssembly.Module): Instantiate =>
  (imports) =>
    new WebAssembly.Instance(module, imports).exports;

/**
 * The compiled module, where the runtime or the bundler imports `.wasm` files as modules; for `initSync` of
 * `batchlight/slim`.
 */
declare const module: WebAssembly.Module;
export default module;

/**
 * The compiled module for files, where the runtime or the bundler imports `.wasm` files as modules; for `initFiles` of
 * `batchlight/slim`.
 */
declare const module: WebAssembly.Module;
export default module;

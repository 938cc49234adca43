// The loader of the wasm-free entry: the same module, translated to JavaScript by wasm2js.
import { instantiate } from "#core-wasm-free";
import type { Instantiate } from "./loader.js";

export const load = (): Instantiate => instantiate;

export const prepare = (): Promise<Instantiate> => Promise.resolve(instantiate);

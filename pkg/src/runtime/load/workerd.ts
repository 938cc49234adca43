// The loader of the workerd entry (Cloudflare Workers). Workers cannot compile code at run time, but they can import a
// .wasm file as a compiled module.
import module from "#core.wasm";
import { instantiator, type Instantiate } from "./loader.js";

export const load = (): Instantiate => instantiator(module);

export const prepare = (): Promise<Instantiate> => Promise.resolve(load());

// The loader of the workerd entry (Cloudflare Workers): code may not be compiled there at run time, but a .wasm file
// may be imported as a module that is compiled already.
import module from "#core.wasm";
import { instantiator, type Instantiate } from "./loader.js";

export const load = (): Instantiate => instantiator(module);

export const prepare = (): Promise<Instantiate> => Promise.resolve(load());

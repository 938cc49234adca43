// The loader for workerd (Cloudflare Workers), which imports a .wasm file as a compiled module.
import module from "#files.wasm";
import { type InstantiateFiles, instantiatorOf } from "./module.js";

export const load = (): Promise<InstantiateFiles> => Promise.resolve(instantiatorOf(module));

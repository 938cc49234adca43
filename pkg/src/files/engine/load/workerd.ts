// The loader for workerd (Cloudflare Workers), where a .wasm file is imported as a module that is compiled already.
import module from "#files.wasm";
import { type InstantiateFiles, instantiatorOf } from "./module.js";

export const load = (): Promise<InstantiateFiles> => Promise.resolve(instantiatorOf(module));

// The loader without WebAssembly: the module translated to JavaScript by wasm2js.
import { instantiate } from "../../../../generated/files-wasm-free.js";
import type { FilesExports, InstantiateFiles } from "./module.js";

export const load = (): Promise<InstantiateFiles> =>
  Promise.resolve(async (imports) => instantiate(imports) as FilesExports);

// The loader without WebAssembly: the same module, turned into JavaScript by wasm2js.
import { instantiate } from "../../../../generated/files-twin.js";
import type { FilesExports, InstantiateFiles } from "./module.js";

export const load = (): Promise<InstantiateFiles> =>
  Promise.resolve(async (imports) => instantiate(imports) as FilesExports);

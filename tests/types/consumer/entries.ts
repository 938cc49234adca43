// The other entries have the same types.
import * as main from "batchlight";
import * as wasmFree from "batchlight/js";
import * as slim from "batchlight/slim";
import { type Equal, proved, some } from "./equal.js";

proved<Equal<typeof wasmFree.parseBatch, typeof main.parseBatch>>();
proved<Equal<typeof slim.describeBatch, typeof main.describeBatch>>();
proved<Equal<keyof typeof wasmFree, keyof typeof main>>();
proved<Equal<Exclude<keyof typeof slim, keyof typeof main>, "initSync" | "initFiles">>();

slim.initSync(some<Uint8Array>());
slim.initSync(some<ArrayBuffer>());
const ready: Promise<void>[] = [
  "/core.wasm",
  new URL("https://example.com/core.wasm"),
  some<Response>(),
  some<Promise<Response>>(),
  some<WebAssembly.Module>(),
].map((source) => slim.init(source));
void ready;

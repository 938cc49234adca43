// The one place that knows the simulator's instance: started by the first call, and afresh by the first one after a
// failure.
import * as loader from "#load-mock";
import { mockLayout } from "../../generated/mock-layout.js";
import { importsOf } from "../../generated/mock-imports.js";
import { loadError } from "../runtime/load/load-error.js";
import { newDecoder, newEncoder } from "../runtime/utf8.js";
import type { InstantiateMock, MockExports, MockLoader } from "./load/module.js";

const { load }: MockLoader = loader;

let instantiate: InstantiateMock | undefined;
let live: MockExports | undefined;

/** What can be asked of the module. */
export type Question = "wire" | "course" | "fates" | "rejections";

/** Asks the module; gives the answer's bytes. */
export function ask(question: Question, given: unknown, now = 0): Uint8Array<ArrayBuffer> {
  const text = newEncoder().encode(JSON.stringify(given) ?? "null");
  live ??= start();
  const exports = live;
  try {
    const room = exports.reserve(text.length) >>> 0;
    new Uint8Array(exports.memory.buffer, room, text.length).set(text);
    const address = exports[question](now) >>> 0;
    return new Uint8Array(exports.memory.buffer as ArrayBuffer, address, exports.answer_length() >>> 0).slice();
  } catch (error) {
    live = undefined;
    const told = error instanceof Error ? error.message : String(error);
    throw loadError(
      "internal",
      `the call could not be finished: ${told}; the module starts afresh with the next call`,
      error,
    );
  }
}

/** Asks the module; gives what the answer says. */
export const askFor = (question: Question, given: unknown, now?: number): unknown =>
  JSON.parse(newDecoder().decode(ask(question, given, now)));

function start(): MockExports {
  instantiate ??= load();
  let exports: MockExports | undefined;
  const imports = importsOf((address, length) => {
    throw new Error(newDecoder().decode(new Uint8Array(exports!.memory.buffer, address >>> 0, length >>> 0)));
  });
  exports = instantiate(imports);
  exports.__wbindgen_start?.();
  const found = exports.mock_layout();
  if (found !== mockLayout)
    throw loadError(
      "wrong_module",
      `this module is not of this version of batchlight: its layout is ${found}, and ${mockLayout} is expected`,
    );
  return exports;
}

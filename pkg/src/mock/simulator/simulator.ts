// The WebAssembly instance of the simulator. Created by the first call, and again by the first call after a failure.
import { messageOf } from "../../common/thrown.js";
import * as loader from "#load-mock";
import { mockLayout } from "../../../generated/mock-layout.js";
import { importsOf } from "../../../generated/mock-imports.js";
import { loadError } from "../../runtime/load/load-error.js";
import { newDecoder, newEncoder } from "../../runtime/utf8.js";
import type { InstantiateMock, MockExports, MockLoader } from "./load/module.js";

const { load }: MockLoader = loader;

let instantiate: InstantiateMock | undefined;
let instance: MockExports | undefined;

/** The exported functions. */
export type SimulatorCall = "wire" | "schedule" | "request_outcomes" | "rejections";

/** Calls a function of the simulator with a JSON input. Returns the bytes of the output. */
export function callSimulator(call: SimulatorCall, input: unknown, now = 0): Uint8Array<ArrayBuffer> {
  const text = newEncoder().encode(JSON.stringify(input) ?? "null");
  instance ??= start();
  const exports = instance;
  try {
    const room = exports.reserve(text.length) >>> 0;
    new Uint8Array(exports.memory.buffer, room, text.length).set(text);
    const address = exports[call](now) >>> 0;
    return new Uint8Array(exports.memory.buffer as ArrayBuffer, address, exports.answer_length() >>> 0).slice();
  } catch (error) {
    instance = undefined;
    const reason = messageOf(error);
    throw loadError("internal", `the call failed: ${reason}; the next call restarts the module`, error);
  }
}

/** Calls a function of the simulator. Returns its output, parsed as JSON. */
export const callSimulatorJson = (call: SimulatorCall, input: unknown, now?: number): unknown =>
  JSON.parse(newDecoder().decode(callSimulator(call, input, now)));

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
    throw loadError("wrong_module", `expected a module with ABI ${mockLayout}, found ${found}; reinstall batchlight`);
  return exports;
}

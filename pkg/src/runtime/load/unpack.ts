// Gets the module's bytes out of its text by a small module of its own: scripts/wasm/unpack.wat says why.
import { unpacker } from "../../../generated/unpacker.js";
import { newEncoder } from "../utf8.js";
import { type Embedded, meaningOf } from "./embedded.js";

interface Unpacker {
  readonly memory: WebAssembly.Memory;
  readonly unpack: (from: number, end: number, to: number) => void;
}

const page = 65_536;

/** The bytes of an embedded module; the same as `bytesOf`, sooner. Throws where WebAssembly is blocked. */
export function unpacked(embedded: Embedded): Uint8Array<ArrayBuffer> {
  const module = new WebAssembly.Module(Uint8Array.from(unpacker));
  const { memory, unpack } = new WebAssembly.Instance(module).exports as unknown as Unpacker;
  const { length, text } = embedded;
  const meaning = meaningOf(embedded);
  const from = meaning.byteLength;
  const to = from + text.length;
  memory.grow(Math.ceil((to + length) / page) - 1);
  const buffer = memory.buffer as ArrayBuffer;
  new Int16Array(buffer).set(meaning);
  newEncoder().encodeInto(text, new Uint8Array(buffer, from, text.length));
  unpack(from, to, to);
  return new Uint8Array(buffer, to, length);
}

// The two drafts in the module's memory: the buffers through which values are passed to it.
import { fieldCells } from "../../generated/facts.js";
import { type Encoder, newEncoder } from "./utf8.js";
import { callWasm, type CoreExports, wasmExports } from "./wasm-instance.js";

/**
 * Views of a draft. It has cells of 16 bytes, each with a number, the offset of a string, and the string's length with
 * the cell's kind; and the strings of all cells, one after the other.
 */
export interface Draft {
  /** Two for each cell. The first is the cell's number. */
  readonly numbers: Float64Array;
  /**
   * Four for each cell. The third is the string's offset in UTF-16 code units. The fourth has the kind in its low four
   * bits and the string's length above them.
   */
  readonly words: Uint32Array;
  /** The strings, in UTF-8. */
  readonly text: Uint8Array;
}

interface CachedDraft extends Draft {
  readonly exports: CoreExports;
  readonly buffer: ArrayBuffer;
}

/** Writes strings into a draft. Set by the first call of {@link reserveDraft}. */
export let encoder: Encoder;

const drafts: (CachedDraft | undefined)[] = [undefined, undefined];

/**
 * The draft of a slot, with room for a number of cells and bytes of text. Do not keep it across calls into the module,
 * which may move or replace its memory.
 */
export function reserveDraft(slot: 0 | 1, cells = fieldCells, bytes = 0): Draft {
  encoder ??= newEncoder();
  const exports = wasmExports();
  const cached = drafts[slot];
  const isCurrent = cached !== undefined && cached.exports === exports && cached.buffer === exports.memory.buffer;
  if (isCurrent && cached.numbers.length >= cells * 2 && cached.text.length >= bytes) return cached;
  const capacity = Math.max(cells, fieldCells);
  const [address, textAddress] = callWasm(
    () => [exports.reserve(slot, capacity, bytes) >>> 0, exports.string_buffer(slot) >>> 0] as const,
  );
  const buffer = exports.memory.buffer as ArrayBuffer;
  const draft: CachedDraft = {
    exports,
    buffer,
    numbers: new Float64Array(buffer, address, capacity * 2),
    words: new Uint32Array(buffer, address, capacity * 4),
    text: new Uint8Array(buffer, textAddress, bytes),
  };
  drafts[slot] = draft;
  return draft;
}

/** Writes bytes into the first draft, for the functions that read JSON. */
export function writeBytes(bytes: Uint8Array): void {
  reserveDraft(0, fieldCells, bytes.length).text.set(bytes);
}

/**
 * Writes numbers and a string into the second draft: the options of a function that reads one batch. Returns the length
 * of the string in bytes.
 */
export function writeOptions(numbers: readonly number[], text: string): number {
  if (numbers.length === 0 && text === "") return 0;
  const draft = reserveDraft(1, numbers.length, text.length * 3);
  for (let cell = 0; cell < numbers.length; cell++) draft.numbers[cell * 2] = numbers[cell]!;
  return text === "" ? 0 : encoder.encodeInto(text, draft.text).written;
}

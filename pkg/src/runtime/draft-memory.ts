// The two drafts in the module's memory, and the views they are written through.
import { memberCells } from "../../generated/facts.js";
import { guarded, raw, type RawExports } from "./wasm-instance.js";
import { type Encoder, newEncoder } from "./utf8.js";

/**
 * A draft of the module: cells of 16 bytes, each a number, where its text begins, and its tag with the text's length;
 * and the text.
 */
export interface Draft {
  /** Two to a cell: the first is the cell's number. */
  readonly numbers: Float64Array;
  /**
   * Four to a cell: the third is where the text begins, the last the tag in the low four bits and the text's length
   * above.
   */
  readonly words: Uint32Array;
  /** The text, in UTF-8. */
  readonly text: Uint8Array;
}

interface Kept extends Draft {
  readonly exports: RawExports;
  readonly buffer: ArrayBuffer;
}

/** Writes text into a draft; there as soon as a draft is. */
export let encoder: Encoder;

const drafts: (Kept | undefined)[] = [undefined, undefined];

/**
 * The draft of a slot, with room for so many cells and bytes of text. Never keep it over a call into the module, which
 * may move or replace its memory.
 */
export function draft(slot: 0 | 1, cells = memberCells, text = 0): Draft {
  encoder ??= newEncoder();
  const exports = raw();
  const kept = drafts[slot];
  const good = kept !== undefined && kept.exports === exports && kept.buffer === exports.memory.buffer;
  if (good && kept.numbers.length >= cells * 2 && kept.text.length >= text) return kept;
  const roomFor = { cells: Math.max(cells, memberCells), text };
  const [address, textAddress] = guarded(
    () => [exports.room(slot, roomFor.cells, roomFor.text) >>> 0, exports.text(slot) >>> 0] as const,
  );
  const buffer = exports.memory.buffer as ArrayBuffer;
  const made: Kept = {
    exports,
    buffer,
    numbers: new Float64Array(buffer, address, roomFor.cells * 2),
    words: new Uint32Array(buffer, address, roomFor.cells * 4),
    text: new Uint8Array(buffer, textAddress, roomFor.text),
  };
  drafts[slot] = made;
  return made;
}

// All rules on a plain object in well under a microsecond, where there is nothing to report but members without a value.
import { plainNumbers, plainText } from "../generated/facts.js";
import { withoutHollow } from "../generated/plain.js";
import { odd, readQuickly, texts } from "../generated/quick.js";
import type { BatchIssue } from "../generated/types.js";
import { guarded, raw, type RawExports } from "./core.js";
import { type Encoder, newEncoder } from "./text.js";
import type { ParsedBatch, ParseResult } from "./types.js";

/** The plain batch in the module's memory, and the instance and memory whose it is. */
interface Row {
  readonly exports: RawExports;
  readonly buffer: ArrayBuffer;
  readonly numbers: Float64Array;
  readonly text: Uint8Array;
}

let kept: Row | undefined;
let encoder: Encoder | undefined;

/** No more reports are kept: servers leave the same few members empty. */
const mostReports = 64;

/** The one issue of a batch by which of its members are without a value, as the core put it. */
const reports = new Map<number, BatchIssue>();

/**
 * The result for a plain object of which there is nothing to report, or nothing but members without a value.
 *
 * @param report makes the core's report on it, where none is kept
 * @returns nothing, if that takes the general reader
 */
export function parseQuickly(value: unknown, profile: number, report: () => readonly BatchIssue[]): ParseResult | undefined {
  const { numbers, text } = row();
  const hollow = readSafely(value, numbers);
  const units = texts.length;
  if (hollow === odd || units > plainText) return undefined;
  const { read, written } = encoder!.encodeInto(texts, text);
  // The row tells lengths in UTF-16 units, which are bytes where the text is ASCII, as ids are.
  if (read !== units || written !== units || !guarded((raw) => raw.flawless!(profile, written))) return undefined;
  if (hollow === 0) return { ok: true, batch: value as ParsedBatch, issues: [] };
  let issue = reports.get(hollow);
  if (issue === undefined) {
    [issue] = report();
    if (reports.size >= mostReports) reports.clear();
    reports.set(hollow, issue!);
  }
  const batch = withoutHollow(value as Record<string, unknown>) as unknown as ParsedBatch;
  return { ok: true, batch, issues: [{ ...issue!, path: issue!.path.slice() }] };
}

function readSafely(value: unknown, numbers: Float64Array): number {
  try {
    return readQuickly(value, numbers);
  } catch {
    // A getter threw: what it hides, the general reader names.
    return odd;
  }
}

/** Never keep it over a call into the module, which may replace its memory. */
function row(): Row {
  const exports = raw();
  if (kept !== undefined && kept.exports === exports && kept.buffer === exports.memory.buffer) return kept;
  encoder ??= newEncoder();
  const address = guarded((raw) => raw.plain!() >>> 0);
  const buffer = exports.memory.buffer as ArrayBuffer;
  const behind = address + plainNumbers * Float64Array.BYTES_PER_ELEMENT;
  kept = { exports, buffer, numbers: new Float64Array(buffer, address, plainNumbers), text: new Uint8Array(buffer, behind, plainText) };
  return kept;
}

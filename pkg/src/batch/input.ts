// The input of every function that takes a batch: an object, or its JSON as a string or bytes.
import { readBatchIssue } from "../../generated/answer-readers.js";
import { profileNames } from "../../generated/facts.js";
import type { BatchIssue } from "../../generated/types.js";
import { flag } from "../runtime/answer-cells.js";
import { indexOfName } from "../runtime/errors.js";
import { newDecoder, newEncoder } from "../runtime/utf8.js";
import { callForAnswer } from "../runtime/wasm-instance.js";
import { writeBytes } from "../runtime/draft-memory.js";
import type { ReadOptions } from "./types.js";

/** The value that an input holds, or the issue of an input that is invalid JSON, with its bytes. */
export type Input = { readonly value: unknown } | { readonly bytes: Uint8Array; readonly issue: BatchIssue };

/**
 * Whether a value is a Uint8Array, also one of another realm (as under Jest with jsdom). Runs no code of a value that
 * is a proxy.
 */
export const isBytes = (value: unknown): value is Uint8Array =>
  ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === "Uint8Array";

/** Parses a string or bytes as JSON. Any other input is the value itself. */
export function readInput(input: unknown): Input {
  if (typeof input === "string") return parseJson(input, () => newEncoder().encode(input));
  if (!isBytes(input)) return { value: input };
  // A detached array, whose buffer was transferred to a worker, has length 0 and throws when it is read.
  const bytes = input.length === 0 ? new Uint8Array() : input;
  const text = newDecoder().decode(bytes);
  // The decoder replaces invalid UTF-8 by U+FFFD. Only the module can tell it from a U+FFFD in the input.
  const issue = text.includes("\ufffd") ? jsonIssue(bytes) : null;
  return issue === null ? parseJson(text, () => bytes) : { bytes, issue };
}

function parseJson(text: string, encode: () => Uint8Array): Input {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const bytes = encode();
    const issue = jsonIssue(bytes);
    if (issue === null) throw error;
    return { bytes, issue };
  }
}

/** The issue of invalid JSON; null for valid JSON. */
function jsonIssue(bytes: Uint8Array): BatchIssue | null {
  writeBytes(bytes);
  return callForAnswer(
    () => (flag() ? readBatchIssue() : null),
    (exports) => exports.json_issue(bytes.length),
  );
}

/** The index of the profile in the module's list. */
export function profileIndex(options: ReadOptions | undefined): number {
  const name = options?.profile;
  return name === undefined ? 0 : indexOfName("profile", profileNames, name);
}

// What a caller may give for a batch: the object itself, or its JSON as text or bytes.
import * as glue from "#glue";
import type { BatchIssue } from "../../generated/types.js";
import { profileNames } from "../../generated/facts.js";
import { guarded } from "../runtime/wasm-instance.js";
import { indexOfName } from "../runtime/errors.js";
import { newDecoder, newEncoder } from "../runtime/utf8.js";
import type { ReadOptions } from "./types.js";

/** A value to read, or the reason why the text given for it holds none. */
export type Given = { readonly value: unknown } | { readonly text: Uint8Array; readonly issue: BatchIssue };

/**
 * Whether a value is a Uint8Array, also one of another realm (as under Jest with jsdom). Runs no code of a value that
 * is a proxy.
 */
export const isBytes = (value: unknown): value is Uint8Array =>
  ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === "Uint8Array";

/** Takes text and bytes for JSON; anything else is the value itself. */
export function given(value: unknown): Given {
  if (typeof value === "string") return parsed(value, () => newEncoder().encode(value));
  if (!isBytes(value)) return { value };
  // What was transferred to a worker has no bytes any more, and none may touch it.
  const bytes = value.length === 0 ? new Uint8Array() : value;
  const text = newDecoder().decode(bytes);
  // The decoder puts U+FFFD in the place of what is no UTF-8; only the core tells it from one that was sent.
  const issue = text.includes("\ufffd") ? guarded(() => glue.json_issue(bytes)) : undefined;
  return issue === undefined ? parsed(text, () => bytes) : { text: bytes, issue };
}

function parsed(text: string, bytes: () => Uint8Array): Given {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const encoded = bytes();
    const issue = guarded(() => glue.json_issue(encoded));
    if (issue === undefined) throw error;
    return { text: encoded, issue };
  }
}

/** The profile's number in the module. */
export function profileOf(options: ReadOptions | undefined): number {
  const name = options?.profile;
  return name === undefined ? 0 : indexOfName("profile", profileNames, name);
}

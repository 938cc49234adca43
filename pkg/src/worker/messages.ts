// What the page and the worker say to each other.
import type { Answered, Asked } from "../files/engine/operation-runner.js";
import type { FileProgress } from "../files/io/progress.js";

/**
 * A source on its way: what can be cloned goes as it is, of others the pieces are asked for one by one through a port.
 */
export type Sent =
  | { readonly whole: Blob | Uint8Array | string }
  | {
      /** Through which pieces are asked for, and come. */
      readonly port: MessagePort;
      /** How many bytes there will be, where that is known. */
      readonly total: number | undefined;
    };

/** To the worker, once: what is to be done. */
export interface Order extends Omit<Asked, "sources"> {
  /** The sources, with what each is in the operation. */
  readonly sources: readonly { readonly source: Sent; readonly role: number; readonly index: number }[];
  /** Whether the operation gives a file, which goes through this port. */
  readonly output?: MessagePort | undefined;
  /** Whether somebody wants to know how far it is. */
  readonly progress: boolean;
}

/** An error on its way: what the package's own errors consist of. */
export interface SentError {
  /** Its name. */
  readonly name: string;
  /** Its message. */
  readonly message: string;
  /** Its code, if it has one. */
  readonly code?: string | undefined;
  /** What made it, if that is an error too. */
  readonly cause?: SentError | undefined;
}

/** From the worker. */
export type Told =
  | { readonly progress: FileProgress }
  | { readonly answered: Answered }
  | { readonly error: SentError };

/**
 * Through the port of a source or of the file that is given: a piece, the end, or an error. An empty message asks for
 * the next one.
 */
export type Piece =
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly end: true }
  | { readonly error: SentError };

/** An error as it can be sent. */
export function sendable(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message } = error;
  const { cause, code } = error as { cause?: unknown; code?: unknown };
  return {
    name,
    message,
    ...(typeof code === "string" && { code }),
    ...(cause instanceof Error && { cause: sendable(cause) }),
  };
}

/** An error as it was before it was sent. */
export function received({ name, message, code, cause }: SentError): Error {
  const Kind = name === "RangeError" ? RangeError : name === "TypeError" ? TypeError : Error;
  const made = new Kind(message, cause && { cause: received(cause) });
  if (made.name !== name) made.name = name;
  return Object.assign(made, code !== undefined && { code });
}

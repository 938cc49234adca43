// The messages between a page and its workers.
import type { OperationAnswer, OperationRequest } from "../files/engine/runner.js";
import type { FileProgress } from "../files/types.js";

/** A source in a message. Sources that can be cloned are sent whole; the chunks of others are requested by a port. */
export type SentSource =
  | { readonly whole: Blob | Uint8Array | string }
  | {
      /** Transfers the chunks. */
      readonly port: MessagePort;
      /** The size in bytes, if known. */
      readonly total: number | undefined;
    };

/** The only message to a worker: the operation. */
export interface WorkerRequest extends Omit<OperationRequest, "sources"> {
  /** The sources, each with its role and index. */
  readonly sources: readonly { readonly source: SentSource; readonly role: number; readonly index: number }[];
  /** Transfers the file that the operation writes, if any. */
  readonly output?: MessagePort | undefined;
  /** Whether the worker reports the progress. */
  readonly progress: boolean;
}

/** An error in a message: the properties of the package's own errors. */
export interface SentError {
  /** The name. */
  readonly name: string;
  /** The message. */
  readonly message: string;
  /** The code, if it is a string. */
  readonly code?: string | undefined;
  /** The cause, if it is an error. */
  readonly cause?: SentError | undefined;
}

/** A message from a worker. The first one says that its script runs. */
export type WorkerMessage =
  | { readonly ready: true }
  | { readonly progress: FileProgress }
  | { readonly answer: OperationAnswer }
  | { readonly error: SentError };

/** A message on the port of a source or of an output file. Each empty message to the port requests one. */
export type ChunkMessage =
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly end: true }
  | { readonly error: SentError };

/** Converts an error for a message. */
export function toSentError(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message } = error;
  const { cause, code } = error as { cause?: unknown; code?: unknown };
  return {
    name,
    message,
    ...(typeof code === "string" && { code }),
    ...(cause instanceof Error && { cause: toSentError(cause) }),
  };
}

/** Restores an error from a message. */
export function toError({ name, message, code, cause }: SentError): Error {
  const ErrorClass = name === "RangeError" ? RangeError : name === "TypeError" ? TypeError : Error;
  const error = new ErrorClass(message, cause && { cause: toError(cause) });
  if (error.name !== name) error.name = name;
  return Object.assign(error, code !== undefined && { code });
}

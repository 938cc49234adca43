// The messages between the command and its threads.
import type { OperationAnswer, OperationRequest } from "../../files/engine/runner.js";
import type { FileProgress } from "../../files/types.js";
import type { SentError } from "../../worker/messages.js";

/** A file of an operation, by the descriptor that the command has opened. */
export interface ThreadSource {
  readonly descriptor: number;
  readonly role: number;
  readonly index: number;
}

/** A message to a thread: an operation, or that the current one is to be cancelled. */
export type ThreadRequest =
  | {
      readonly request: Omit<OperationRequest, "sources"> & { readonly sources: readonly ThreadSource[] };
      /** Whether the thread reports the progress. */
      readonly progress: boolean;
    }
  | { readonly cancel: true };

/** A message from a thread about its current operation. The last one is the answer or an error. */
export type ThreadMessage =
  | { readonly progress: FileProgress }
  | { readonly answer: OperationAnswer }
  | { readonly error: SentError };

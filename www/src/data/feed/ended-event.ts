// Says that a batch has ended that ran when it was first seen.
import type { StoredBatch } from "./batch-store.js";

/** Carries the batch that has ended. */
export class EndedEvent extends Event {
  constructor(readonly stored: StoredBatch) {
    super("ended");
  }
}

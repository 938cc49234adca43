// Asks the page to show requests beside their responses.
import type { RequestFocus } from "./pending-files.js";

/** Carries which requests to show. */
export class OpenRequestsEvent extends Event {
  constructor(readonly focus: RequestFocus) {
    super("board-open-requests", { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    "board-open-requests": OpenRequestsEvent;
  }
}

// Announcements for screen readers: components send them to the one polite live region of the page.

/** Carries a message to the live region. */
export class AnnounceEvent extends Event {
  constructor(readonly message: string) {
    super("board-announce", { bubbles: true, composed: true });
  }
}

/** Announces a message on behalf of the element `from`. */
export const announce = (from: EventTarget, message: string): void =>
  void from.dispatchEvent(new AnnounceEvent(message));

declare global {
  interface HTMLElementEventMap {
    "board-announce": AnnounceEvent;
  }
}

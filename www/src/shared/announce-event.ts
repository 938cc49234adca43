// What happens, said to those who do not see it: by the one polite live region of the page.

/** The event that carries a sentence to the live region. */
export class SayEvent extends Event {
  constructor(readonly sentence: string) {
    super("board-say", { bubbles: true, composed: true });
  }
}

/** Says a sentence. */
export const say = (from: EventTarget, sentence: string): void => void from.dispatchEvent(new SayEvent(sentence));

declare global {
  interface HTMLElementEventMap {
    "board-say": SayEvent;
  }
}

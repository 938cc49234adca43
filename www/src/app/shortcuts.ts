// What keys do: one table for the page, for the dialog that tells of them, and for nothing while somebody types.
import { pageNames, pages, type Page } from "../shared/route.js";

/** What a key can be asked for. */
export type Action = "help" | "search" | "next" | "previous" | "open" | "close" | "check" | "cancel" | `go ${Page}`;

/** A shortcut: the keys, one after the other, and what they do. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly what: string;
  readonly action: Action;
}

/** All of them, in the order in which they are told. */
export const shortcuts: readonly Shortcut[] = [
  { keys: ["j"], what: "next batch", action: "next" },
  { keys: ["k"], what: "previous batch", action: "previous" },
  { keys: ["Enter"], what: "open the batch", action: "open" },
  { keys: ["Escape"], what: "close the batch", action: "close" },
  { keys: ["/"], what: "find", action: "search" },
  { keys: ["r"], what: "check now", action: "check" },
  { keys: ["x"], what: "cancel the open batch, after a question", action: "cancel" },
  ...pageNames.map(
    (page): Shortcut => ({
      keys: ["g", pages[page].key],
      what: `go to ${pages[page].name.toLowerCase()}`,
      action: `go ${page}`,
    }),
  ),
  { keys: ["?"], what: "tell of these keys", action: "help" },
];

/** For how many milliseconds the first of two keys is remembered. */
const patience = 1500;

/** Where it is kept that somebody wants no single keys: speech input types them by accident (WCAG 2.1.4). */
const place = "batchlight-single-keys";

/** Whether single keys do anything. */
export function singleKeys(): boolean {
  try {
    return localStorage.getItem(place) !== "off";
  } catch {
    return true;
  }
}

/** Turns single keys on or off. Enter and Escape stay. */
export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(place, on ? "on" : "off");
  } catch {
    // A page that may keep nothing forgets it.
  }
}

/** Tells which actions the keys that are pressed ask for. */
export class Keys {
  #first: { readonly key: string; readonly at: number } | undefined;

  /** The action of a key press; nothing while somebody types, and for keys that are somebody else's. */
  actionOf(event: KeyboardEvent): Action | undefined {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const { key } = event;
    const [target] = event.composedPath();
    if (target instanceof Element && isTyping(target)) return undefined;
    const first = this.#first && event.timeStamp - this.#first.at < patience ? this.#first.key : undefined;
    this.#first = undefined;
    const wanted = first === undefined ? [key] : [first, key];
    const found = shortcuts.find(
      ({ keys }) => keys.length === wanted.length && keys.every((each, index) => each === wanted[index]),
    );
    if (key.length === 1 && !singleKeys()) return undefined;
    if (found) return found.action === "open" ? undefined : found.action;
    if (shortcuts.some(({ keys }) => keys.length === 2 && keys[0] === key)) this.#first = { key, at: event.timeStamp };
    return undefined;
  }
}

const isTyping = (element: Element): boolean => {
  if (element instanceof HTMLInputElement)
    return !["radio", "checkbox", "button", "submit", "file"].includes(element.type);
  return (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLElement && element.isContentEditable)
  );
};

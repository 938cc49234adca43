// Keyboard shortcuts: one table for the shell and for the dialog that lists them.
import type { Action } from "../shared/page-element.js";
import { pages } from "../shared/route.js";
import { Setting } from "../shared/setting.js";
import { shownPages } from "./shown-pages.js";

/** A shortcut: keys that are pressed one after the other, and their action. */
export interface Shortcut {
  /** One or two values of `KeyboardEvent.key`. */
  readonly keys: readonly string[];
  readonly description: string;
  readonly action: Action;
}

/** All shortcuts, in the order of the dialog. */
export const shortcuts: readonly Shortcut[] = [
  { keys: ["j"], description: "next batch", action: "next" },
  { keys: ["k"], description: "previous batch", action: "previous" },
  { keys: ["Enter"], description: "open batch", action: "open" },
  { keys: ["Escape"], description: "close batch", action: "close" },
  { keys: ["/"], description: "search", action: "search" },
  { keys: ["r"], description: "refresh", action: "refresh" },
  { keys: ["h"], description: "mark batch as handled, or undo that", action: "handle" },
  { keys: ["x"], description: "cancel open batch (asks first)", action: "cancel" },
  ...shownPages.map(
    (page): Shortcut => ({
      keys: ["g", pages[page].key],
      description: `go to ${pages[page].name}`,
      action: `go ${page}`,
    }),
  ),
  { keys: ["?"], description: "show shortcuts", action: "help" },
];

/** How long the first of two keys is remembered, in milliseconds. */
const sequenceTimeout = 1500;

/**
 * Whether single-key shortcuts are enabled: speech input can trigger them (WCAG 2.1.4). Enter and Escape always work.
 */
export const singleKeys = new Setting<boolean>("single-keys", (stored) => stored !== false);

/** Maps key presses to actions, and remembers the first key of a sequence. */
export class ShortcutKeys {
  #first: { readonly key: string; readonly at: number } | undefined;

  /** Returns the action of a key press, or `undefined` while the user types and for all other keys. */
  actionOf(event: KeyboardEvent): Action | undefined {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const { key } = event;
    const [target] = event.composedPath();
    if (target instanceof Element && isTextField(target)) return undefined;
    const first = this.#first && event.timeStamp - this.#first.at < sequenceTimeout ? this.#first.key : undefined;
    this.#first = undefined;
    const pressed = first === undefined ? [key] : [first, key];
    const shortcut = shortcuts.find(
      ({ keys }) => keys.length === pressed.length && keys.every((each, index) => each === pressed[index]),
    );
    if (key.length === 1 && !singleKeys.value) return undefined;
    // The browser itself opens the focused row on Enter.
    if (shortcut) return shortcut.action === "open" ? undefined : shortcut.action;
    if (shortcuts.some(({ keys }) => keys.length === 2 && keys[0] === key)) this.#first = { key, at: event.timeStamp };
    return undefined;
  }
}

const isTextField = (element: Element): boolean => {
  if (element instanceof HTMLInputElement)
    return !["radio", "checkbox", "button", "submit", "file"].includes(element.type);
  return (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLElement && element.isContentEditable)
  );
};

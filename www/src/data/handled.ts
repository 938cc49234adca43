// The batches that the user has dealt with, kept in this browser: they no longer need attention.
import type { BatchView } from "batchlight";
import { Setting, storedStrings } from "../shared/setting.js";

/** How many are remembered; the oldest are forgotten first. */
const maxRemembered = 2000;

/** The state in which each batch was marked, by id. */
const marks = new Setting<Readonly<Record<string, string>>>("handled", (stored) =>
  Object.fromEntries(storedStrings(stored)),
);

/** A batch that changes after it was marked needs attention again. */
const stateOf = ({ status, outcome, progress }: BatchView): string =>
  [status, outcome, progress.completed, progress.failed].join(" ");

/** Dispatches `change` when a batch is marked, in this page or in another one. */
export const handledChanges: EventTarget = marks;

/** Whether the user has dealt with a batch as it is now. */
export const isHandled = (view: BatchView | undefined): boolean =>
  view?.id !== undefined && view.group === "attention" && marks.value[view.id] === stateOf(view);

/** Marks batches as dealt with, or removes the marks. */
export function setHandled(views: readonly BatchView[], handled: boolean): void {
  const entries = new Map(Object.entries(marks.value));
  for (const view of views) {
    if (view.id === undefined) continue;
    entries.delete(view.id);
    if (handled) entries.set(view.id, stateOf(view));
  }
  marks.value = Object.fromEntries([...entries].slice(-maxRemembered));
}

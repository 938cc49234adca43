// What the page passes to the list. The objects stay the same while their content does, because the list describes all
// batches again for new ones.
import { isHandled } from "../../data/handled.js";
import type { StoredBatch } from "../../data/feed/batch-store.js";

/** The last input of the list. */
export class ListInput {
  batches: readonly unknown[] = [];
  handled: ReadonlySet<string> = new Set();

  /** Sets the batches that the list shows. */
  set(shown: readonly StoredBatch[]): void {
    const { batches, handled } = this;
    if (shown.length !== batches.length || shown.some(({ batch }, index) => batch !== batches[index]))
      this.batches = shown.map(({ batch }) => batch);
    const ids = shown.flatMap(({ id, view }) => (id !== undefined && isHandled(view) ? [id] : []));
    if (ids.length !== handled.size || ids.some((id) => !handled.has(id))) this.handled = new Set(ids);
  }
}

// Adds files that did not come from the file input: a fixed copy replaces its original.
import type { LoadedFile } from "./file-role.js";

/** Adds files to the page, in place of `replaced` where that is given. */
export class AddFilesEvent extends Event {
  constructor(
    readonly files: readonly File[],
    readonly replaced?: LoadedFile,
  ) {
    super("files-add", { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    "files-add": AddFilesEvent;
  }
}

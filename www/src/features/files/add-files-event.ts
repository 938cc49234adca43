// Files that come from somewhere else than the field: a fixed copy goes on as a file of its own.
import type { LoadedFile } from "./file-role.js";

/** More files for the page, one of which may stand in the place of another. */
export class FilesAddEvent extends Event {
  constructor(
    readonly files: readonly File[],
    readonly replaced?: LoadedFile,
  ) {
    super("files-add", { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    "files-add": FilesAddEvent;
  }
}

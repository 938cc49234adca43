// Files that another page opens on the Files page: they are kept here until that page is shown.
import { navigate } from "./route.js";

let pending: readonly File[] = [];

/** Opens files on the Files page. They replace the files that are there. */
export function openInFiles(files: readonly File[]): void {
  pending = files;
  navigate({ page: "files" });
}

/** Returns the pending files and forgets them. */
export function takePendingFiles(): readonly File[] {
  const files = pending;
  pending = [];
  return files;
}

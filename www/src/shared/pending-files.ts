// Files from another page of the board: they wait here until the page for files is shown.
import { go } from "./route.js";

let waiting: readonly File[] = [];

/** Opens files on the page for files, in place of what is there. */
export function handOver(files: readonly File[]): void {
  waiting = files;
  go({ page: "files" });
}

/** What waits, once. */
export function handedOver(): readonly File[] {
  const files = waiting;
  waiting = [];
  return files;
}

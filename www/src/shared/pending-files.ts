// Files that another page opens on the Files page: they are kept here until that page is shown.
import { navigate } from "./route.js";

/** What the Files page shows first of the files that it opens. */
export interface RequestFocus {
  /** The section: the requests to retry, or all requests. Default: the report from its beginning. */
  readonly section?: "retry" | "requests" | undefined;
  /** The request to show. */
  readonly customId?: string | undefined;
}

/** Files to open. */
interface PendingFiles {
  readonly files: readonly File[];
  readonly focus: RequestFocus;
}

const noFiles: PendingFiles = { files: [], focus: {} };
let pending = noFiles;

/** Opens files on the Files page. They replace the files that are there. */
export function openInFiles(files: readonly File[], focus: RequestFocus = {}): void {
  pending = { files, focus };
  navigate({ page: "files" });
}

/** Returns the pending files and forgets them. */
export function takePendingFiles(): PendingFiles {
  const taken = pending;
  pending = noFiles;
  return taken;
}

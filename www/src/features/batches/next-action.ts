// What the user most likely wants to do with a batch, from the package's view of it: a button beside its advice.
import type { BatchView } from "batchlight";
import type { RequestFocus } from "../../shared/pending-files.js";

/** The action of a batch. */
export interface NextAction {
  /** The text of the button. */
  readonly text: string;
  /** Which requests the Files page shows. */
  readonly focus: RequestFocus;
}

/** Returns the action of a batch; `undefined` while it runs, and where it has no files. */
export function nextAction({ terminal, retry, files, downloads }: BatchView): NextAction | undefined {
  if (!terminal || files.length === 0) return undefined;
  if (downloads.length === 0)
    return files.some(({ kind }) => kind === "input")
      ? { text: retry === "none" ? "Open the input file" : "Check the input file", focus: {} }
      : undefined;
  switch (retry) {
    case "none":
      return { text: "View requests and responses", focus: { section: "requests" } };
    case "failed":
      return { text: "Retry failed requests…", focus: { section: "retry" } };
    case "unfinished":
      return { text: "Retry unfinished requests…", focus: { section: "retry" } };
    case "all":
      return { text: "Retry requests…", focus: { section: "retry" } };
  }
}

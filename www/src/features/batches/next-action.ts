// What the user most likely wants to do with a batch, from the package's view of it: a button beside its advice.
import type { BatchView, FileView } from "batchlight";
import type { RequestFocus } from "../../shared/pending-files.js";

/** The action of a batch: the text of its button, and what it does. */
export type NextAction =
  | { readonly text: string; readonly kind: "open"; readonly focus: RequestFocus }
  | { readonly text: string; readonly kind: "download"; readonly file: FileView };

/** The texts of the buttons that open the files of a batch on the Files page. */
export const openTexts = { input: "Check the input file", requests: "View requests and responses" } as const;

/** Returns the action of a batch; `undefined` while it runs, and where it has no files. */
export function nextAction({ terminal, retry, files, downloads }: BatchView): NextAction | undefined {
  if (!terminal || files.length === 0) return undefined;
  const output = files.find(({ role }) => role === "output");
  if (downloads.length === 0) return { text: openTexts.input, kind: "open", focus: {} };
  if (retry === "none")
    return output
      ? { text: "Download the output file", kind: "download", file: output }
      : { text: openTexts.requests, kind: "open", focus: { section: "requests" } };
  return { text: retryTexts[retry], kind: "open", focus: { section: "retry" } };
}

const retryTexts = {
  failed: "Retry failed requests…",
  unfinished: "Retry unfinished requests…",
  all: "Retry requests…",
} as const satisfies Record<Exclude<BatchView["retry"], "none">, string>;

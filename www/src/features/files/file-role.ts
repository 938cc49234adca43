// The files on the page, and what each is taken for.
import { checkInput, digestResults, type FileOptions } from "batchlight/worker";

/** What a file is. */
export type FileRole = "input" | "output" | "error";

/** What the roleNames are called, in the order of a batch's life. */
export const roleNames = { input: "input file", output: "output file", error: "error file" } as const satisfies Record<
  FileRole,
  string
>;

/** A file that somebody dropped or chose. */
export interface LoadedFile {
  /** Tells it from the others on the page. */
  readonly key: string;
  readonly file: File;
  readonly role: FileRole;
}

/** How much of a file is read to tell what it is, in bytes: a line with an image in it has megabytes. */
const beginning = 16 << 20;

/**
 * What a file is, by what the package finds at its beginning: an input file names endpoints and models, results have
 * statuses or error codes, and an error file has no success.
 */
export async function detectRole(file: File, options: FileOptions = {}): Promise<FileRole> {
  const head = await wholeLines(file);
  const { endpoints, models } = await checkInput(head, { keep: 0, ...options });
  if (endpoints.length + models.length > 0) return "input";
  const { succeeded, statusCodes, errorCodes } = await digestResults(head, options);
  if (succeeded > 0) return "output";
  return statusCodes.length + errorCodes.length > 0 ? "error" : "input";
}

/** The beginning of a file up to the end of a line; all of it where it is short, or one line. */
async function wholeLines(file: File): Promise<Blob> {
  if (file.size <= beginning) return file;
  const bytes = new Uint8Array(await file.slice(0, beginning).arrayBuffer());
  const end = bytes.lastIndexOf(0x0a) + 1;
  return file.slice(0, end === 0 ? beginning : end);
}

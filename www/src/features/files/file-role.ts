// The files on the page, and the role of each in its batch.
import { checkInput, digestResults, type FileOptions, type FileRole } from "batchlight/worker";

/** The names of the roles, in the order of a batch's life. */
export const roleNames = { input: "input file", output: "output file", error: "error file" } as const satisfies Record<
  FileRole,
  string
>;

/** A file on the page. */
export interface LoadedFile {
  /** Unique on the page. */
  readonly key: string;
  readonly file: File;
  readonly role: FileRole;
}

/** How much of a file is read to detect its role, in bytes: a line with an image can have several megabytes. */
const sampleSize = 16 << 20;

/**
 * Detects the role of a file from the beginning of its content: an input file has endpoints and models, result files
 * have status codes or error codes, and an error file has no successful response.
 */
export async function detectRole(file: File, options: FileOptions = {}): Promise<FileRole> {
  const sample = await firstLines(file);
  const { endpoints, models } = await checkInput(sample, { maxIssues: 0, ...options });
  if (endpoints.length + models.length > 0) return "input";
  const { succeeded, incomplete, statusCodes, errorCodes } = await digestResults(sample, options);
  if (succeeded + incomplete > 0) return "output";
  return statusCodes.length + errorCodes.length > 0 ? "error" : "input";
}

/** Returns the beginning of a file, up to the end of a line where the sample contains one. */
async function firstLines(file: File): Promise<Blob> {
  if (file.size <= sampleSize) return file;
  const bytes = new Uint8Array(await file.slice(0, sampleSize).arrayBuffer());
  const end = bytes.lastIndexOf(0x0a) + 1;
  return file.slice(0, end === 0 ? sampleSize : end);
}

// Issues as a string.

/** An issue of a batch or a file, as far as {@link formatIssues} reads it. */
export interface FormattableIssue {
  /** The issue in one line. */
  readonly message: string;
}

/**
 * Formats issues as a string, one line for each: its `message`, as in the message of a `BatchValidationError`. Takes
 * the issues of a batch and those of a file.
 *
 * @example
 * import { formatIssues, safeParseBatch } from "batchlight";
 * const { issues } = safeParseBatch({ object: "batch", status: "done" });
 * console.log(formatIssues(issues.filter(({ level }) => level === "error")));
 */
export const formatIssues = (issues: readonly FormattableIssue[]): string =>
  issues.map(({ message }) => message).join("\n");

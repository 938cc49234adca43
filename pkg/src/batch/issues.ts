// Issues as a string.

/**
 * Formats issues as a string, one line for each: its `message`, as in the message of a `BatchValidationError`. Takes
 * the issues of a batch and those of a file.
 *
 * @example
 * import { formatIssues, safeParseBatch } from "batchlight";
 * const { issues } = safeParseBatch({ object: "batch", status: "done" });
 * console.log(formatIssues(issues.filter(({ level }) => level === "error")));
 */
export const formatIssues = (issues: readonly { readonly message: string }[]): string =>
  issues.map(({ message }) => message).join("\n");

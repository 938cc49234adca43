// The issues of a reconciliation: lines that could not be used, and batches whose counts differ from the files.
import type { Reconciliation } from "../api.js";
import type { BatchFiles } from "../io/batch-files.js";
import type { Paint } from "../terminal/colors.js";
import type { TerminalStream } from "../terminal/terminal-stream.js";
import { levelColors } from "./issue.js";
import { type IssueLists, isEmpty, issueListLines, printIssueLists } from "./results-summary.js";

/** The lines without which a result seems to be missing, or a request is not known. */
export const unusableLinesOf = ({ malformed, withoutCustomId }: Reconciliation): IssueLists => ({
  malformed,
  "missing custom_id": withoutCustomId,
});

/** The differences between the counts of the batches and their files. */
export const countIssueLines = ({ countIssues }: Reconciliation, paint: Paint): string[] =>
  countIssues.flatMap(({ level, code, message, help }) => [
    "",
    `${paint(`${level}[${code}]`, "bold", levelColors[level])}: ${message}`,
    `  ${paint("help:", "bold")} ${help}`,
  ]);

/** Whether there is a difference that is more than a note. */
export const haveCountIssues = ({ countIssues }: Reconciliation): boolean =>
  countIssues.some(({ level }) => level !== "note");

/**
 * Prints the issues because of which a written file may be wrong: a request whose result could not be read would be
 * paid for a second time. Returns whether there are any.
 */
export async function printFileIssues(
  screen: TerminalStream,
  reconciliation: Reconciliation,
  files: BatchFiles,
): Promise<boolean> {
  const { paint } = screen;
  const lists = unusableLinesOf(reconciliation);
  await printIssueLists(screen, lists, ({ file }) => files[file]);
  const lines = [...countIssueLines(reconciliation, paint), ...issueListLines(lists, paint)];
  if (lines.length > 0) await screen.print(lines);
  return !isEmpty(lists) || haveCountIssues(reconciliation);
}

// An issue as compilers print theirs: where, what, the line with the place underlined, what to do.
import { type Excerpt, excerptOf } from "./excerpt.js";
import type { Paint, Style } from "./colors.js";
import type { TerminalStream } from "./terminal-stream.js";
import type { InputSource } from "./input-source.js";
import { formatNumber } from "./format.js";

/** A place in a file. */
export interface Location {
  /** The line, from 1. */
  readonly line: number;
  /** The column, from 1, in UTF-16 units as editors count them. */
  readonly column: number;
  /** The same in bytes from the file's beginning. */
  readonly offset: number;
}

/** What issues of all kinds of files have in common. */
export interface PrintableIssue<P extends Location> {
  /** The kind of issue. */
  readonly code: string;
  /** How grave it is. */
  readonly level: Level;
  /** How many bytes are wrong. */
  readonly length?: number | undefined;
  /** What is wrong. */
  readonly message: string;
  /** What to do. */
  readonly help: string;
  /** The other place it is about. */
  readonly related?: P | undefined;
}

/** How grave an issue is. */
export type Level = "error" | "warning" | "note";

/** The colour of each level. */
export const levelColors: Readonly<Record<Level, Style>> = { error: "red", warning: "yellow", note: "cyan" };

/** Prints issues, each followed by an empty line. */
export async function printIssues<P extends Location>(
  out: TerminalStream,
  issues: readonly (PrintableIssue<P> & P)[],
  fileOf: (place: P) => InputSource,
): Promise<void> {
  for (const issue of issues) {
    if (!(await out.print([...(await issueLines(issue, fileOf, out)), ""]))) return;
  }
}

/** The lines of one issue. */
async function issueLines<P extends Location>(
  issue: PrintableIssue<P> & P,
  fileOf: (place: P) => InputSource,
  { paint, width }: TerminalStream,
): Promise<string[]> {
  const { code, level, line, message, help, related } = issue;
  const at = (place: P): string => `${fileOf(place).name}:${place.line}:${place.column}`;
  const kind = `${paint(`${level}[${code}]`, "bold", levelColors[level])}${paint(":", "bold")}`;
  const lines = [`${paint(at(issue), "bold")}: ${kind} ${message}`];
  const gutter = String(line).length + 2;
  // Beside the bar and its spaces, one cell for a mark behind the end of the line.
  const excerpt = await excerptOf(fileOf(issue).readRange, issue, Math.max(20, width - gutter - 4));
  if (excerpt) lines.push(...excerptLines(excerpt, line, gutter, levelColors[level], paint));
  const more = `${" ".repeat(gutter)} ${paint("=", "blue")} `;
  if (help) lines.push(`${more}${paint("help:", "bold")} ${help}`);
  if (related) lines.push(`${more}${paint("note:", "bold")} the other is at ${at(related)}`);
  return lines;
}

function excerptLines(
  { glyphs, indent, marked }: Excerpt,
  line: number,
  gutter: number,
  colour: Style,
  paint: Paint,
): string[] {
  const bar = paint("|", "blue");
  const text = glyphs.map((glyph) => (glyph.replaced ? paint(glyph.text, "dim") : glyph.text)).join("");
  return [
    `${paint(String(line).padStart(gutter), "blue")} ${bar} ${text}`,
    `${" ".repeat(gutter)} ${bar} ${" ".repeat(indent)}${paint("^".repeat(marked), "bold", colour)}`,
  ];
}

/** Row of a summary: how many issues of a kind there are, and how many of them were not shown. */
export const countCells = (
  level: Level,
  code: string,
  all: number,
  shown: number,
  paint: Paint,
): (string | { right: string })[] => [
  paint(level, levelColors[level]),
  code,
  { right: formatNumber(all) },
  all > shown ? paint(`${formatNumber(all - shown)} not shown`, "dim") : "",
];

// Prints issues in the style of compilers: location, message, the line with the marked range, help.
import { type Excerpt, excerptOf } from "../terminal/excerpt.js";
import type { Paint, Style } from "../terminal/colors.js";
import type { TerminalStream } from "../terminal/terminal-stream.js";
import type { InputSource } from "../io/input-source.js";
import { formatNumber } from "../../common/format.js";

/** A location in a file. */
export interface Location {
  /** The line, from 1. */
  readonly line: number;
  /** The column, from 1, in UTF-16 code units. */
  readonly column: number;
  /** The offset from the start of the file, in bytes. */
  readonly offset: number;
}

/** The fields that the issues of all kinds of files share. */
export interface PrintableIssue<P extends Location> {
  /** The issue code. */
  readonly code: string;
  /** The severity. */
  readonly level: Level;
  /** The length of the marked range in bytes. */
  readonly length?: number | undefined;
  /** The problem. */
  readonly message: string;
  /** How to solve the problem. May be empty. */
  readonly help: string;
  /** Whether `batchlight fix` solves the problem. */
  readonly fixable?: boolean | undefined;
  /** A second location, such as the first use of a duplicate id. */
  readonly related?: P | undefined;
}

/** The severity of an issue. */
export type Level = "error" | "warning" | "note";

/** The color of each level. */
export const levelColors: Readonly<Record<Level, Style>> = { error: "red", warning: "yellow", note: "cyan" };

/** Prints issues, each followed by an empty line. Stops if nobody reads the output. */
export async function printIssues<P extends Location>(
  out: TerminalStream,
  issues: readonly (PrintableIssue<P> & P)[],
  fileOf: (place: P) => InputSource,
): Promise<void> {
  for (const issue of issues) {
    if (!(await out.print([...(await issueLines(issue, fileOf, out)), ""]))) return;
  }
}

async function issueLines<P extends Location>(
  issue: PrintableIssue<P> & P,
  fileOf: (place: P) => InputSource,
  { paint, width }: TerminalStream,
): Promise<string[]> {
  const { code, level, line, message, help, fixable, related } = issue;
  const at = (place: P): string => `${fileOf(place).name}:${place.line}:${place.column}`;
  const kind = `${paint(`${level}[${code}]`, "bold", levelColors[level])}${paint(":", "bold")}`;
  const lines = [`${paint(at(issue), "bold")}: ${kind} ${message}`];
  const gutter = String(line).length + 2;
  // Reserves cells for the bar, its spaces and a mark after the end of the line.
  const excerpt = await excerptOf(fileOf(issue).readRange, issue, Math.max(20, width - gutter - 4));
  if (excerpt) lines.push(...excerptLines(excerpt, line, gutter, levelColors[level], paint));
  const more = `${" ".repeat(gutter)} ${paint("=", "blue")} `;
  if (help) lines.push(`${more}${paint("help:", "bold")} ${help}${fixable ? " [fixable]" : ""}`);
  if (related) lines.push(`${more}${paint("note:", "bold")} first used at ${at(related)}`);
  return lines;
}

function excerptLines(
  { glyphs, indent, marked }: Excerpt,
  line: number,
  gutter: number,
  color: Style,
  paint: Paint,
): string[] {
  const bar = paint("|", "blue");
  const text = glyphs.map((glyph) => (glyph.replaced ? paint(glyph.text, "dim") : glyph.text)).join("");
  return [
    `${paint(String(line).padStart(gutter), "blue")} ${bar} ${text}`,
    `${" ".repeat(gutter)} ${bar} ${" ".repeat(indent)}${paint("^".repeat(marked), "bold", color)}`,
  ];
}

/** A row of the summary: how many issues have a code, and how many of them were not shown. */
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

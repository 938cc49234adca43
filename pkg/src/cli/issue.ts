// An issue as compilers print theirs: where, what, the line with the place underlined, what to do.
import { type Excerpt, excerptOf } from "./excerpt.js";
import type { Paint, Style } from "./colors.js";
import type { Screen } from "./terminal-stream.js";
import type { Source } from "./input-source.js";
import { count } from "./format.js";

/** A place in a file. */
export interface Place {
  /** The line, from 1. */
  readonly line: number;
  /** The column, from 1, in UTF-16 units as editors count them. */
  readonly column: number;
  /** The same in bytes from the file's beginning. */
  readonly offset: number;
}

/** What issues of all kinds of files have in common. */
export interface Printable<P extends Place> {
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
export const colours: Readonly<Record<Level, Style>> = { error: "red", warning: "yellow", note: "cyan" };

/** Prints issues, each followed by an empty line. */
export async function printIssues<P extends Place>(
  out: Screen,
  issues: readonly (Printable<P> & P)[],
  fileOf: (place: P) => Source,
): Promise<void> {
  for (const issue of issues) {
    if (!(await out.print([...(await issueLines(issue, fileOf, out)), ""]))) return;
  }
}

/** The lines of one issue. */
async function issueLines<P extends Place>(
  issue: Printable<P> & P,
  fileOf: (place: P) => Source,
  { paint, width }: Screen,
): Promise<string[]> {
  const { code, level, line, message, help, related } = issue;
  const at = (place: P): string => `${fileOf(place).name}:${place.line}:${place.column}`;
  const kind = `${paint(`${level}[${code}]`, "bold", colours[level])}${paint(":", "bold")}`;
  const lines = [`${paint(at(issue), "bold")}: ${kind} ${message}`];
  const gutter = String(line).length + 2;
  // Beside the bar and its spaces, one cell for a mark behind the end of the line.
  const excerpt = await excerptOf(fileOf(issue).bytes, issue, Math.max(20, width - gutter - 4));
  if (excerpt) lines.push(...excerptLines(excerpt, line, gutter, colours[level], paint));
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
  paint(level, colours[level]),
  code,
  { right: count(all) },
  all > shown ? paint(`${count(all - shown)} not shown`, "dim") : "",
];

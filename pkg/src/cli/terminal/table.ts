// Aligns rows in columns, separated by two spaces.
import { displayWidth } from "./terminal-text.js";
import { stripColors } from "./colors.js";

/** A cell: a left-aligned string, or a right-aligned one in `right`. */
export type Cell = string | { readonly right: string };

const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.right);

/**
 * Formats rows as lines. Columns without content are omitted.
 *
 * @param rows the cells, which may be painted
 * @param indent the start of every line
 */
export function table(rows: readonly (readonly Cell[])[], indent = "  "): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => displayWidth(stripColors(textOf(row[column] ?? ""))))),
  );
  return rows.map((row) => {
    const cells = row.flatMap((cell, column) => (widths[column] === 0 ? [] : [padCell(cell, widths[column]!)]));
    return `${indent}${cells.join("  ").trimEnd()}`;
  });
}

function padCell(cell: Cell, width: number): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(stripColors(textOf(cell)))));
  return typeof cell === "string" ? cell + space : space + cell.right;
}

// Rows in columns, apart by two spaces.
import { displayWidth } from "./terminal-text.js";
import { stripColors } from "./colors.js";

/** A cell: its text, or with `right` a number that ends where the others end. */
export type Cell = string | { readonly right: string };

const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.right);

/**
 * Lines of a table. What is empty in every row takes no room.
 *
 * @param rows cells, which may be painted
 * @param indent what every line begins with
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

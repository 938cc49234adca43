// Prints tables on a terminal.

/** Prints rows of cells below a title. All columns except the first are aligned to the right. */
export function table(title, heads, rows) {
  const lines = [heads, ...rows].map((cells) => cells.map(String));
  const widths = heads.map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
  const line = (cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join("  ");
  console.log(`\n${title}\n\n${line(lines[0])}\n${widths.map((width) => "-".repeat(width)).join("  ")}`);
  for (const cells of lines.slice(1)) console.log(line(cells));
}

/** The median of numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Formats a ratio, such as `1.25 x`. */
export const times = (number) => `${number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0)} x`;

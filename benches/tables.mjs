// Prints tables on a terminal, and formats figures with their spread.

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
export const median = (numbers) => quantile(numbers, 0.5);

/** A quantile of numbers, interpolated between the two nearest. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

/** The geometric mean of numbers. */
export const geometricMean = (numbers) =>
  Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);

/** Formats a ratio, such as `1.25 x`. */
export const times = (number) => `${number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0)} x`;

/** Formats a number with grouped digits and a number of decimals. */
export const decimal = (number, digits = 0) =>
  number.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Formats the median of numbers with their quartiles, such as `51 (50–53)`. */
export function spread(numbers, digits = 0) {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => decimal(quantile(numbers, share), digits));
  return `${middle} (${low}–${high})`;
}

// Formats numbers for people.

const grouped = new Intl.NumberFormat("en-US");
const rounded = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

/** Formats a number with thousands separators: `50,000`. */
export const formatNumber = (value: number): string => grouped.format(value);

/** Formats a count with its noun: `1 line`, `2,000 lines`. */
export const pluralize = (value: number, singular: string, plural = `${singular}s`): string =>
  `${formatNumber(value)} ${value === 1 ? singular : plural}`;

/** Formats an estimate with three significant digits: `1.23M`. */
export const formatApproximate = (value: number): string =>
  value < 10_000 ? formatNumber(Math.round(value)) : compact.format(value);

const units = ["kB", "MB", "GB", "TB"];

/** Formats a size in decimal units, as OpenAI's documentation does: `198.4 MB`. */
export function formatBytes(value: number): string {
  if (value < 1000) return pluralize(value, "byte");
  let [size, unit] = [value / 1000, 0];
  while (size >= 999.95 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${rounded.format(size)} ${units[unit]}`;
}

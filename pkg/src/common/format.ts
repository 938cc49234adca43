// Numbers, counts and sizes for people: the same on a terminal and on the board.

const grouped = new Intl.NumberFormat("en-US");
const rounded = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

/** Formats a number with thousands separators: `50,000`. */
export const formatNumber = (value: number): string => grouped.format(value);

/** Formats a count with its noun: `1 line`, `2,000 lines`. */
export const pluralize = (value: number, singular: string, plural = `${singular}s`): string =>
  `${formatNumber(value)} ${value === 1 ? singular : plural}`;

/** Formats an estimate with three significant digits: `9,876`, `12.3K`, `1.23M`. It has no higher precision. */
export const formatEstimate = (value: number): string =>
  value < 10_000 ? formatNumber(Math.round(value)) : compact.format(value);

/** Formats an estimate of input tokens: `about 1 input token`, `about 12.3K input tokens`. */
export const formatInputTokens = (tokens: number): string =>
  `about ${formatEstimate(tokens)} input ${tokens === 1 ? "token" : "tokens"}`;

const units = ["KiB", "MiB", "GiB", "TiB"];

/** Formats a size in binary units, in which OpenAI's limit of 209,715,200 bytes is `200 MiB`. */
export function formatBytes(value: number): string {
  if (value < 1024) return pluralize(value, "byte");
  let [size, unit] = [value / 1024, 0];
  while (size >= 1023.95 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${rounded.format(size)} ${units[unit]}`;
}

// Numbers, counts and sizes for people: the same on a terminal and on the board.

/** Creates a formatter at its first call, because the first one of a process takes many milliseconds. */
function formatter(options?: Intl.NumberFormatOptions): (value: number) => string {
  let format: Intl.NumberFormat | undefined;
  return (value) => {
    format ??= new Intl.NumberFormat("en-US", options);
    return format.format(value);
  };
}

/** Formats a number with thousands separators: `50,000`. */
export const formatNumber = /* @__PURE__ */ formatter();
const formatRounded = /* @__PURE__ */ formatter({ maximumFractionDigits: 1 });
const formatCompact = /* @__PURE__ */ formatter({ notation: "compact", maximumSignificantDigits: 3 });

/** Formats a count with its noun: `1 line`, `2,000 lines`. */
export const pluralize = (value: number, singular: string, plural = `${singular}s`): string =>
  `${formatNumber(value)} ${value === 1 ? singular : plural}`;

/** Formats an estimate with three significant digits: `9,876`, `12.3K`, `1.23M`. It has no higher precision. */
export const formatEstimate = (value: number): string =>
  value < 10_000 ? formatNumber(Math.round(value)) : formatCompact(value);

/** Formats an estimate with its noun: `1 token`, `12.3K tokens`. */
export const pluralizeEstimate = (value: number, singular: string): string =>
  `${formatEstimate(value)} ${singular}${Math.round(value) === 1 ? "" : "s"}`;

/** Formats an estimate of input tokens: `about 1 input token`, `about 12.3K input tokens`. */
export const formatInputTokens = (tokens: number): string => `about ${pluralizeEstimate(tokens, "input token")}`;

const units = ["KiB", "MiB", "GiB", "TiB"];

/** Formats a size in binary units, in which OpenAI's limit of 209,715,200 bytes is `200 MiB`. */
export function formatBytes(value: number): string {
  if (value < 1024) return pluralize(value, "byte");
  let [size, unit] = [value / 1024, 0];
  while (size >= 1023.95 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${formatRounded(size)} ${units[unit]}`;
}

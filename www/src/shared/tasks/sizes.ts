// Formatting of sizes and estimates.
import { formatNumber } from "../text.js";

const units = ["KiB", "MiB", "GiB"] as const;

/** Formats a size: `812 bytes`, `12.4 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${formatNumber(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1023.95 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toFixed(1)} ${units[unit]}`;
}

const rounded = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** Formats an estimate with three significant digits; more digits would suggest a precision that it does not have. */
export const formatEstimate = (number: number): string => rounded.format(Math.round(number));

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

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

/** Formats an estimate as the command does: `9,876`, `12.3K`, `1.23M`. */
export const formatEstimate = (number: number): string =>
  number < 10_000 ? formatNumber(Math.round(number)) : compact.format(number);

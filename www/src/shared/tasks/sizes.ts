// Bytes and estimates as people read them.
import { grouped } from "../text.js";

const units = ["KiB", "MiB", "GiB"] as const;

/** A size: `812 bytes`, `12.4 MiB`. */
export function sized(bytes: number): string {
  if (bytes < 1024) return `${grouped(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1023.95 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toFixed(1)} ${units[unit]}`;
}

const rough = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** A number that is only an estimate, to three digits: more of them would claim to be known. */
export const roughly = (number: number): string => rough.format(Math.round(number));

// Options that several commands share, and parsers for option values.
import { InvalidArgumentError, Option } from "commander";
import type { CheckOptions } from "./api.js";

const factors: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  ki: 1 << 10,
  mi: 1 << 20,
  gi: 1 << 30,
};

/** Creates a parser for whole numbers of at least `min`, such as `50000` or `50,000`. */
export const wholeNumber =
  (min: number) =>
  (text: string): number => {
    const digits = text.replace(/[,_]/g, "");
    const value = Number(digits);
    if (/^\d+$/.test(digits) && Number.isSafeInteger(value) && value >= min) return value;
    throw new InvalidArgumentError(`expected a whole number of at least ${min}`);
  };

/** Parses a port number. 0 means any free port. */
export function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new InvalidArgumentError("expected a port number from 0 to 65535");
}

/** Parses a size in bytes, such as `209715200`, `200MiB` or `100 MB`. */
export function byteCount(text: string): number {
  const [, number, prefix] = /^([\d,_.]+) ?(|[kmg]i?)b?$/i.exec(text.trim()) ?? [];
  const value = Math.floor(Number(number?.replace(/[,_]/g, "")) * (factors[prefix?.toLowerCase() ?? ""] ?? Number.NaN));
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("expected a size in bytes, such as 209715200, 200MiB or 100MB");
}

/** Parses a prefix for file names. Rejects path separators, so files stay in the output directory. */
export function namePrefix(text: string): string {
  if (!/[/\\]/.test(text)) return text;
  throw new InvalidArgumentError("expected a file name prefix without / and \\");
}

/** Collects the values of an option that can be repeated or given as a comma-separated list. */
export function commaSeparated(value: string, before: readonly string[] = []): string[] {
  const parts = value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length > 0) return [...before, ...parts];
  throw new InvalidArgumentError("expected a value, found an empty string");
}

/** The option for the number of threads. */
export const jobs = (): Option =>
  new Option("-j, --jobs <n>", "number of files to read at once; default: up to the number of processors").argParser(
    wholeNumber(1),
  );

/** The option for the maximum number of requests per file. */
export const maxRequests = (): Option =>
  new Option("--max-requests <n>", "maximum number of requests per file").argParser(wholeNumber(1));
/** The option for the maximum file size. */
export const maxBytes = (): Option =>
  new Option("--max-bytes <size>", "maximum file size, such as 100MB or 200MiB").argParser(byteCount);
/** The option for the maximum number of embedding inputs per file. */
export const maxInputs = (): Option =>
  new Option("--max-embedding-inputs <n>", "maximum number of embedding inputs per file").argParser(wholeNumber(1));
/** The option for the provider. */
export const profile = (): Option => new Option("--profile <name>", "provider whose rules and limits apply");
/** The option for JSON output. */
export const json = (what: string): Option => new Option("--json", what);
/** The option that allows overwriting. */
export const force = (): Option => new Option("-f, --force", "overwrite existing files");
/** The option for the output file. */
export const to = (what: string): Option => new Option("-o, --to <file>", what);

/** The values of the options on limits. */
export interface LimitValues {
  readonly maxRequests?: number;
  readonly maxBytes?: number;
  readonly maxEmbeddingInputs?: number;
}

/** Converts option values to the limits that the package accepts. */
export const toLimits = ({
  maxRequests,
  maxBytes,
  maxEmbeddingInputs,
}: LimitValues): NonNullable<CheckOptions["limits"]> => ({
  ...(maxRequests === undefined ? {} : { requests: maxRequests }),
  ...(maxBytes === undefined ? {} : { bytes: maxBytes }),
  ...(maxEmbeddingInputs === undefined ? {} : { embeddingInputs: maxEmbeddingInputs }),
});

/** Formats the examples section of a command's help. */
export const examples = (...lines: readonly (readonly [command: string, comment: string])[]): string =>
  `\nExamples:\n${lines.map(([command, comment]) => `  # ${comment}\n  $ ${command}`).join("\n")}`;

// The arguments and options that several commands share, and how their values are read.
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

/** Reads a whole number from `min` on, such as `50000` or `50,000`. */
export const wholeNumber =
  (min: number) =>
  (text: string): number => {
    const digits = text.replace(/[,_]/g, "");
    const value = Number(digits);
    if (/^\d+$/.test(digits) && Number.isSafeInteger(value) && value >= min) return value;
    throw new InvalidArgumentError(`expected a whole number from ${min} on.`);
  };

/** Reads the number of a port; 0 stands for any. */
export function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new InvalidArgumentError("expected a number from 0 to 65535.");
}

/** A number of bytes, such as `209715200`, `200MiB` or `100 MB`. */
export function byteCount(text: string): number {
  const [, number, prefix] = /^([\d,_.]+) ?(|[kmg]i?)b?$/i.exec(text.trim()) ?? [];
  const value = Math.floor(Number(number?.replace(/[,_]/g, "")) * (factors[prefix?.toLowerCase() ?? ""] ?? Number.NaN));
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("expected a number of bytes, as 209715200, 200MiB or 100MB.");
}

/** Reads what the names of new files begin with. It must not lead out of the folder they are written to. */
export function namePrefix(text: string): string {
  if (!/[/\\]/.test(text)) return text;
  throw new InvalidArgumentError("expected the beginning of a file name, without / and \\.");
}

/** Collects an option that may be given more than once, or as a list with commas. */
export function commaSeparated(value: string, before: readonly string[] = []): string[] {
  const parts = value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length > 0) return [...before, ...parts];
  throw new InvalidArgumentError("expected a value, found an empty one.");
}

/** Sets the most requests of a file. */
export const maxRequests = (): Option =>
  new Option("--max-requests <n>", "the most requests a file may hold").argParser(wholeNumber(1));
/** Sets the most bytes of a file. */
export const maxBytes = (): Option =>
  new Option("--max-bytes <size>", "the most bytes a file may hold, as 100MB or 200MiB").argParser(byteCount);
/** Sets the most embedding inputs of a file. */
export const maxInputs = (): Option =>
  new Option("--max-embedding-inputs <n>", "the most embedding inputs a file may hold").argParser(wholeNumber(1));
/** Names the provider. */
export const profile = (): Option => new Option("--profile <name>", "the provider whose rules and limits apply");
/** Asks for JSON. */
export const json = (what: string): Option => new Option("--json", what);
/** Lets files be overwritten. */
export const force = (): Option => new Option("-f, --force", "overwrite files that exist");
/** Names the file that is written. */
export const to = (what: string): Option => new Option("-o, --to <file>", what);

/** The values of the options on limits. */
export interface LimitValues {
  readonly maxRequests?: number;
  readonly maxBytes?: number;
  readonly maxEmbeddingInputs?: number;
}

/** The limits as the package takes them. */
export const toLimits = ({
  maxRequests,
  maxBytes,
  maxEmbeddingInputs,
}: LimitValues): NonNullable<CheckOptions["limits"]> => ({
  ...(maxRequests === undefined ? {} : { requests: maxRequests }),
  ...(maxBytes === undefined ? {} : { bytes: maxBytes }),
  ...(maxEmbeddingInputs === undefined ? {} : { embeddingInputs: maxEmbeddingInputs }),
});

/** The examples of a command, as its help shows them. */
export const examples = (...lines: readonly (readonly [command: string, comment: string])[]): string =>
  `\nExamples:\n${lines.map(([command, comment]) => `  # ${comment}\n  $ ${command}`).join("\n")}`;

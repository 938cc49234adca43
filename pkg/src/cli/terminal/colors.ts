// Colors for terminals.
import { randomBytes } from "node:crypto";
import { visible } from "./terminal-text.js";

/** The styles, each with the ECMA-48 SGR codes that turn it on and off. */
const styles = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const;

/** The name of a style. */
export type Style = keyof typeof styles;

/** Applies styles to a string. Returns the string unchanged if colors are off. */
export type Paint = (text: string, ...names: Style[]) => string;

/**
 * Starts the escape sequences of this process. Because the prefix is random, no input file can contain it, so {@link
 * renderLine} can tell our color codes from escape sequences in the data.
 */
const escapePrefix = `\x1b${randomBytes(8).toString("hex")}`;
const prefixedSequence = new RegExp(`${escapePrefix}(\\[\\d+m)`);

/** Applies styles as prefixed escape sequences. */
const colored: Paint = (text, ...names) =>
  names.reduce((inner, name) => `${escapePrefix}[${styles[name][0]}m${inner}${escapePrefix}[${styles[name][1]}m`, text);
const plain: Paint = (text) => text;

/**
 * Converts a line for output: own color codes become escape sequences, all other control characters become {@link
 * visible}.
 */
export const renderLine = (line: string): string =>
  line
    .split(prefixedSequence)
    .map((part, at) => (at % 2 === 0 ? visible(part) : `\x1b${part}`))
    .join("");

/** Removes color codes from a painted string. */
export const stripColors = (text: string): string =>
  text
    .split(prefixedSequence)
    .filter((_, at) => at % 2 === 0)
    .join("");

/** The inputs that decide whether colors are used. */
export interface ColorSettings {
  /** The value of `--color` or `--no-color`. Takes precedence over the other settings. */
  readonly option: boolean | undefined;
  readonly isTerminal: boolean;
  /** The environment. FORCE_COLOR takes precedence over NO_COLOR, as in Node; empty values are ignored. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Creates the paint function for a stream. */
export function createPaint({ option, isTerminal, env }: ColorSettings): Paint {
  return (option ?? forcedByEnv(env) ?? (!env.NO_COLOR && isTerminal && env.TERM !== "dumb")) ? colored : plain;
}

function forcedByEnv({ FORCE_COLOR }: ColorSettings["env"]): boolean | undefined {
  return FORCE_COLOR ? FORCE_COLOR !== "0" && FORCE_COLOR !== "false" : undefined;
}

// Colours, for terminals that have them and people who want them.
import { randomBytes } from "node:crypto";
import { visible } from "./terminal-text.js";

/** The styles there are, as the numbers of ECMA-48's SGR that turn them on and off. */
const styles = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const;

/** A style's name. */
export type Style = keyof typeof styles;

/** Gives a text a name, or leaves it as it is. */
export type Paint = (text: string, ...names: Style[]) => string;

/**
 * Begins the escape sequences of this process. No file can hold it, as it is random: that is how {@link renderLine} tells
 * our escapePrefix levelColors from sequences in somebody's data.
 */
const escapePrefix = `\x1b${randomBytes(8).toString("hex")}`;
const prefixedSequence = new RegExp(`${escapePrefix}(\\[\\d+m)`);

/** What paints where levelColors are wanted. */
const colored: Paint = (text, ...names) =>
  names.reduce((inner, name) => `${escapePrefix}[${styles[name][0]}m${inner}${escapePrefix}[${styles[name][1]}m`, text);
const plain: Paint = (text) => text;

/** A line as a terminal gets it: in our escapePrefix levelColors, and with everything else {@link visible}. */
export const renderLine = (line: string): string =>
  line
    .split(prefixedSequence)
    .map((part, at) => (at % 2 === 0 ? visible(part) : `\x1b${part}`))
    .join("");

/** A painted text without its levelColors. */
export const stripColors = (text: string): string =>
  text
    .split(prefixedSequence)
    .filter((_, at) => at % 2 === 0)
    .join("");

/** What levelColors are decided by. */
export interface ColorSettings {
  /** `--color` or `--no-color`, which decide it. */
  readonly option: boolean | undefined;
  /** Whether the stream is a terminal. */
  readonly isTerminal: boolean;
  /** The environment: FORCE_COLOR goes before NO_COLOR, as in Node; each counts when it is not empty. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The paint for a stream. */
export function createPaint({ option, isTerminal, env }: ColorSettings): Paint {
  return (option ?? forcedByEnv(env) ?? (!env.NO_COLOR && isTerminal && env.TERM !== "dumb")) ? colored : plain;
}

function forcedByEnv({ FORCE_COLOR }: ColorSettings["env"]): boolean | undefined {
  return FORCE_COLOR ? FORCE_COLOR !== "0" && FORCE_COLOR !== "false" : undefined;
}

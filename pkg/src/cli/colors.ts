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

/** Gives a text a look, or leaves it as it is. */
export type Paint = (text: string, ...looks: Style[]) => string;

/**
 * Begins the escape sequences of this process. No file can hold it, as it is random: that is how {@link rendered} tells
 * our own colours from sequences in somebody's data.
 */
const own = `\x1b${randomBytes(8).toString("hex")}`;
const ownSequence = new RegExp(`${own}(\\[\\d+m)`);

/** What paints where colours are wanted. */
const inColour: Paint = (text, ...looks) =>
  looks.reduce((inner, look) => `${own}[${styles[look][0]}m${inner}${own}[${styles[look][1]}m`, text);
const plain: Paint = (text) => text;

/** A line as a terminal gets it: in our own colours, and with everything else {@link visible}. */
export const rendered = (line: string): string =>
  line
    .split(ownSequence)
    .map((part, at) => (at % 2 === 0 ? visible(part) : `\x1b${part}`))
    .join("");

/** A painted text without its colours. */
export const unpainted = (text: string): string =>
  text
    .split(ownSequence)
    .filter((_, at) => at % 2 === 0)
    .join("");

/** What colours are decided by. */
export interface Wish {
  /** `--color` or `--no-color`, which decide it. */
  readonly asked: boolean | undefined;
  /** Whether the stream is a terminal. */
  readonly terminal: boolean;
  /** The environment: FORCE_COLOR goes before NO_COLOR, as in Node; each counts when it is not empty. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The paint for a stream. */
export function paintFor({ asked, terminal, env }: Wish): Paint {
  return (asked ?? forced(env) ?? (!env.NO_COLOR && terminal && env.TERM !== "dumb")) ? inColour : plain;
}

function forced({ FORCE_COLOR }: Wish["env"]): boolean | undefined {
  return FORCE_COLOR ? FORCE_COLOR !== "0" && FORCE_COLOR !== "false" : undefined;
}

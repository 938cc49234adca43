// What the templates are given: a view, and the means to write it.
import type { BatchView } from "#batchlight";
import { plain } from "./sanitize.js";
import { type Moment, type Scribe, scribeFor } from "./formatters.js";
import { type ElementMessageId, formatMessage, type Messages } from "./messages.js";

/** The language, zone and moment in which something is shown. */
export interface Stage {
  /** The language, as a BCP 47 tag: that of the messages, in the reader's kind where known. */
  readonly locale: string;
  /** The moment of looking, in Unix seconds. */
  readonly now: number;
  /** The texts in place of the English ones. */
  readonly messages: Messages | undefined;
  /** A word of the elements. */
  say(id: ElementMessageId, values?: Readonly<Record<string, string>>): string;
  /** A number with its digits grouped. */
  number: Scribe["number"];
  /** A fraction as a percentage. */
  percent: Scribe["percent"];
  /** How long ago or ahead a moment is; `undefined` for more than 30 days. */
  relative(seconds: number): string | undefined;
  /** A moment as seen from now. */
  moment(seconds: number): Moment | undefined;
}

/** A batch on a stage. */
export interface Scene extends Stage {
  /** What the core says of the batch. */
  readonly view: BatchView;
}

/** What decides a stage. */
export interface StageOptions {
  readonly messages?: Messages | undefined;
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly now: number;
}

/** Sets a stage. */
export function stageOf({ messages, locale, timeZone, now }: StageOptions): Stage {
  const language = locale ?? formatMessage(messages, "element.locale");
  const { number, percent, relative, moment } = scribeFor(language, timeZone);
  return {
    locale: language,
    now,
    messages,
    say: (id, values) => formatMessage(messages, id, values),
    number,
    percent,
    relative: (seconds) => relative(seconds, now),
    moment: (seconds) => moment(seconds, now),
  };
}

/** What a batch is called where there is more than one: by its id, or not at all. */
export const nameOf = (view: BatchView, { say }: Pick<Stage, "say">): string | undefined =>
  view.id === undefined ? undefined : say("element.batch", { id: plain(view.id, 40) });

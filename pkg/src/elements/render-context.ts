// What a template needs besides its batch: messages, formats and the current time.
import type { BatchView } from "#batchlight";
import { type FormattedTime, type Formatters, formattersFor } from "./formatters.js";
import { type ElementMessageId, formatMessage, type Messages } from "./messages.js";
import { sanitize } from "./sanitize.js";

/** Messages and formats for one language, one time zone and one current time. All times are in Unix seconds. */
export interface RenderContext {
  /** The locale of numbers and times, as a BCP 47 tag. */
  readonly locale: string;
  /** The current time. */
  readonly now: number;
  /** The messages that replace the English ones. */
  readonly messages: Messages | undefined;
  /** Returns a message of the elements with its values filled in. */
  message(id: ElementMessageId, values?: Readonly<Record<string, string>>): string;
  /** Formats a number with grouped digits. */
  number: Formatters["number"];
  /** Formats a fraction as a percentage. */
  percent: Formatters["percent"];
  /** Formats the distance of a time from now; `undefined` for more than 30 days. */
  relative(seconds: number): string | undefined;
  /** Formats a time; `undefined` if it is beyond the range of `Date`. */
  time(seconds: number): FormattedTime | undefined;
}

/** The context of a template that shows one batch. */
export interface BatchContext extends RenderContext {
  /** The batch as `describeBatch` describes it. */
  readonly view: BatchView;
}

/** Options of {@link createContext}. */
export interface ContextOptions {
  /** The English messages that the template needs. */
  readonly english: Messages;
  readonly messages?: Messages | undefined;
  /** Default: the locale of the messages. */
  readonly locale?: string | undefined;
  /** Default: the time zone of the machine. */
  readonly timeZone?: string | undefined;
  readonly now: number;
}

/** Creates a context. */
export function createContext({ english, messages, locale, timeZone, now }: ContextOptions): RenderContext {
  const message: RenderContext["message"] = (id, values) => formatMessage(messages, english, id, values);
  const usedLocale = locale ?? message("element.locale");
  const { number, percent, relative, time } = formattersFor(usedLocale, timeZone);
  const justNow = message("element.just_now");
  return {
    locale: usedLocale,
    now,
    messages,
    message,
    number,
    percent,
    relative: (seconds) => relative(seconds, now, justNow),
    time: (seconds) => time(seconds, now, justNow),
  };
}

/** The name of a batch among others, which holds its id; `undefined` if it has no id. */
export const batchName = (view: BatchView, { message }: Pick<RenderContext, "message">): string | undefined =>
  view.id === undefined ? undefined : message("element.batch", { id: sanitize(view.id, 40) });

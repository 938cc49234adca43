// renderBatch and renderShadowRoot: render an element to HTML on a server, from the templates that the element uses in
// a page.
import type { BatchView, ProfileName, ProgressSample } from "#batchlight";
import { describeBatch } from "../runtime/registered-core.js";
import { hostAttributes } from "./host-attributes.js";
import { batchesOf, keysOf, matchingEntries, namesOf, type ListGroup, type ListOrder } from "./list-model.js";
import { elementMessages, type Messages } from "./messages.js";
import { type BatchContext, createContext, type RenderContext } from "./render-context.js";
import { escapeHtml, renderToString } from "./ssr-template.js";
import { type ElementName, stylesheetOf } from "./styles/stylesheets.js";
import { card } from "./templates/card.js";
import { isSelected, list, row } from "./templates/list.js";
import { progress } from "./templates/progress.js";
import { status } from "./templates/status.js";
import { timeline } from "./templates/timeline.js";

/** Options of `renderBatch`. */
export interface RenderOptions {
  /** The element to render. Default: `batch-card`. */
  readonly element?: ElementName | undefined;
  /** The current time, in Unix seconds. Default: the system clock. */
  readonly now?: number | undefined;
  /** The provider whose rules apply. Default: `openai`. */
  readonly profile?: ProfileName | undefined;
  /** Progress at earlier polls, oldest first, for estimates of the time left and stall checks. */
  readonly history?: readonly ProgressSample[] | undefined;
  /** Messages by id that replace the English ones, such as the pack `de`. */
  readonly messages?: Messages | undefined;
  /** The locale of numbers and times. Default: that of the messages. */
  readonly locale?: string | undefined;
  /** The time zone, such as `Europe/Berlin`. Default: `UTC`. */
  readonly timeZone?: string | undefined;
  /** The level of the heading of a card. Default: 3. */
  readonly headingLevel?: number | undefined;
  /** The group of batches that a list shows. Default: `all`. */
  readonly group?: ListGroup | undefined;
  /** The order of a list. Default: `attention`. */
  readonly order?: ListOrder | undefined;
  /** Words that a batch of a list must contain. Default: none. */
  readonly find?: string | undefined;
  /** The id of the batch whose row is marked as selected. Default: none. */
  readonly selected?: string | undefined;
  /** The nonce of the page's Content-Security-Policy, for the style element. */
  readonly nonce?: string | undefined;
  /**
   * Whether to write the batch into an attribute, so that the element in the page needs no script to set it. Default:
   * false.
   */
  readonly withData?: boolean | undefined;
}

/**
 * Renders an element as HTML with a declarative shadow root. A browser shows it before any script runs, and the element
 * takes it over without a visible change. All strings of the batch are escaped.
 *
 * @param batch the value of the element's property: a batch, or a page of batches for `batch-list`
 * @example
 * import { renderBatch } from "batchlight/elements";
 * const batch = { id: "batch_1", status: "validating", created_at: 1736489775 };
 * const html = renderBatch(batch, { element: "batch-status", now: 1736489780 });
 * console.log(html.startsWith("<batch-status")); // true
 */
export function renderBatch(batch: unknown, options: RenderOptions = {}): string {
  const { element = "batch-card", timeZone = "UTC", profile, headingLevel = 3, withData = false } = options;
  const isList = element === "batch-list";
  const attributes: readonly (readonly [string, string | undefined])[] = [
    ["time-zone", timeZone],
    ["locale", contextOf(options).locale],
    ["profile", profile],
    ["heading-level", element === "batch-card" && headingLevel !== 3 ? String(headingLevel) : undefined],
    ...(["group", "order", "find", "selected"] as const).map(
      (name) => [name, isList ? options[name] : undefined] as const,
    ),
    [isList ? "batches" : "batch", withData ? jsonOf(batch) : undefined],
    ...(isList ? [] : Object.entries(hostAttributes(viewOf(batch, options)))),
  ];
  const attributesHtml = attributes
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${escapeHtml(value)}"`))
    .join("");
  const content = renderShadowRoot(batch, options);
  return `<${element}${attributesHtml}><template shadowrootmode="open">${content}</template></${element}>`;
}

/**
 * Renders what {@link renderBatch} writes into the declarative shadow root: the style and the content, without the
 * element around it. For components of frameworks, which write `<template shadowrootmode="open">` themselves.
 */
export function renderShadowRoot(batch: unknown, options: RenderOptions = {}): string {
  const { element = "batch-card", headingLevel = 3, nonce } = options;
  const context = contextOf(options);
  const describe = (value: unknown) => viewOf(value, { ...options, now: context.now });
  const template = (): unknown => {
    if (element === "batch-list") {
      const { group = "all", order = "attention", find = "", selected } = options;
      const batches = batchesOf(batch);
      const keys = keysOf(batches);
      const entries = batches.map((each, index) => {
        const view = describe(each);
        return { key: keys[index] ?? "", batch: each, view, ...namesOf(each, view, undefined) };
      });
      const shown = matchingEntries(entries, { group, order, find });
      const rows = shown.map((entry, index) =>
        row(entry, { isTabStop: index === 0, isSelected: isSelected(entry, selected) }, context),
      );
      return list({ entries, shown, group, order, find, rows }, context);
    }
    const batchContext: BatchContext = { ...context, view: describe(batch) };
    return element === "batch-card"
      ? card(batchContext, headingLevel)
      : { "batch-status": status, "batch-progress": progress, "batch-timeline": timeline }[element](batchContext);
  };
  const nonceHtml = nonce === undefined ? "" : ` nonce="${escapeHtml(nonce)}"`;
  return `<style${nonceHtml}>${stylesheetOf(element)}</style>${renderToString(template())}`;
}

const viewOf = (batch: unknown, { now, profile, history, messages }: RenderOptions): BatchView =>
  describeBatch(batch, { now: now ?? Math.floor(Date.now() / 1000), profile, history, messages });

const contextOf = ({
  messages,
  locale,
  timeZone = "UTC",
  now = Math.floor(Date.now() / 1000),
}: RenderOptions): RenderContext => createContext({ english: elementMessages, messages, locale, timeZone, now });

/** The batch as JSON; `undefined` if it cannot be serialized, such as a circular object. */
function jsonOf(batch: unknown): string | undefined {
  if (typeof batch === "string") return batch;
  try {
    return JSON.stringify(batch);
  } catch {
    return undefined;
  }
}

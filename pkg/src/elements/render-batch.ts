// The elements as text, for servers: the same templates, no DOM.
import { describeBatch, type ProfileName, type ProgressSample } from "#batchlight";
import { batchesOf, keysOf } from "./list-model.js";
import { escaped, markup } from "./ssr-template.js";
import { type Scene, stageOf } from "./render-context.js";
import { type ElementName, sheets } from "./styles/stylesheets.js";
import { card } from "./templates/card.js";
import { list } from "./templates/list.js";
import { progress } from "./templates/progress.js";
import { status } from "./templates/status.js";
import { timeline } from "./templates/timeline.js";
import type { Messages } from "./messages.js";

/** How to write an element. */
export interface RenderOptions {
  /** Which element. Default: `batch-card`. */
  readonly element?: ElementName | undefined;
  /** The moment for which to write it, in Unix seconds. Default: now. */
  readonly now?: number | undefined;
  /** Whose server it is. */
  readonly profile?: ProfileName | undefined;
  /** Polls remembered. */
  readonly history?: readonly ProgressSample[] | undefined;
  /** Texts by message id in place of the English ones. */
  readonly messages?: Messages | undefined;
  /** The language for numbers and times. Default: that of the labels. */
  readonly locale?: string | undefined;
  /** The time zone. Default: UTC, as a server does not know the reader's. */
  readonly timeZone?: string | undefined;
  /** The level of a card's heading. Default: 3. */
  readonly headingLevel?: number | undefined;
  /** The nonce of the page's policy, for the style element. */
  readonly nonce?: string | undefined;
  /**
   * Whether to write the batch itself into an attribute, so that the element lives on in the page without more script.
   */
  readonly withData?: boolean | undefined;
}

/**
 * An element with its shadow as HTML, to be sent by a server: it is shown before any script has run, and taken over by
 * the element without a change. All text of the batch is written as text.
 *
 * @param batch what the element's property takes: a batch, for `batch-list` a page of them
 * @example
 * import { renderBatch } from "batchlight/elements";
 * const html = renderBatch({ id: "batch_1", status: "validating", created_at: 1736489775 },
 * { element: "batch-status", now: 1736489780 }); console.log(html.includes("Checking file")); // true
 */
export function renderBatch(batch: unknown, options: RenderOptions = {}): string {
  const {
    element = "batch-card",
    now = Math.floor(Date.now() / 1000),
    timeZone = "UTC",
    profile,
    history,
    messages,
    headingLevel = 3,
    nonce,
    withData = false,
  } = options;
  const stage = stageOf({ messages, locale: options.locale, timeZone, now });
  const look = (value: unknown) => describeBatch(value, { now, profile, history, messages });
  const inside = (): unknown => {
    if (element === "batch-list") {
      const batches = batchesOf(batch);
      const keys = keysOf(batches);
      const entries = batches.map((batch, index) => ({ key: keys[index] ?? "", batch, view: look(batch) }));
      return list({ entries, group: "all", order: "attention", find: "" }, stage);
    }
    const scene: Scene = { ...stage, view: look(batch) };
    return element === "batch-card"
      ? card(scene, headingLevel)
      : { "batch-status": status, "batch-progress": progress, "batch-timeline": timeline }[element](scene);
  };
  const attributes: readonly (readonly [string, string | undefined])[] = [
    ["time-zone", timeZone],
    ["locale", stage.locale],
    ["profile", profile],
    ["heading-level", element === "batch-card" && headingLevel !== 3 ? String(headingLevel) : undefined],
    [element === "batch-list" ? "batches" : "batch", withData ? dataOf(batch) : undefined],
  ];
  const written = attributes
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${escaped(value)}"`))
    .join("");
  const styleNonce = nonce === undefined ? "" : ` nonce="${escaped(nonce)}"`;
  const content = `<style${styleNonce}>${sheets[element]}</style>${markup(inside())}`;
  return `<${element}${written}><template shadowrootmode="open">${content}</template></${element}>`;
}

function dataOf(batch: unknown): string | undefined {
  if (typeof batch === "string") return batch;
  try {
    return JSON.stringify(batch);
  } catch {
    // What no JSON can hold is shown all the same.
    return undefined;
  }
}

// The types of batchlight/elements: by tag name, by class, and for server rendering.
import {
  type BatchCardElement,
  type BatchSelectEvent,
  type ElementClass,
  BatchListElement,
  badgeSvg,
  renderBatch,
  setMessages,
} from "batchlight/elements";
import "batchlight/elements/define";
import { de } from "batchlight/elements/de";
import { some } from "./equal.js";

const card: BatchCardElement | null = document.querySelector("batch-card");
const made: HTMLElementTagNameMap["batch-status"] = document.createElement("batch-status");
made.batch = some<unknown>();
made.messages = de;
made.timeZone = "Europe/Berlin";
card?.addEventListener("click", ({ clientX }) => void clientX);

const list = new BatchListElement();
list.group = "attention";
list.order = "newest";
list.addEventListener("batch-select", (event) => {
  const same: BatchSelectEvent = event;
  const id: string | undefined = same.detail.view.id;
  void id;
});
document.addEventListener("batch-select", ({ detail }) => void detail.batch);

const Class: ElementClass<BatchListElement> = BatchListElement;
Class.define("my-list");
setMessages(undefined);
const texts: string[] = [
  renderBatch(null, { element: "batch-list", messages: de, now: 0 }),
  badgeSvg(null, { messages: { "label.no_batch": "none" } }),
];

// @ts-expect-error "random" is not an order
list.order = "random";
// @ts-expect-error view is read-only
made.view = undefined;
// @ts-expect-error there is no such element
renderBatch(null, { element: "batch-lists" });
void texts;

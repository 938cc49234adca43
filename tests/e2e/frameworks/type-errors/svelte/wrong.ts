// Every expected error below must occur, or the type check fails. Svelte checks templates with the
// same types.
import type {} from "batchlight/svelte";
import type { SvelteHTMLElements } from "svelte/elements";

export const card: SvelteHTMLElements["batch-card"] = { batch: null, class: "mine", headingLevel: 2 };
// @ts-expect-error headingLevel is a number
export const level: SvelteHTMLElements["batch-card"] = { headingLevel: "2" };
// @ts-expect-error "random" is not an order
export const order: SvelteHTMLElements["batch-list"] = { order: "random" };
export const chosen: SvelteHTMLElements["batch-list"] = {
  // @ts-expect-error an id is a string
  "onbatch-select": ({ detail }) => detail.view.id satisfies number | undefined,
};

// What is wrong is found: each of these lines is an error, or the check fails. Templates are checked by these same
// types.
import type {} from "batchlight/elements/svelte";
import type { SvelteHTMLElements } from "svelte/elements";

export const card: SvelteHTMLElements["batch-card"] = { batch: null, class: "mine", headingLevel: 2 };
// @ts-expect-error a level is a number
export const level: SvelteHTMLElements["batch-card"] = { headingLevel: "2" };
// @ts-expect-error there is no such order
export const order: SvelteHTMLElements["batch-list"] = { order: "random" };
export const chosen: SvelteHTMLElements["batch-list"] = {
  // @ts-expect-error an id is text
  "onbatch-select": ({ detail }) => detail.view.id satisfies number | undefined,
};

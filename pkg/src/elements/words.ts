// The words of the elements that are none of the batch's: headings and controls. Those about a batch are the core's (`words`).

/** Texts by message id. */
export type Words = Readonly<Record<string, string>>;

/** The English ones. `{name}` stands for a value. */
export const elementWords = {
  "element.locale": "en",
  "element.requests": "Requests",
  "element.timeline": "Timeline",
  "element.upcoming": "still ahead",
  "element.created": "Created",
  "element.elapsed": "{duration} so far",
  "element.elapsed_all": "{duration} in all",
  "element.reason": "The server’s reason",
  "element.reasons": "The server’s reasons, {count} in all",
  "element.reasons_listed": "The first {count} are listed.",
  "element.issues": "Remarks on the object: {count}",
  "element.list": "Batches",
  "element.group": "Show",
  "element.group.all": "All",
  "element.group.attention": "Needs attention",
  "element.group.active": "Under way",
  "element.group.done": "Done",
  "element.sort": "Sort",
  "element.sort.attention": "Attention first",
  "element.sort.newest": "Newest first",
  "element.sort.oldest": "Oldest first",
  "element.sort.progress": "Least finished first",
  "element.find": "Find",
  "element.shown": "{shown} of {total} shown",
  "element.none_found": "No batch is like that.",
  "element.none": "There are no batches.",
  "element.batch": "Batch {id}",
  "element.said": "{name}: {text}",
  "element.more_changed": "{count} more changed.",
} as const;

/** The id of a word of the elements. */
export type ElementMessage = keyof typeof elementWords;

/** A word in the language of a pack, with its values filled in. */
export function sayWith(words: Words | undefined, id: ElementMessage, values: Readonly<Record<string, string>> = {}): string {
  const template: string = words?.[id] ?? elementWords[id];
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

// Every text that the elements show: those about a batch are the core's (`messages`); those here are headings and
// controls.

/** Texts by message id: ids of `messages` and of `elementMessages`. */
export type Messages = Readonly<Record<string, string>>;

/** The English ones. `{name}` stands for a value. */
export const elementMessages = {
  "element.locale": "en",
  "element.requests": "Requests",
  "element.timeline": "Timeline",
  "element.upcoming": "still ahead",
  "element.created": "Created",
  "element.elapsed": "{duration} so far",
  "element.elapsed_all": "{duration} in all",
  "element.reason": "The server’s reason",
  "element.reasons": "The server’s reasons, {count} in all",
  "element.reasons_more": "{count} more",
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

/** The id of a label of the elements. */
export type ElementMessageId = keyof typeof elementMessages;

/** A label in the language of a pack, with its values filled in. */
export function formatMessage(
  messages: Messages | undefined,
  id: ElementMessageId,
  values: Readonly<Record<string, string>> = {},
): string {
  const template: string = messages?.[id] ?? elementMessages[id];
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

// The English messages of the elements themselves: headings and controls. The messages about a batch are `messages` of
// `batchlight`.

/** Messages by id, in any language: ids of `messages` of `batchlight` and of `elementMessages`. */
export type Messages = Readonly<Record<string, string>>;

// Named, so that bundlers drop the other messages from pages that only show badges.
const locale = "en";
const justNow = "just now";
const batch = "Batch {id}";
const announcement = "{name}: {text}";
const moreChanged = "{count} more changed.";

/** The English messages that every element needs, by id. */
export const sharedMessages: Messages = {
  "element.locale": locale,
  "element.just_now": justNow,
  "element.batch": batch,
  "element.announcement": announcement,
  "element.more_changed": moreChanged,
};

/** The English messages by id. `{name}` stands for a value. */
export const elementMessages = {
  "element.locale": locale,
  "element.just_now": justNow,
  "element.progress": "Progress",
  "element.timeline": "Timeline",
  "element.upcoming": "upcoming",
  "element.created": "Created",
  "element.endpoint": "Endpoint",
  "element.model": "Model",
  "element.elapsed": "{duration} so far",
  "element.elapsed_total": "Total {duration}",
  "element.error": "1 error from the server",
  "element.errors": "{count} errors from the server",
  "element.errors_more": "{count} more",
  "element.line": "Line {line}",
  "element.errors_listed": "Showing the first {count}.",
  "element.issue": "1 note about this response",
  "element.issues": "{count} notes about this response",
  "element.list": "Batches",
  "element.group": "Show",
  "element.group.all": "All",
  "element.group.attention": "Needs attention",
  "element.group.active": "In progress",
  "element.group.done": "Done",
  "element.sort": "Sort",
  "element.sort.attention": "Needs attention first",
  "element.sort.newest": "Newest first",
  "element.sort.oldest": "Oldest first",
  "element.sort.progress": "Least progress first",
  "element.find": "Find",
  "element.shown": "Showing {shown} of {total}",
  "element.none_found": "No matching batches",
  "element.none": "No batches",
  "element.batch": batch,
  "element.announcement": announcement,
  "element.more_changed": moreChanged,
} as const;

/** The id of a message of the elements. */
export type ElementMessageId = keyof typeof elementMessages;

/**
 * Returns a message with its values filled in; the English one if the given messages do not contain it.
 *
 * @param english the English messages that the caller needs
 */
export function formatMessage(
  messages: Messages | undefined,
  english: Messages,
  id: ElementMessageId,
  values: Readonly<Record<string, string>> = {},
): string {
  const template = messages?.[id] ?? english[id] ?? id;
  return template.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

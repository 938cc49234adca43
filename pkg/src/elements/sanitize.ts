// Text that comes from a batch, made fit to be shown.

const most = 160;

/**
 * Text of a batch as a page can hold it: cut to what some lines hold, without control characters, which no HTML
 * carries. Always put it into a `bdi`: what overrides the direction of writing then ends with it.
 */
export function plain(text: string, length = most): string {
  const cut = text.length > length ? `${text.slice(0, length)}…` : text;
  return cut.replaceAll(
    /[\0-\x08\x0b-\x1f\x7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    "\ufffd",
  );
}

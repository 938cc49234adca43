// Prepares strings of batches for display.

const defaultMaxLength = 160;
/** Control characters, which HTML cannot contain, and lone surrogates, which UTF-8 cannot encode. */
const invalidCharacters =
  /[\0-\x08\x0b-\x1f\x7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Prepares a string from a batch for display: cuts it to a length in UTF-16 code units, and replaces characters that
 * HTML cannot contain by U+FFFD. Show the result inside a `bdi` element, which confines characters that change the
 * direction of text.
 */
export function sanitize(text: string, maxLength = defaultMaxLength): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return cut.replaceAll(invalidCharacters, "\ufffd");
}

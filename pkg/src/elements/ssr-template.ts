// Renders Lit templates to HTML without a DOM, for servers. Lit's own package for this is larger than the elements and
// brings a parser and a DOM; the templates here use few of Lit's features.
import { nothing } from "lit";

/** The result of Lit's `html` and `svg`. */
interface Template {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

/**
 * Escapes a string for text content and quoted attributes. A carriage return is escaped, too: an HTML parser would turn
 * it into a line feed.
 */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);

const isTemplate = (value: object): value is Template => "_$litType$" in value;

/** Renders a value that stands between tags: a template, an array of values, or text. */
export function renderToString(value: unknown): string {
  if (value === nothing || value === undefined || value === null || value === "") return "";
  if (typeof value !== "object") return escapeHtml(String(value));
  if (isTemplate(value)) return renderTemplate(value);
  return Array.isArray(value) ? value.map(renderToString).join("") : escapeHtml(String(value));
}

// The end of a string that precedes the value of an attribute. The templates write these values without quotes.
const attributeBeforeValue = /\s([.?@]?)([\w-]+)=$/;

function renderTemplate({ strings, values }: Template): string {
  let html = "";
  strings.forEach((text, index) => {
    const attribute = index < values.length ? attributeBeforeValue.exec(text) : null;
    const value = values[index];
    if (!attribute) html += text + (index < values.length ? renderToString(value) : "");
    else html += text.slice(0, attribute.index) + renderAttribute(attribute[1] ?? "", attribute[2] ?? "", value);
  });
  return html;
}

/** Renders an attribute; `prefix` is `?` for a boolean one, `.` for a property and `@` for a listener. */
function renderAttribute(prefix: string, name: string, value: unknown): string {
  // HTML cannot hold properties and listeners.
  if (prefix === "." || prefix === "@" || value === nothing) return "";
  if (prefix === "?") return value ? ` ${name}=""` : "";
  return ` ${name}="${escapeHtml(value === undefined || value === null ? "" : String(value))}"`;
}

// Templates as text, for servers: what Lit would put into the page, without a page. Lit's own package for this is
// larger than the elements together and brings a parser and a DOM; the templates here need six rules.
import { nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";

/** A template with its values, as Lit's `html` and `svg` give it. */
interface Template {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

/** A directive with its arguments, as Lit keeps it. */
interface Directive {
  readonly _$litDirective$: unknown;
  readonly values: readonly unknown[];
}

const repeated = (repeat([], () => "") as unknown as Directive)._$litDirective$;
const guarded = (guard([], () => "") as unknown as Directive)._$litDirective$;

/**
 * Text as it stands between tags or in quotes. A carriage return is written by number: a parser of HTML would make it a
 * line feed.
 */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);

const isTemplate = (value: object): value is Template => "_$litType$" in value;
const isDirective = (value: object): value is Directive => "_$litDirective$" in value;

/** A value between tags as HTML. */
export function markup(value: unknown): string {
  if (value === nothing || value === undefined || value === null || value === "") return "";
  if (typeof value !== "object") return escaped(String(value));
  if (isTemplate(value)) return fromTemplate(value);
  if (isDirective(value)) return fromDirective(value);
  return Array.isArray(value) ? value.map(markup).join("") : escaped(String(value));
}

function fromDirective({ _$litDirective$: kind, values }: Directive): string {
  if (kind === guarded) return markup((values[1] as () => unknown)());
  if (kind !== repeated) throw new TypeError("a directive that is not known to ssr-template.ts");
  const [items, , template] = values as readonly [
    Iterable<unknown>,
    unknown,
    (item: unknown, index: number) => unknown,
  ];
  return Array.from(items, (item, index) => markup(template(item, index))).join("");
}

// What stands before the value of an attribute: the templates write them without quotes, as Lit allows.
const beforeAttribute = /\s([.?@]?)([\w-]+)=$/;

function fromTemplate({ strings, values }: Template): string {
  let out = "";
  strings.forEach((text, index) => {
    const attribute = index < values.length ? beforeAttribute.exec(text) : null;
    const value = values[index];
    if (!attribute) out += text + (index < values.length ? markup(value) : "");
    else out += text.slice(0, attribute.index) + fromAttribute(attribute[1] ?? "", attribute[2] ?? "", value);
  });
  return out;
}

function fromAttribute(kind: string, name: string, value: unknown): string {
  // Properties and listeners are for a page that lives.
  if (kind === "." || kind === "@" || value === nothing) return "";
  if (kind === "?") return value ? ` ${name}=""` : "";
  return ` ${name}="${escaped(value === undefined || value === null ? "" : String(value))}"`;
}

// A value that is valid by a JSON schema: the keywords that structured outputs accept, and the common ones beside them.
import { sampleOfPattern } from "./pattern-sample.js";

/** A JSON schema: an object of keywords, or a boolean. */
type Schema = Readonly<Record<string, unknown>>;

/** The depth from which on optional properties, items and recursive alternatives are omitted. */
const maxDepth = 5;

/** The depth at which values of a schema that requires itself end with null. */
const maxNesting = 64;

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const numberAt = (schema: Schema, name: string): number | undefined =>
  typeof schema[name] === "number" ? (schema[name] as number) : undefined;

/**
 * Returns a value that is valid by the schema.
 *
 * @param random returns numbers from 0 up to 1; the same numbers give the same value
 * @param text the text of strings without a format
 */
export function sampleOfSchema(schema: unknown, random: () => number, text: string): unknown {
  return isSchema(schema) ? new SchemaSampler(schema, random, text).value(schema, 0, "") : {};
}

class SchemaSampler {
  constructor(
    private readonly root: Schema,
    private readonly random: () => number,
    private readonly text: string,
  ) {}

  #pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.random() * values.length)]!;
  }

  #integer(min: number, max: number): number {
    return min + Math.floor(this.random() * (max - min + 1));
  }

  /** A value of a schema. `name` is the property that it is for; strings contain it. */
  value(candidate: unknown, depth: number, name: string): unknown {
    if (depth > maxNesting) return null;
    if (!isSchema(candidate)) return this.text;
    const schema = this.#resolved(candidate);
    if ("const" in schema) return schema.const;
    if (Array.isArray(schema.enum) && schema.enum.length > 0) return this.#pick(schema.enum as unknown[]);
    const alternatives = (schema.anyOf ?? schema.oneOf) as unknown[] | undefined;
    if (Array.isArray(alternatives) && alternatives.length > 0) {
      const { anyOf: _, oneOf: __, ...rest } = schema;
      const chosen = this.#alternative(alternatives, depth);
      return this.value(isSchema(chosen) ? merged(rest, this.#resolved(chosen)) : rest, depth + 1, name);
    }
    switch (this.#type(schema, depth)) {
      case "null":
        return null;
      case "boolean":
        return this.random() < 0.5;
      case "integer":
        return this.#number(schema, 1);
      case "number":
        return this.#number(schema, 0);
      case "array":
        return this.#array(schema, depth, name);
      case "object":
        return this.#object(schema, depth);
      default:
        return this.#string(schema, name);
    }
  }

  /** A schema without `$ref` and `allOf`. */
  #resolved(schema: Schema, hops = 0): Schema {
    let found = schema;
    if (typeof found.$ref === "string" && hops < maxNesting) {
      const { $ref, ...rest } = found;
      const target = this.#target($ref as string);
      found = isSchema(target) ? merged(this.#resolved(target, hops + 1), rest) : rest;
    }
    if (!Array.isArray(found.allOf)) return found;
    const { allOf, ...rest } = found;
    return (allOf as unknown[])
      .filter(isSchema)
      .reduce<Schema>((all, part) => merged(all, this.#resolved(part, hops + 1)), rest);
  }

  /** The schema at a local reference, such as `#/$defs/step`. */
  #target(reference: string): unknown {
    if (!reference.startsWith("#")) return undefined;
    const keys = decodeURIComponent(reference.slice(1)).split("/").slice(1);
    return keys.reduce<unknown>(
      (at, key) => (at as Schema | undefined)?.[key.replaceAll("~1", "/").replaceAll("~0", "~")],
      this.root,
    );
  }

  /** Chooses an alternative: from the maximum depth on the smallest one, so that recursion ends. */
  #alternative(alternatives: readonly unknown[], depth: number): unknown {
    const sized = alternatives.map((each) => ({ each, size: this.#size(each, new Set()) }));
    const finite = sized.filter(({ size }) => size < Infinity);
    const smallest = Math.min(...sized.map(({ size }) => size));
    if (depth >= maxDepth) return sized.find(({ size }) => size === smallest)!.each;
    return this.#pick(finite.length > 0 ? finite : sized).each;
  }

  /** The minimum nesting of a value of a schema; Infinity if the schema requires itself. */
  #size(candidate: unknown, visiting: ReadonlySet<unknown>): number {
    if (!isSchema(candidate)) return 0;
    if (visiting.has(candidate)) return Infinity;
    const inside = new Set([...visiting, candidate]);
    if (typeof candidate.$ref === "string") return this.#size(this.#target(candidate.$ref), inside);
    const alternatives = (candidate.anyOf ?? candidate.oneOf) as unknown[] | undefined;
    if (Array.isArray(alternatives)) return 1 + Math.min(...alternatives.map((each) => this.#size(each, inside)));
    if (this.#types(candidate).some((type) => type !== "object" && type !== "array")) return 0;
    const required = (Array.isArray(candidate.required) ? candidate.required : []) as string[];
    const properties = isSchema(candidate.properties) ? candidate.properties : {};
    const parts: unknown[] = required.map((key) => properties[key]);
    if ((numberAt(candidate, "minItems") ?? 0) > 0) parts.push(candidate.items);
    return 1 + Math.max(0, ...parts.map((part) => this.#size(part, inside)));
  }

  #types(schema: Schema): readonly string[] {
    if (typeof schema.type === "string") return [schema.type];
    if (Array.isArray(schema.type)) return schema.type as string[];
    if ("properties" in schema || "required" in schema || "additionalProperties" in schema) return ["object"];
    if ("items" in schema || "prefixItems" in schema || "minItems" in schema) return ["array"];
    if (["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"].some((key) => key in schema))
      return ["number"];
    return ["string"];
  }

  #type(schema: Schema, depth: number): string {
    const types = this.#types(schema);
    const nullable = types.includes("null");
    const others = types.filter((type) => type !== "null");
    if (nullable && (others.length === 0 || depth >= maxDepth || this.random() < 0.2)) return "null";
    return this.#pick(others);
  }

  /** A number within its bounds. `step` is 1 for integers. */
  #number(schema: Schema, step: number): number {
    const multiple = numberAt(schema, "multipleOf");
    const grid = multiple ?? (step || 0.01);
    const over = numberAt(schema, "exclusiveMinimum");
    const under = numberAt(schema, "exclusiveMaximum");
    const lowest = Math.max(numberAt(schema, "minimum") ?? -Infinity, over ?? -Infinity);
    const highest = Math.min(numberAt(schema, "maximum") ?? Infinity, under ?? Infinity);
    const from = lowest > -Infinity ? lowest : Math.min(0, highest - 100 * grid);
    const to = highest < Infinity ? highest : from + 100 * grid;
    let first = Math.ceil(from / grid - 1e-9);
    let last = Math.floor(to / grid + 1e-9);
    if (over !== undefined && first * grid <= over) first++;
    if (under !== undefined && last * grid >= under) last--;
    // No multiple of the grid fits between close bounds.
    if (last < first) return from === over || from === under ? (from + to) / 2 : from;
    const drawn = this.#integer(first, last);
    if (Number.isInteger(grid)) return drawn * grid;
    const at = (place: number) => Number((place * grid).toPrecision(12));
    // Validators divide the value by `multipleOf`: it is only valid if the quotient is an integer despite rounding.
    for (let offset = 0; multiple !== undefined && offset <= last - first; offset++) {
      const value = at(first + ((drawn - first + offset) % (last - first + 1)));
      if (Number.isInteger(value / multiple)) return value;
    }
    return at(drawn);
  }

  #string(schema: Schema, name: string): string {
    const { pattern, format } = schema;
    const exact =
      (typeof pattern === "string" ? sampleOfPattern(pattern, this.random) : undefined) ??
      (typeof format === "string" ? formats[format]?.(this.random) : undefined);
    if (exact !== undefined) return exact;
    const min = numberAt(schema, "minLength") ?? 0;
    const max = numberAt(schema, "maxLength") ?? Infinity;
    let letters = [...this.#textFor(name)];
    while (letters.length < min) letters = [...letters, ...(letters.length === 0 ? ["a"] : letters)];
    return letters.slice(0, letters.length > max ? max : undefined).join("");
  }

  #textFor(name: string): string {
    if (name === "") return this.text;
    return `simulated ${name.replaceAll("_", " ")}`;
  }

  #array(schema: Schema, depth: number, name: string): unknown[] {
    const fixed = Array.isArray(schema.prefixItems) ? (schema.prefixItems as unknown[]) : [];
    const min = Math.max(numberAt(schema, "minItems") ?? 0, 0);
    const max = numberAt(schema, "maxItems") ?? Infinity;
    const items = schema.items;
    const wanted = depth >= maxDepth ? min : Math.max(min, this.#integer(1, 3));
    const open = items !== false && this.#size(items, new Set()) < Infinity;
    const count = Math.min(max, open ? Math.max(wanted, fixed.length) : Math.max(min, fixed.length));
    const values: unknown[] = [];
    const seen = new Set<string>();
    for (let tries = 0; values.length < count && tries < count + 100; tries++) {
      const each = this.value(values.length < fixed.length ? fixed[values.length] : items, depth + 1, name);
      const key = JSON.stringify(each);
      const distinct = typeof each === "string" && seen.has(key) ? `${each} ${values.length + 1}` : each;
      if (schema.uniqueItems === true && seen.has(JSON.stringify(distinct))) continue;
      seen.add(JSON.stringify(distinct));
      values.push(schema.uniqueItems === true ? distinct : each);
    }
    return values;
  }

  #object(schema: Schema, depth: number): object {
    const properties = isSchema(schema.properties) ? schema.properties : {};
    const required = new Set((Array.isArray(schema.required) ? schema.required : []) as string[]);
    const entries: [string, unknown][] = [];
    for (const [name, property] of Object.entries(properties)) {
      const optional = !required.has(name);
      if (optional && (property === false || depth >= maxDepth || this.#size(property, new Set()) === Infinity))
        continue;
      entries.push([name, this.value(property, depth + 1, name)]);
    }
    for (const name of required)
      if (!Object.hasOwn(properties, name))
        entries.push([name, this.value(schema.additionalProperties, depth + 1, name)]);
    const min = numberAt(schema, "minProperties") ?? 0;
    const others = isSchema(schema.additionalProperties) && entries.length === 0 && depth < maxDepth ? 1 : 0;
    for (let at = 1; entries.length < Math.max(min, others); at++)
      entries.push([`key_${at}`, this.value(schema.additionalProperties, depth + 1, `key_${at}`)]);
    return Object.fromEntries(entries);
  }
}

/** Joins two schemas that both apply. Properties and required names add up. */
function merged(left: Schema, right: Schema): Schema {
  const both = { ...left, ...right } as Record<string, unknown>;
  if (isSchema(left.properties) && isSchema(right.properties))
    both.properties = { ...left.properties, ...right.properties };
  if (Array.isArray(left.required) && Array.isArray(right.required))
    both.required = [...new Set([...left.required, ...right.required])];
  return both;
}

const twoDigits = (number: number): string => String(number).padStart(2, "0");
const below = (random: () => number, end: number): number => Math.floor(random() * end);
const date = (random: () => number): string =>
  `2026-${twoDigits(1 + below(random, 12))}-${twoDigits(1 + below(random, 28))}`;
const time = (random: () => number): string =>
  `${twoDigits(below(random, 24))}:${twoDigits(below(random, 60))}:${twoDigits(below(random, 60))}Z`;
const hex = (random: () => number, length: number): string =>
  Array.from({ length }, () => below(random, 16).toString(16)).join("");

/** The formats of strings. */
const formats: Readonly<Record<string, (random: () => number) => string>> = {
  date,
  time,
  "date-time": (random) => `${date(random)}T${time(random)}`,
  duration: (random) => `P${1 + below(random, 30)}D`,
  email: (random) => `user${below(random, 1000)}@example.com`,
  hostname: (random) => `host${below(random, 1000)}.example.com`,
  uri: (random) => `https://example.com/${below(random, 1000)}`,
  "uri-reference": (random) => `/${below(random, 1000)}`,
  ipv4: (random) => `192.0.2.${below(random, 256)}`,
  ipv6: (random) => `2001:db8::${hex(random, 4)}`,
  uuid: (random) => `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`,
};

// The live reader: writes whatever any value holds into a draft, by the member table. Slower than the generated judge,
// and never surprised: getters that throw, proxies, cycles, endless lists and texts all end up as something the core
// can name.
import { atomTexts, fixedCells, memberCells, mostEntries, mostPairs, tags } from "../../generated/facts.js";
import { members } from "./field-table.js";
import { draft, encoder } from "../runtime/draft-memory.js";

/** How much text a draft holds: its UTF-16 units, and its bytes. */
export interface Extent {
  readonly units: number;
  readonly bytes: number;
}

/** No text is read further than this: twice what any rule looks at, and enough for any message. In UTF-16 units. */
const longestText = 4096;

/** No more text than this is read in all: lists of errors can be long. In UTF-16 units. */
const mostText = 4 << 20;

/** What reading a member threw, in place of its value. */
class Thrown {
  readonly #text: string;

  /** Unlike `instanceof`, this runs no code of a value that is a proxy. */
  static is(value: object): value is Thrown {
    return #text in value;
  }

  get text(): string {
    return this.#text;
  }

  constructor(error: unknown) {
    let text = "";
    try {
      text = String(error instanceof Error ? error.message : error).slice(0, longestText);
    } catch {
      // An error that cannot even be shown has no text.
    }
    this.#text = text;
  }
}

/** Cells being filled, with their texts beside them. */
class Cells {
  readonly numbers: number[] = new Array<number>(memberCells).fill(0);
  readonly tags: number[] = new Array<number>(memberCells).fill(tags.Absent);
  readonly texts: string[] = new Array<string>(memberCells).fill("");
  #units = 0;

  set(cell: number, tag: number, number = 0, text = ""): void {
    const kept = this.#units + text.length > mostText ? "" : text;
    this.#units += kept.length;
    this.tags[cell] = tag;
    this.numbers[cell] = number;
    this.texts[cell] = kept;
  }

  push(value: unknown): void {
    this.put(this.tags.length, value, false);
  }

  /** Writes what a value is. */
  put(cell: number, value: unknown, mayBeAtom: boolean): void {
    switch (typeof value) {
      case "undefined":
        return this.set(cell, tags.Absent);
      case "boolean":
        return this.set(cell, tags.Boolean, Number(value));
      case "number":
        return this.set(cell, tags.Number, value, Number.isSafeInteger(value) ? "" : String(value));
      case "string": {
        const atom = mayBeAtom ? atomTexts.indexOf(value) : -1;
        return atom < 0
          ? this.set(cell, tags.Text, value.length, value.slice(0, longestText))
          : this.set(cell, tags.Atom, atom);
      }
      case "object":
        return this.#putObject(cell, value);
      default:
        return this.set(cell, tags.Other, 0, `a ${typeof value}`);
    }
  }

  #putObject(cell: number, value: object | null): void {
    if (value === null) return this.set(cell, tags.Null);
    if (Thrown.is(value)) return this.set(cell, tags.Unreadable, 0, value.text);
    const list = safely(() => Array.isArray(value));
    if (list !== true && list !== false) return this.set(cell, tags.Unreadable, 0, list.text);
    if (list) return this.set(cell, tags.Array, lengthOf(value));
    if (safely(() => value instanceof Date) === true) return this.set(cell, tags.Other, 0, "a Date");
    this.set(cell, tags.Object);
  }

  /** Writes them all into the module's memory. */
  write(slot: 0 | 1): Extent {
    let units = 0;
    const text = this.texts.join("");
    const into = draft(slot, this.tags.length, text.length * 3);
    for (let cell = 0; cell < this.tags.length; cell++) {
      const length = this.texts[cell]!.length;
      into.numbers[cell * 2] = this.numbers[cell]!;
      into.words[cell * 4 + 2] = units;
      into.words[cell * 4 + 3] = (length << 4) | this.tags[cell]!;
      units += length;
    }
    return { units, bytes: text === "" ? 0 : encoder.encodeInto(text, into.text).written };
  }
}

const safely = <T>(read: () => T): T | Thrown => {
  try {
    return read();
  } catch (error) {
    return new Thrown(error);
  }
};

/**
 * A member's value, or what reading it threw. Not by way of {@link safely}: it is called for each member of each batch.
 */
export function memberOf(value: object, name: string | number): unknown {
  try {
    return (value as Record<string | number, unknown>)[name];
  } catch (error) {
    return new Thrown(error);
  }
}

/** Whether reading a member failed. */
export const isThrown = (member: unknown): boolean =>
  typeof member === "object" && member !== null && Thrown.is(member);

/** An object's prototype, or what asking for it threw. */
export const prototypeOf = (value: object): unknown => safely(() => Object.getPrototypeOf(value) as unknown);

const lengthOf = (list: object): number => {
  const length = memberOf(list, "length");
  return typeof length === "number" ? length : 0;
};

const isList = (value: unknown): value is object => safely(() => Array.isArray(value)) === true;

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Thrown.is(value) && safely(() => Array.isArray(value)) === false;

/** An object's own keys; none of an object that does not tell. */
export function keysOf(value: object): string[] {
  const keys = safely(() => Object.keys(value));
  return Array.isArray(keys) ? keys : [];
}

/** A member's cell: those of what is not a member come before them all. */
const cellOf = (member: number): number => memberCells - members().rows.length + member;

/** Writes what a value holds into a slot's draft. */
export const readFully = (value: unknown, slot: 0 | 1): Extent => cellsOf(value).write(slot);

/** Writes what two values hold into the two drafts: both are read before, as their getters may call the package. */
export function readBoth(first: unknown, second: unknown): readonly [Extent, Extent] {
  const [one, two] = [cellsOf(first), cellsOf(second)];
  return [one.write(0), two.write(1)];
}

function cellsOf(value: unknown): Cells {
  const cells = new Cells();
  cells.put(fixedCells.Root, value, false);
  if (isObject(value)) {
    const { entries: list, errors, metadata, own } = members();
    const found = readMembers(cells, value);
    const entries = entriesIn(found[errors], found[list]);
    for (const entry of entries) readEntry(cells, entry);
    const pairs = readPairs(cells, found[metadata]);
    const unknown = keysOf(value).filter((key) => !own.has(key));
    for (const key of unknown.slice(0, mostPairs)) cells.push(key);
    cells.set(fixedCells.Entries, tags.Number, entries.length);
    cells.set(fixedCells.Pairs, tags.Number, pairs);
    cells.set(fixedCells.Unknown, tags.Number, Math.min(unknown.length, mostPairs));
    cells.set(fixedCells.UnknownKeys, tags.Number, unknown.length);
  }
  return cells;
}

/** Reads the members of the table, parents first; gives their values. */
function readMembers(cells: Cells, value: object): unknown[] {
  const { entries, rows } = members();
  const found = new Array<unknown>(rows.length).fill(undefined);
  const first = cellOf(0);
  for (let index = 0; index < rows.length; index++) {
    const { name, parent, kind } = rows[index]!;
    if (parent === entries) continue;
    const holder = parent === null ? value : found[parent];
    // Of what is absent, as most parts are, cells say so already.
    if (holder === undefined || (parent !== null && !isObject(holder))) continue;
    found[index] = memberOf(holder as object, name);
    if (found[index] !== undefined) cells.put(first + index, found[index], kind === "atom");
  }
  return found;
}

/**
 * The error entries, wherever a server puts them: a list in data, a bare list, one bare text, or one entry in the
 * list's place.
 */
function entriesIn(holder: unknown, data: unknown): unknown[] {
  const list = isList(data) ? data : isList(holder) ? holder : undefined;
  if (list !== undefined) {
    const length = Math.min(lengthOf(list), mostEntries);
    return Array.from({ length }, (_, row) => memberOf(list, row));
  }
  if (typeof holder === "string" && holder !== "") return [holder];
  const bare = isObject(holder) && [...members().inEntry].some((name) => memberOf(holder, name) !== undefined);
  return bare ? [holder] : [];
}

function readEntry(cells: Cells, entry: unknown): void {
  cells.push(entry);
  for (const name of members().inEntry) cells.push(isObject(entry) ? memberOf(entry, name) : undefined);
}

/** Reads metadata; gives how many pairs were kept. */
function readPairs(cells: Cells, value: unknown): number {
  if (!isObject(value)) return 0;
  const keys = keysOf(value);
  const kept = keys.slice(0, mostPairs).map((key) => [key, memberOf(value, key)] as const);
  const texts = kept.flatMap(([, pair]) => (typeof pair === "string" ? [pair.length] : []));
  for (const pair of kept) for (const part of pair) cells.push(part);
  cells.set(cellOf(members().metadata), tags.Object, keys.length);
  cells.set(fixedCells.LongestKey, tags.Number, Math.max(0, ...kept.map(([key]) => key.length)));
  cells.set(fixedCells.LongestValue, tags.Number, Math.max(0, ...texts));
  cells.set(fixedCells.OddValues, tags.Number, kept.length - texts.length);
  return kept.length;
}

// Writes any value into the module's draft memory, by the field table. Slower than the generated validators, and safe
// for every value: throwing getters, proxies, cycles, huge arrays and long strings all become cells that the module can
// report.
import { cellKinds, fieldCells, headerCells, internedStrings, maxPairs } from "../../generated/facts.js";
import { encoder, reserveDraft } from "../runtime/draft-memory.js";
import { attempt, isObject, keysOf, lengthOf, ReadFailure, readProperty } from "../runtime/property-access.js";
import { entriesOf, fieldsOf, withoutNesting } from "./error-entries.js";
import { fieldTable } from "./field-table.js";

/** The length of all strings of a draft. */
export interface TextLength {
  /** In UTF-16 code units. */
  readonly units: number;
  /** In bytes of UTF-8. */
  readonly bytes: number;
}

/**
 * The part of a string that is copied, in UTF-16 code units: twice the longest string that a rule looks at, and enough
 * for any message.
 */
const maxStringLength = 4096;

/** The length of all copied strings together, in UTF-16 code units. Later strings are left empty. */
const maxTextLength = 4 << 20;

/** The cells of a draft and their strings, collected before they are written into the module's memory. */
class DraftBuilder {
  readonly numbers: number[] = new Array<number>(fieldCells).fill(0);
  readonly kinds: number[] = new Array<number>(fieldCells).fill(cellKinds.Absent);
  readonly strings: string[] = new Array<string>(fieldCells).fill("");
  #units = 0;

  set(cell: number, kind: number, number = 0, string = ""): void {
    const copied = this.#units + string.length > maxTextLength ? "" : string;
    this.#units += copied.length;
    this.kinds[cell] = kind;
    this.numbers[cell] = number;
    this.strings[cell] = copied;
  }

  /** Appends a cell that holds a value. */
  push(value: unknown): void {
    this.put(this.kinds.length, value, false);
  }

  /** Sets a cell to a value. An interned string is stored as its number, if the field may hold one. */
  put(cell: number, value: unknown, mayBeInterned: boolean): void {
    switch (typeof value) {
      case "undefined":
        return this.set(cell, cellKinds.Absent);
      case "boolean":
        return this.set(cell, cellKinds.Boolean, Number(value));
      case "number":
        return this.set(cell, cellKinds.Number, value, Number.isSafeInteger(value) ? "" : String(value));
      case "string": {
        const interned = mayBeInterned ? internedStrings.indexOf(value) : -1;
        return interned < 0
          ? this.set(cell, cellKinds.String, value.length, value.slice(0, maxStringLength))
          : this.set(cell, cellKinds.Interned, interned);
      }
      case "object":
        return this.#putObject(cell, value);
      default:
        return this.set(cell, cellKinds.Other, 0, `a ${typeof value}`);
    }
  }

  #putObject(cell: number, value: object | null): void {
    if (value === null) return this.set(cell, cellKinds.Null);
    if (ReadFailure.is(value)) return this.#putFailure(cell, value);
    const isList = attempt(() => Array.isArray(value));
    if (isList !== true && isList !== false) return this.#putFailure(cell, isList);
    if (isList) return this.set(cell, cellKinds.Array, lengthOf(value));
    if (attempt(() => value instanceof Date) === true) return this.set(cell, cellKinds.Other, 0, "a Date");
    this.set(cell, cellKinds.Object);
  }

  #putFailure(cell: number, { message }: ReadFailure): void {
    this.set(cell, cellKinds.Unreadable, 0, message.slice(0, maxStringLength));
  }

  /** Writes all cells and strings into the draft of a slot. */
  write(slot: 0 | 1): TextLength {
    let units = 0;
    const text = this.strings.join("");
    const draft = reserveDraft(slot, this.kinds.length, text.length * 3);
    for (let cell = 0; cell < this.kinds.length; cell++) {
      const { length } = this.strings[cell]!;
      draft.numbers[cell * 2] = this.numbers[cell]!;
      draft.words[cell * 4 + 2] = units;
      draft.words[cell * 4 + 3] = (length << 4) | this.kinds[cell]!;
      units += length;
    }
    return { units, bytes: text === "" ? 0 : encoder.encodeInto(text, draft.text).written };
  }
}

/** Writes a value into the draft of a slot. */
export const writeDraft = (value: unknown, slot: 0 | 1): TextLength => draftOf(value).write(slot);

/**
 * Writes two values into the two drafts. Both are read before either is written, because their getters may call this
 * package.
 */
export function writeDrafts(first: unknown, second: unknown): readonly [TextLength, TextLength] {
  const [firstDraft, secondDraft] = [draftOf(first), draftOf(second)];
  return [firstDraft.write(0), secondDraft.write(1)];
}

/** Reads a value into a draft. Runs the value's getters. */
export function draftOf(value: unknown): DraftBuilder {
  const draft = new DraftBuilder();
  draft.put(headerCells.Root, value, false);
  if (!isObject(value)) return draft;
  const { batchFields, entriesRow, errorsRow, metadataRow } = fieldTable();
  const values = addFields(draft, value);
  const entries = entriesOf(values[errorsRow], values[entriesRow]);
  for (const entry of entries) addEntry(draft, entry);
  const pairs = addPairs(draft, values[metadataRow]);
  const unknownKeys = keysOf(value).filter((key) => !batchFields.has(key));
  for (const key of unknownKeys.slice(0, maxPairs)) draft.push(key);
  draft.set(headerCells.EntryCount, cellKinds.Number, entries.length);
  draft.set(headerCells.PairCount, cellKinds.Number, pairs);
  draft.set(headerCells.UnknownCount, cellKinds.Number, Math.min(unknownKeys.length, maxPairs));
  draft.set(headerCells.TotalUnknownKeys, cellKinds.Number, unknownKeys.length);
  return draft;
}

/** The cell of a row of the field table. The header cells come before all of them. */
const cellOf = (row: number): number => fieldCells - fieldTable().rows.length + row;

/** Adds the fields of the table, parents before children. Returns their values by row. */
function addFields(draft: DraftBuilder, value: object): unknown[] {
  const { entriesRow, rows } = fieldTable();
  const values: unknown[] = [];
  const first = cellOf(0);
  for (let row = 0; row < rows.length; row++) {
    const { name, parent, kind } = rows[row]!;
    if (parent === entriesRow) continue;
    const holder = parent === null ? value : values[parent];
    // Cells are absent until they are set.
    if (holder === undefined || (parent !== null && !isObject(holder))) continue;
    values[row] = readProperty(holder as object, name);
    if (values[row] !== undefined) draft.put(first + row, values[row], kind === "interned");
  }
  return values;
}

function addEntry(draft: DraftBuilder, entry: unknown): void {
  const cell = draft.kinds.length;
  const flat = withoutNesting(entry);
  for (const value of [flat, ...fieldsOf(flat)]) draft.push(value);
  if (flat !== entry) draft.numbers[cell] = 1;
}

/** Adds the metadata. Returns the number of pairs added. */
function addPairs(draft: DraftBuilder, metadata: unknown): number {
  if (!isObject(metadata)) return 0;
  const keys = keysOf(metadata);
  const pairs = keys.slice(0, maxPairs).map((key) => [key, readProperty(metadata, key)] as const);
  const lengths = pairs.flatMap(([, value]) => (typeof value === "string" ? [value.length] : []));
  for (const pair of pairs) for (const part of pair) draft.push(part);
  draft.set(cellOf(fieldTable().metadataRow), cellKinds.Object, keys.length);
  draft.set(headerCells.MaxKeyLength, cellKinds.Number, Math.max(0, ...pairs.map(([key]) => key.length)));
  draft.set(headerCells.MaxValueLength, cellKinds.Number, Math.max(0, ...lengths));
  draft.set(headerCells.NonStringValues, cellKinds.Number, pairs.length - lengths.length);
  return pairs.length;
}

// Writes any value into the module's draft memory, by the field table. Slower than the generated validators, and safe
// for every value: throwing getters, proxies, cycles, huge arrays and long strings all become cells that the module can
// check.
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
 * The maximum number of UTF-16 code units that are copied from one string: twice the longest string that a rule looks
 * at, and enough for any message.
 */
const maxStringLength = 4096;

/** The maximum length of all copied strings together, in UTF-16 code units. Further strings are left empty. */
const maxTextLength = 4 << 20;

/** Builders with more cells than this are not used again, so that a huge batch does not keep its memory. */
const maxReusedCells = 1024;

/** Written builders, for reuse. Creating new ones would take a fifth of the time of building the views of a list. */
const spares: DraftBuilder[] = [];

/** The cells of a draft and their strings, collected before they are written into the module's memory. */
class DraftBuilder {
  // Both arrays share a buffer with the layout of the cells of a `Draft`.
  #numbers = new Float64Array(fieldCells * 2);
  #words = new Uint32Array(this.#numbers.buffer);
  #cells = fieldCells;
  #text = "";

  set(cell: number, kind: number, number = 0, string = ""): void {
    const copied = this.#text.length + string.length > maxTextLength ? "" : string;
    this.#numbers[cell * 2] = number;
    this.#words[cell * 4 + 2] = this.#text.length;
    this.#words[cell * 4 + 3] = (copied.length << 4) | kind;
    this.#text += copied;
  }

  /** Appends a cell that holds a value. */
  push(value: unknown): void {
    const cell = this.#cells++;
    if (this.#numbers.length < this.#cells * 2) this.#grow();
    this.put(cell, value, false);
  }

  /** Sets the number of the last cell. */
  mark(number: number): void {
    this.#numbers[(this.#cells - 1) * 2] = number;
  }

  #grow(): void {
    const larger = new Float64Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
    this.#words = new Uint32Array(larger.buffer);
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

  /** Writes all cells and strings into the draft of a slot. The builder must not be used afterwards. */
  write(slot: 0 | 1): TextLength {
    const text = this.#text;
    const draft = reserveDraft(slot, this.#cells, text.length * 3);
    draft.numbers.set(this.#numbers.subarray(0, this.#cells * 2));
    const length = { units: text.length, bytes: text === "" ? 0 : encoder.encodeInto(text, draft.text).written };
    if (this.#cells <= maxReusedCells) {
      this.#numbers.fill(0, 0, this.#cells * 2);
      this.#cells = fieldCells;
      this.#text = "";
      spares.push(this);
    }
    return length;
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
  // Getters of a batch may call this package, so each batch that is being read has a builder of its own.
  const draft = spares.pop() ?? new DraftBuilder();
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
  // The objects among the values. Cells of other fields stay absent.
  const holders: (object | undefined)[] = [];
  for (let row = 0; row < rows.length; row++) {
    const { name, parent, kind } = rows[row]!;
    if (parent === entriesRow) continue;
    const holder = parent === null ? value : holders[parent];
    if (holder === undefined) continue;
    const found = readProperty(holder, name);
    values[row] = found;
    if (found === undefined) continue;
    draft.put(first + row, found, kind === "interned");
    if (isObject(found)) holders[row] = found;
  }
  return values;
}

function addEntry(draft: DraftBuilder, entry: unknown): void {
  const flat = withoutNesting(entry);
  draft.push(flat);
  // 1 says that the fields of the error were nested in the entry.
  if (flat !== entry) draft.mark(1);
  for (const value of fieldsOf(flat)) draft.push(value);
}

/** Adds the metadata. Returns the number of pairs added. */
function addPairs(draft: DraftBuilder, metadata: unknown): number {
  if (!isObject(metadata)) return 0;
  const keys = keysOf(metadata);
  const pairs = Math.min(keys.length, maxPairs);
  let maxKeyLength = 0;
  let maxValueLength = 0;
  let nonStrings = 0;
  for (let index = 0; index < pairs; index++) {
    const key = keys[index]!;
    const value = readProperty(metadata, key);
    draft.push(key);
    draft.push(value);
    maxKeyLength = Math.max(maxKeyLength, key.length);
    if (typeof value === "string") maxValueLength = Math.max(maxValueLength, value.length);
    else nonStrings++;
  }
  draft.set(cellOf(fieldTable().metadataRow), cellKinds.Object, keys.length);
  draft.set(headerCells.MaxKeyLength, cellKinds.Number, maxKeyLength);
  draft.set(headerCells.MaxValueLength, cellKinds.Number, maxValueLength);
  draft.set(headerCells.NonStringValues, cellKinds.Number, nonStrings);
  return pairs;
}

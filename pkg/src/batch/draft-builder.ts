// The cells of a draft and their strings, collected in JavaScript before they are written into the module's memory:
// getters of a batch may call this package, which writes drafts, too.
import { cellKinds, fieldCells, headerCellCount, internedStrings } from "../../generated/facts.js";
import type { Cells } from "../../generated/field-reader.js";
import { encoder, reserveDraft } from "../runtime/draft-memory.js";
import { attempt, lengthOf, ReadFailure } from "../runtime/property-access.js";

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

/** Builders with room for more cells than this are not used again, so that a huge batch does not keep its memory. */
const maxReusedCells = 1024;

/** Builders without a value, for reuse. New ones would take a fifth of the time of building the views of a list. */
const spares: DraftBuilder[] = [];

/** The cells of a draft and their strings. The header cells come first, and are absent until they are set. */
export class DraftBuilder implements Cells {
  // Both arrays share a buffer with the layout of the cells of a `Draft`.
  #numbers = new Float64Array(fieldCells * 2);
  #words = new Uint32Array(this.#numbers.buffer);
  #cells = headerCellCount;
  #text = "";

  /** A builder without a value. */
  static take(): DraftBuilder {
    return spares.pop() ?? new DraftBuilder();
  }

  /** Sets a cell that has no string. */
  set(cell: number, kind: number, number = 0): void {
    this.#numbers[cell * 2] = number;
    this.#words[cell * 4 + 3] = kind;
  }

  push(value: unknown): void {
    this.put(this.#append(), value);
  }

  pushInterned(value: unknown): void {
    const index = typeof value === "string" ? internedStrings.indexOf(value) : -1;
    if (index < 0) this.push(value);
    else this.set(this.#append(), cellKinds.Interned, index);
  }

  skip(count: number): void {
    this.#cells += count;
  }

  #append(): number {
    const cell = this.#cells++;
    if (this.#numbers.length < this.#cells * 2) this.#grow();
    return cell;
  }

  /** Sets the number of the last cell. */
  mark(number: number): void {
    this.#numbers[(this.#cells - 1) * 2] = number;
  }

  /** Sets a cell to a value. */
  put(cell: number, value: unknown): void {
    switch (typeof value) {
      case "undefined":
        return;
      case "boolean":
        return this.set(cell, cellKinds.Boolean, Number(value));
      case "number":
        this.set(cell, cellKinds.Number, value);
        if (!Number.isSafeInteger(value)) this.#addString(cell, String(value));
        return;
      case "string":
        this.set(cell, cellKinds.String, value.length);
        return this.#addString(cell, value.length > maxStringLength ? value.slice(0, maxStringLength) : value);
      case "object":
        return value === null ? this.set(cell, cellKinds.Null) : this.#putObject(cell, value);
      default:
        return this.#putOther(cell, `a ${typeof value}`);
    }
  }

  #putObject(cell: number, value: object): void {
    if (ReadFailure.is(value)) return this.#putFailure(cell, value);
    const isList = attempt(() => Array.isArray(value));
    if (isList !== true && isList !== false) return this.#putFailure(cell, isList);
    if (isList) return this.set(cell, cellKinds.Array, lengthOf(value));
    if (attempt(() => value instanceof Date) === true) return this.#putOther(cell, "a Date");
    this.set(cell, cellKinds.Object);
  }

  #putOther(cell: number, description: string): void {
    this.set(cell, cellKinds.Other);
    this.#addString(cell, description);
  }

  #putFailure(cell: number, { message }: ReadFailure): void {
    this.set(cell, cellKinds.Unreadable);
    this.#addString(cell, message.slice(0, maxStringLength));
  }

  /** Adds the string of a cell whose kind is set. */
  #addString(cell: number, string: string): void {
    const offset = this.#text.length;
    if (offset + string.length > maxTextLength) return;
    this.#text += string;
    this.#words[cell * 4 + 2] = offset;
    this.#words[cell * 4 + 3]! |= string.length << 4;
  }

  #grow(): void {
    const larger = new Float64Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
    this.#words = new Uint32Array(larger.buffer);
  }

  /** Makes all cells absent again. */
  clear(): void {
    this.#numbers.fill(0);
    this.#cells = headerCellCount;
    this.#text = "";
  }

  /** Writes all cells and strings into the draft of a slot. The builder must not be used afterwards. */
  write(slot: 0 | 1): TextLength {
    const text = this.#text;
    const isReused = this.#numbers.length <= maxReusedCells * 2;
    // Copying a few absent cells, too, takes less time than creating a view of the others.
    const numbers = isReused ? this.#numbers : this.#numbers.subarray(0, this.#cells * 2);
    const draft = reserveDraft(slot, numbers.length / 2, text.length * 3);
    draft.numbers.set(numbers);
    const length = { units: text.length, bytes: text === "" ? 0 : encoder.encodeInto(text, draft.text).written };
    if (isReused) {
      this.clear();
      spares.push(this);
    }
    return length;
  }
}

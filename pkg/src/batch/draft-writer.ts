// Writes any value into the module's draft memory, by the field table. Slower than the generated validators, and safe
// for every value: throwing getters, proxies, cycles, huge arrays and long strings all become cells that the module can
// check.
import {
  cellKinds,
  entriesRow,
  errorsRow,
  headerCellCount,
  headerCells,
  maxPairs,
  metadataRow,
} from "../../generated/facts.js";
import { type Parts, readFields } from "../../generated/field-reader.js";
import { isObject, keysOf, readProperty } from "../runtime/property-access.js";
import { DraftBuilder, type TextLength } from "./draft-builder.js";
import { entriesOf, fieldsOf, withoutNesting } from "./error-entries.js";
import { fieldTable } from "./field-table.js";

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

/**
 * Reads a value into a draft. Runs the value's getters.
 *
 * @param hasParts whether the draft has the error entries and the metadata, which the time of the next poll does not
 * depend on
 */
export function draftOf(value: unknown, hasParts = true): DraftBuilder {
  // Getters of a batch may call this package, so each batch that is being read has a builder of its own.
  const draft = DraftBuilder.take();
  draft.put(headerCells.Root, value);
  if (!isObject(value)) return draft;
  const [errors, list, metadata] = addFields(draft, value);
  const entries = hasParts ? entriesOf(errors, list) : [];
  for (const entry of entries) addEntry(draft, entry);
  const pairs = hasParts ? addPairs(draft, metadata) : 0;
  const unknownKeys = addUnknownKeys(draft, value);
  draft.set(headerCells.EntryCount, cellKinds.Number, entries.length);
  draft.set(headerCells.PairCount, cellKinds.Number, pairs);
  draft.set(headerCells.UnknownCount, cellKinds.Number, Math.min(unknownKeys, maxPairs));
  draft.set(headerCells.TotalUnknownKeys, cellKinds.Number, unknownKeys);
  return draft;
}

/** Adds the fields of the table. If a getter throws, reads them once more, with a failure in place of its value. */
function addFields(draft: DraftBuilder, value: object): Parts {
  try {
    return readFields(value as Readonly<Record<string, unknown>>, draft);
  } catch {
    draft.clear();
    draft.put(headerCells.Root, value);
    return addFieldsSafely(draft, value);
  }
}

/** Adds the fields of the table, parents before children, whatever their getters do. */
function addFieldsSafely(draft: DraftBuilder, value: object): Parts {
  const { rows } = fieldTable();
  const values: unknown[] = [];
  for (let row = 0; row < rows.length; row++) {
    const { name, parent, kind } = rows[row]!;
    const holder = parent === null ? value : values[parent];
    if (parent === entriesRow || !isObject(holder)) {
      draft.skip(1);
      continue;
    }
    values[row] = readProperty(holder, name);
    if (kind === "interned") draft.pushInterned(values[row]);
    else draft.push(values[row]);
  }
  return [values[errorsRow], values[entriesRow], values[metadataRow]];
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
  draft.set(headerCellCount + metadataRow, cellKinds.Object, keys.length);
  draft.set(headerCells.MaxKeyLength, cellKinds.Number, maxKeyLength);
  draft.set(headerCells.MaxValueLength, cellKinds.Number, maxValueLength);
  draft.set(headerCells.NonStringValues, cellKinds.Number, nonStrings);
  return pairs;
}

/** Adds the keys that are not in the table, up to a limit. Returns the number of all of them. */
function addUnknownKeys(draft: DraftBuilder, value: object): number {
  const { batchFields } = fieldTable();
  let count = 0;
  for (const key of keysOf(value)) {
    if (batchFields.has(key)) continue;
    if (count < maxPairs) draft.push(key);
    count++;
  }
  return count;
}

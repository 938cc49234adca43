// The fields of a batch, by row. The table is parsed at its first use, so that importing the package runs no code.
import { entriesRow, errorsRow, type FieldInfo, fieldRows } from "../../generated/facts.js";

/** The field table and the lists derived from it. */
export interface FieldTable {
  /** All fields, nested ones after their parents. */
  readonly rows: readonly FieldInfo[];
  /** The names of the fields at the top level of a batch. */
  readonly batchFields: ReadonlySet<string>;
  /** The optional ones among {@link batchFields}. */
  readonly optionalFields: ReadonlySet<string>;
  /** The names of the optional fields of `errors`. */
  readonly optionalErrorsFields: ReadonlySet<string>;
  /** The names of the fields of an error entry. All are optional. */
  readonly entryFields: ReadonlySet<string>;
}

let table: FieldTable | undefined;

/** The field table. */
export const fieldTable = (): FieldTable => (table ??= parse());

function parse(): FieldTable {
  const rows = fieldRows.split(",").map((row): FieldInfo => {
    const [name, kind, parent, required] = row.split(" ");
    return {
      name: name!,
      kind: kind as FieldInfo["kind"],
      parent: parent === "" ? null : Number(parent),
      required: required === "required",
    };
  });
  const namesIn = (parent: number | null, accept: (field: FieldInfo) => boolean = () => true): Set<string> =>
    new Set(rows.filter((field) => field.parent === parent && accept(field)).map(({ name }) => name));
  const optionalIn = (parent: number | null): Set<string> => namesIn(parent, ({ required }) => !required);
  return {
    rows,
    batchFields: namesIn(null),
    optionalFields: optionalIn(null),
    optionalErrorsFields: optionalIn(errorsRow),
    entryFields: namesIn(entriesRow),
  };
}

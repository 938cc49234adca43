// The member table, and what the readers draw from it. Worked out by the first who asks: importing the package runs
// nothing.
import { memberRows, type MemberInfo } from "../../generated/facts.js";

/** The member table and what follows from it. */
export interface Members {
  /** The table. */
  readonly rows: readonly MemberInfo[];
  /** The names of a batch's own members. */
  readonly own: ReadonlySet<string>;
  /** Those of them that it may lack. */
  readonly optional: ReadonlySet<string>;
  /** The rows of `errors`, of the list in it, and of `metadata`. */
  readonly errors: number;
  readonly entries: number;
  readonly metadata: number;
  /** The names of `errors` and of the list in it. */
  readonly errorsName: string;
  readonly entriesName: string;
  /** The members of `errors` that it may lack. */
  readonly inErrors: ReadonlySet<string>;
  /** The members of an error entry, all of which it may lack. */
  readonly inEntry: ReadonlySet<string>;
}

let table: Members | undefined;

/** The member table. */
export const members = (): Members => (table ??= read());

function read(): Members {
  const rows = memberRows.split(",").map((row): MemberInfo => {
    const [name, kind, parent, required] = row.split(" ");
    return {
      name: name!,
      kind: kind as MemberInfo["kind"],
      parent: parent === "" ? null : Number(parent),
      required: required === "required",
    };
  });
  const names = (parent: number | null, which: (member: MemberInfo) => boolean = () => true): Set<string> =>
    new Set(rows.filter((member) => member.parent === parent && which(member)).map(({ name }) => name));
  const ofKind = (kind: MemberInfo["kind"]): number => rows.findIndex((member) => member.kind === kind);
  const entries = ofKind("entries");
  const errors = rows[entries]!.parent!;
  const optional = (parent: number | null): Set<string> => names(parent, ({ required }) => !required);
  return {
    rows,
    own: names(null),
    optional: optional(null),
    errors,
    entries,
    metadata: ofKind("pairs"),
    errorsName: rows[errors]!.name,
    entriesName: rows[entries]!.name,
    inErrors: optional(errors),
    inEntry: names(entries),
  };
}

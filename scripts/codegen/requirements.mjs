// The core's requirement for each field, as JavaScript expressions that the generated validators share.
import { readFileSync } from "node:fs";
import { at } from "../process.mjs";

/** The tables that examples/facts.rs prints. */
export const facts = JSON.parse(readFileSync(at("pkg", "generated", "facts.json"), "utf8"));

/** A value as a JavaScript literal. */
export const literal = JSON.stringify;

/** The fields of the field in a row, or of the batch itself (`null`), with their own rows. */
export const fieldsIn = (parent) =>
  facts.fields.map((field, row) => ({ ...field, row })).filter((field) => field.parent === parent);

const rowOf = (wanted) => facts.fields.findIndex(({ requirement }) => requirement === wanted);

/** The rows of the list of error entries, of the object that has it, and of the metadata. */
export const entriesRow = rowOf("objectArray");
export const errorsRow = facts.fields[entriesRow].parent;
export const metadataRow = rowOf("stringMap");

/** The expression for whether `v` is an integer within bounds. */
const isIntegerIn = (bounds) => `isInteger${ranges.indexOf(String(bounds))}(v)`;
const ranges = [
  ...new Set(facts.fields.flatMap(({ requirement }) => (requirement.integer ? [String(requirement.integer)] : []))),
];

/** The source of the functions that the expressions of {@link meets} call. */
export const checks = ranges.map((bounds, index) => {
  const [min, max] = bounds.split(",");
  const isInside = `typeof v === "number" && v >= ${min} && v <= ${max} && Number.isInteger(v)`;
  return `export const isInteger${index} = (v: unknown): v is number => ${isInside};`;
});

/** The names of these functions. */
export const checkNames = ranges.map((_, index) => `isInteger${index}`);

/**
 * The expression for whether `v` meets the requirement for a field; for an object, only whether it is one. A map of
 * strings may be a date, which has no keys.
 */
export function meets({ requirement }) {
  if (requirement === "string") return `typeof v === "string" && v !== ""`;
  if (requirement.oneOf) return requirement.oneOf.map((one) => `v === ${literal(one)}`).join(" || ");
  if (requirement.integer) return isIntegerIn(requirement.integer);
  return requirement === "stringMap" ? "isObject(v)" : "isRecord(v)";
}

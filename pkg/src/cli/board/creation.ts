// Checks the request that creates a batch: known fields only, each of its type.
import { metadataLimits } from "../../../generated/facts.js";
import { isRecord } from "../../common/json.js";
import { id } from "./routes.js";

const matches =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === "string" && pattern.test(value);

/** The length of a string in code points. */
const lengthOf = (string: string): number => [...string].length;

const isMetadata = (value: unknown): boolean =>
  isRecord(value) &&
  Object.keys(value).length <= metadataLimits.pairs &&
  Object.entries(value).every(
    ([key, item]) =>
      typeof item === "string" && lengthOf(key) <= metadataLimits.key && lengthOf(item) <= metadataLimits.value,
  );

/** The fields: the expected value of each, its check, and whether it is optional. */
const fields: Readonly<
  Record<string, { readonly expected: string; readonly isValid: (value: unknown) => boolean; readonly optional?: true }>
> = {
  input_file_id: { expected: "an id of a file", isValid: matches(new RegExp(`^${id}$`)) },
  endpoint: { expected: "a path", isValid: matches(/^\/[\w./-]{1,200}$/) },
  completion_window: { expected: "a duration such as 24h", isValid: matches(/^\w{1,32}$/) },
  metadata: {
    expected: `at most ${metadataLimits.pairs} strings, with keys of at most ${metadataLimits.key} characters and ${
      metadataLimits.value
    } characters each`,
    isValid: isMetadata,
    optional: true,
  },
};

/** Says why a value is not a request that creates a batch; undefined if it is one. */
export function creationProblem(value: unknown): string | undefined {
  if (!isRecord(value)) return "expected a JSON object";
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined)
    return `expected only the fields ${Object.keys(fields).join(", ")}, found ${JSON.stringify(unknown.slice(0, 80))}`;
  for (const [name, { expected, isValid, optional }] of Object.entries(fields))
    if (!(optional && value[name] === undefined) && !isValid(value[name])) return `expected ${expected} at ${name}`;
  return undefined;
}

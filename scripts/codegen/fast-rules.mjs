// Generates pkg/generated/fast-rules.ts: straight-line code that finds, without the module, that no rule has an issue
// with a plain batch except for empty fields. It is generated from the core's requirements for the fields and from its
// invariants between fields. Everything else is left to the module.
import { checkNames, facts, fieldsIn, literal, meets } from "./requirements.mjs";

const { invariants } = facts;
const [finishedTotal] = facts.totals;
const { tokens } = invariants;
const batchFields = fieldsIn(null);
const optionalFields = batchFields.filter(({ required }) => !required);

/**
 * The variable that keeps a field: the value of a number, 0 for a string, the index of a known string, -1 if the field
 * is absent.
 */
const variableOf = (row) => `m${row}`;

/** The rows of the fields that take part in an invariant. */
const keptRows = new Set([
  invariants.status,
  invariants.created,
  invariants.expires,
  ...invariants.statusTimestamps,
  ...invariants.files.map(({ file }) => file),
  ...invariants.tokenDetails.flat(),
]);
for (const { parts, total } of [finishedTotal, tokens]) for (const row of [...parts, total]) keptRows.add(row);

/** Checks a string against the known values of its field. Other strings are left to the module. */
const checkKnownValues = ({ knownValues, row }) => `switch (v) {
  ${knownValues.map((value, index) => `case ${literal(value)}: ${onKnownValue(row, index)} break;`).join("\n  ")}
  default: return undecided;
  }`;

function onKnownValue(row, index) {
  if (row === invariants.endpoint) return `if (!(rules.endpoints & ${1 << index})) return undecided;`;
  if (row === invariants.window) return `window = rules.windows[${index}]!;`;
  return row === invariants.status ? `${variableOf(row)} = ${index};` : "";
}

// A string has no more code points than UTF-16 code units, so metadata that passes is within its limits.
const { pairs, key, value } = facts.metadata;
const checkMetadata = `let pairs = 0;
  for (const key in v) {
    const item = v[key];
    if (typeof item !== "string" || item.length > ${value}) return undecided;
    if (key.length > ${key} || ++pairs > ${pairs}) return undecided;
  }`;

/** Checks a field that meets its requirement, and keeps it for the invariants. */
function checkValue(field) {
  const { row, kind } = field;
  if (kind === "interned") return checkKnownValues(field);
  if (row === invariants.id) return "if (!rules.id.test(v)) return undecided;";
  if (invariants.fileIds.includes(row))
    return `if (!rules.file.test(v)) return undecided;${keptRows.has(row) ? `\n  ${variableOf(row)} = 0;` : ""}`;
  if (kind === "string") return "";
  if (kind === "pairs") return checkMetadata;
  if (field.requirement.integer) return keptRows.has(row) ? `${variableOf(row)} = v;` : "";
  const fields = fieldsIn(row);
  if (fields.some(({ requirement }) => requirement === "objectArray")) return "return undecided;";
  return `const o${row} = v;\n  ${fields.map((inner) => check(inner, `o${row}`)).join("\n  ")}`;
}

/** Checks a field of the batch, or of an object in it. */
function check(field, object) {
  const read = `v = ${object}.${field.name};`;
  // For a known string, checkKnownValues decides the rest.
  const isValid = field.kind === "interned" ? `typeof v === "string"` : meets(field);
  if (field.required) return `${read}\n  if (!(${isValid})) return undecided;\n  ${checkValue(field)}`;
  const bit = 1 << optionalFields.findIndex(({ row }) => row === field.row);
  const isEmpty = field.requirement === "string" ? `v === null || v === ""` : "v === null";
  return `${read}
  if (${isValid}) {
  found++;
  ${checkValue(field)}
  } else if (${isEmpty}) { found++; empty |= ${bit}; } else if (v !== undefined) return undecided;`;
}

const sumOf = ({ parts }) => parts.map(variableOf).join(" + ");
const bitsOf = (rows, test) => rows.map((row, index) => `(${test(variableOf(row))} ? ${1 << index} : 0)`).join(" | ");
const isPresent = (variable) => `${variable} >= 0`;
const undecidedIf = (condition) => `if (${condition}) return undecided;`;

const status = variableOf(invariants.status);
const hasWrongTimestamps = `(present & ~possible[${status}]!) !== 0 || (expected[${status}]! & ~present) !== 0`;
const checkOrder = (time) => `if (${isPresent(time)}) { if (${time} < latest) return undecided; latest = ${time}; }`;
const expires = variableOf(invariants.expires);
const isDeadline = `Math.abs(${variableOf(invariants.created)} + window - ${expires}) <= rules.expiryTolerance`;
const hasWrongCounts = [
  "total < 0",
  "finished > total",
  `(statusBit === ${1 << invariants.allFinished} && finished < total)`,
  `(statusBit === ${1 << invariants.noneCounted} && total > 0)`,
].join(" || ");
const hasWrongFile = ({ file, counted, determinedIn }) => {
  const hasFile = isPresent(variableOf(file));
  const isExpected = `${variableOf(counted)} > 0`;
  const isWrongAtEnd = `(statusBit & ${determinedIn}) !== 0 && ${isExpected} !== ${hasFile}`;
  return `(statusBit & ${invariants.terminalStatuses}) === 0 ? ${hasFile} : ${isWrongAtEnd}`;
};

const checkTokenDetail = ([part, whole]) => undecidedIf(`${variableOf(part)} > ${variableOf(whole)}`);

/** Checks the invariants. Absent counts and timestamps are -1, less than any that are present. */
const checkInvariants = `const statusBit = 1 << ${status};
  if (statusBit === ${1 << invariants.withErrors}) return undecided;
  // Timestamps of the statuses that were entered, and of no other.
  const present = ${bitsOf(invariants.statusTimestamps, isPresent)};
  ${undecidedIf(hasWrongTimestamps)}
  let latest = 0;
  ${invariants.timestampOrder.map((row) => checkOrder(variableOf(row))).join("\n  ")}
  // The window is NaN if the profile does not know it.
  ${undecidedIf(`!(${isPresent(expires)} && ${isDeadline})`)}
  const total = ${variableOf(finishedTotal.total)}, finished = ${sumOf(finishedTotal)};
  ${undecidedIf(hasWrongCounts)}
  ${undecidedIf(`${isPresent(variableOf(tokens.total))} && ${sumOf(tokens)} !== ${variableOf(tokens.total)}`)}
  ${invariants.tokenDetails.map(checkTokenDetail).join("\n  ")}
  // No result file before the batch has ended, and then those that the counts imply.
  ${invariants.files.map((file) => undecidedIf(hasWrongFile(file))).join("\n  ")}`;

/** The pattern for ids: printable ASCII after a prefix. */
function idPattern(prefix) {
  const isAllowed = (code) => invariants.idForbiddenBytes.every(([first, last]) => code < first || code > last);
  const allowed = Array.from({ length: 128 }, (_, code) => code).filter(isAllowed);
  const [first, last] = [allowed[0], allowed.at(-1)];
  if (allowed.length !== last - first + 1)
    throw new Error(
      "expected the characters of ids to be one range; extend idPattern in scripts/codegen/fast-rules.mjs",
    );
  const escaped = (code) => `\\x${code.toString(16).padStart(2, "0")}`;
  return `/^${(prefix ?? "").replaceAll(/[^\w-]/g, "\\$&")}[${escaped(first)}-${escaped(last)}]*$/`;
}

function rulesOf({ id, file, expiryTolerance, endpoints, windows }) {
  const ids = `id: ${idPattern(id)}, file: ${idPattern(file)}`;
  const seconds = windows.map((window) => window ?? "NaN");
  const bits = endpoints.reduce((known, isKnown, index) => known | (isKnown ? 1 << index : 0), 0);
  return `{ ${ids}, expiryTolerance: ${expiryTolerance}, endpoints: ${bits}, windows: [${seconds}] }`;
}

const requiredCount = batchFields.length - optionalFields.length;

/** The source of fast-rules.ts. */
export const fastRules = `// Generated by scripts/codegen/fast-rules.mjs from the core's requirements and invariants.
import { isRecord as isObject } from "../src/common/json.js";
import { ${checkNames.join(", ")}, isPlainObject, isRecord } from "./fast-validator.js";

/** There may be other issues than empty fields: the module has to decide. */
export const undecided = -1;

/** What a profile expects of ids, endpoints and deadlines. */
interface ProfileRules {
  /** The pattern for batch ids. */
  readonly id: RegExp;
  /** The pattern for file ids. */
  readonly file: RegExp;
  /** How far the deadline may be from the end of the completion window, in seconds. */
  readonly expiryTolerance: number;
  /** The known endpoints that are supported, as bits. */
  readonly endpoints: number;
  /** The length of each known completion window in seconds; NaN for one that is not supported. */
  readonly windows: readonly number[];
}

/** The rules of each profile, by its index in the module. */
const profiles: readonly ProfileRules[] = [
  ${invariants.profiles.map(rulesOf).join(",\n  ")},
];

/** The timestamps that each status can have and those that it must have, as bits. */
const possible = ${literal(invariants.possibleTimestamps)};
const expected = ${literal(invariants.expectedTimestamps)};

/**
 * Checks a plain batch against every rule. Throws what the object's own getters throw.
 *
 * @returns the optional fields that are empty, as bits in the order of the field table, if there is no other issue;
 * {@link undecided} if there may be one
 */
export function checkRules(value: unknown, profile: number): number {
  if (!isPlainObject(value)) return undecided;
  const rules = profiles[profile]!;
  let v: unknown, empty = 0, found = ${requiredCount}, window = 0;
  let ${[...keptRows]
    .sort((a, b) => a - b)
    .map((row) => `${variableOf(row)} = -1`)
    .join(", ")};
  ${batchFields.map((field) => check(field, "value")).join("\n  ")}
  ${checkInvariants}
  // A key that was not counted is an unknown field, or a known one that is undefined.
  for (const _ in value) found--;
  return found === 0 ? empty : undecided;
}
`;

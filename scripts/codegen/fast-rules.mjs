// The quick reader: straight-line code that finds of a plain batch that no rule has anything to say of it but that
// members are there without a value. It is made of the core's plain demands and of its relations between members. All
// else is for the general reader.
import { checkNames, facts, meets, membersIn, text } from "./requirements.mjs";

const { relations } = facts;
const [finished] = facts.totals;
const { tokens } = relations;
const hollow = membersIn(null).filter(({ required }) => !required);

/** What is kept of a member: a number its value, a text 0, one of a known set its place there; -1 without a value. */
const kept = (index) => `m${index}`;

/** The members of which something is kept. */
const inRelation = new Set([
  relations.status,
  relations.created,
  relations.expires,
  ...relations.stamps,
  ...relations.files.map(({ file }) => file),
  ...relations.tokenDetails.flat(),
]);
for (const { parts, total } of [finished, tokens]) for (const index of [...parts, total]) inRelation.add(index);

/** Texts that a member holds as a rule; others are looked at by the general reader. */
const choose = ({ usual, index }) => `switch (v) {
  ${usual.map((one, at) => `case ${text(one)}: ${lead(index, at)} break;`).join("\n  ")}
  default: return odd;
  }`;

function lead(index, at) {
  if (index === relations.endpoint) return `if (!ways.endpoints[${at}]) return odd;`;
  if (index === relations.window) return `window = ways.windows[${at}]!;`;
  return index === relations.status ? `${kept(index)} = ${at};` : "";
}

/** Metadata is within its limits, or odd: a text has no more code points than UTF-16 units. */
const { pairs, key, value } = facts.metadata;
const readPairs = `let pairs = 0;
  for (const key in v) {
    const one = v[key];
    if (typeof one !== "string" || one.length > ${value} || key.length > ${key} || ++pairs > ${pairs}) return odd;
  }`;

/** Reads a member that meets its demand. */
function read(member) {
  const { index, kind } = member;
  if (kind === "atom") return choose(member);
  if (index === relations.id) return "if (!ways.id.test(v)) return odd;";
  if (relations.fileIds.includes(index))
    return `if (!ways.file.test(v)) return odd;${inRelation.has(index) ? `\n  ${kept(index)} = 0;` : ""}`;
  if (kind === "text") return "";
  if (kind === "pairs") return readPairs;
  if (member.demand.whole) return inRelation.has(index) ? `${kept(index)} = v;` : "";
  const own = membersIn(index);
  if (own.some(({ demand }) => demand === "entries")) return "return odd;";
  return `const o${index} = v;\n  ${own.map((inner) => look(inner, `o${index}`)).join("\n  ")}`;
}

/** Looks at a member of the batch, or of an object in it. */
function look(member, from) {
  const reading = `v = ${from}.${member.name};`;
  // Which text it is, a switch decides.
  const fits = member.kind === "atom" ? `typeof v === "string"` : meets(member);
  if (member.required) return `${reading}\n  if (!(${fits})) return odd;\n  ${read(member)}`;
  const bit = 1 << hollow.findIndex(({ index }) => index === member.index);
  const isHollow = member.demand === "text" ? `v === null || v === ""` : "v === null";
  return `${reading}
  if (${fits}) {
  found++;
  ${read(member)}
  } else if (${isHollow}) { found++; hollow |= ${bit}; } else if (v !== undefined) return odd;`;
}

const sum = ({ parts }) => parts.map(kept).join(" + ");
const bits = (indices, is) => indices.map((index, at) => `(${is(kept(index))} ? ${1 << at} : 0)`).join(" | ");
const there = (name) => `${name} >= 0`;

/** Leaves the judgement to the general reader where a condition holds. */
const oddIf = (condition) => `if (${condition}) return odd;`;

const status = kept(relations.status);
const isUntimely = [`(stamped & ~before[${status}]!) !== 0`, `(awaited[${status}]! & ~stamped) !== 0`].join(" || ");
const inOrder = (stamp) => `if (${there(stamp)}) { if (${stamp} < last) return odd; last = ${stamp}; }`;
const expires = kept(relations.expires);
const isOnTime = `Math.abs(${kept(relations.created)} + window - ${expires}) <= ways.slack`;
const isMiscounted = [
  "total < 0",
  "finished > total",
  `(is === ${1 << relations.allFinished} && finished < total)`,
  `(is === ${1 << relations.noneCounted} && total > 0)`,
].join(" || ");
const isMisfiled = ({ file, counted, toldIn }) => {
  const isThere = there(kept(file));
  return `(is & ${relations.ended}) === 0 ? ${isThere} : (is & ${toldIn}) !== 0 && ${kept(counted)} > 0 !== ${isThere}`;
};

/** What holds between the members. Counts and stamps that are not there are -1: less than any that are. */
const holds = `const is = 1 << ${status};
  if (is === ${1 << relations.withErrors}) return odd;
  // No stamp of a status that was not reached, and all that are awaited.
  const stamped = ${bits(relations.stamps, there)};
  ${oddIf(isUntimely)}
  let last = 0;
  ${relations.order.map((index) => inOrder(kept(index))).join("\n  ")}
  // A window that the profile does not know is no number.
  ${oddIf(`!(${there(expires)} && ${isOnTime})`)}
  const total = ${kept(finished.total)}, finished = ${sum(finished)};
  ${oddIf(isMiscounted)}
  if (${there(kept(tokens.total))} && ${sum(tokens)} !== ${kept(tokens.total)}) return odd;
  ${relations.tokenDetails.map(([part, whole]) => `if (${kept(part)} > ${kept(whole)}) return odd;`).join("\n  ")}
  // No file before the end, and then those that the counts tell of.
  ${relations.files.map((file) => oddIf(isMisfiled(file))).join("\n  ")}`;

/** An id as a pattern, of ASCII without what no id holds. */
function pattern(prefix) {
  const may = (code) => relations.notInIds.every(([least, most]) => code < least || code > most);
  const allowed = Array.from({ length: 128 }, (_, code) => code).filter(may);
  const [least, most] = [allowed[0], allowed.at(-1)];
  if (allowed.length !== most - least + 1)
    throw new Error("what ids may hold is no longer one range: say it in scripts/codegen/fast-rules.mjs");
  const written = (code) => `\\x${code.toString(16).padStart(2, "0")}`;
  return `/^${(prefix ?? "").replaceAll(/[^\w-]/g, "\\$&")}[${written(least)}-${written(most)}]*$/`;
}

function waysOf({ id, file, slack, endpoints, windows }) {
  const ids = `id: ${pattern(id)}, file: ${pattern(file)}`;
  const seconds = windows.map((window) => window ?? "NaN");
  return `{ ${ids}, slack: ${slack}, endpoints: ${text(endpoints)}, windows: [${seconds}] }`;
}

const sources = "the core's member table, its plain demands and its relations between members";

export const quick = `// Generated by scripts/codegen/fast-rules.mjs from ${sources}.
import { ${checkNames.join(", ")}, isPlain } from "./fast-validator.js";

/** An object of which there may be more to say. */
export const odd = -1;

/** What a profile has to say of texts that members hold as a rule, and of ids. */
interface Ways {
  readonly id: RegExp;
  readonly file: RegExp;
  readonly slack: number;
  readonly endpoints: readonly boolean[];
  readonly windows: readonly number[];
}

/** By profile, in the order of their numbers. */
const profiles: readonly Ways[] = [
  ${relations.profiles.map(waysOf).join(",\n  ")},
];

/** By status: those it may have been before, and those whose stamps it has, as bits. */
const before = ${text(relations.before)};
const awaited = ${text(relations.awaited)};

/**
 * Looks at a plain batch by every rule. May throw what the object's own getters throw.
 *
 * @returns which optional members are there without a value, as bits in the order of the table, if there is nothing
 * else to be said; {@link odd} if there may be
 */
export function readQuickly(value: unknown, profile: number): number {
  if (!isPlain(value)) return odd;
  const ways = profiles[profile]!;
  let v: unknown, hollow = 0, found = ${membersIn(null).length - hollow.length}, window = 0;
  let ${[...inRelation]
    .sort((a, b) => a - b)
    .map((index) => `${kept(index)} = -1`)
    .join(", ")};
  ${membersIn(null)
    .map((member) => look(member, "value"))
    .join("\n  ")}
  ${holds}
  // A key that is left over is an unknown member, or a known one that is undefined.
  for (const _ in value) found--;
  return found === 0 ? hollow : odd;
}
`;

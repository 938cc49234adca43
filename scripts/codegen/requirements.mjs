// What the core demands of each member, as JavaScript that the generated readers share.
import { readFileSync } from "node:fs";
import { at } from "../say.mjs";

/** What the core prints of itself. */
export const facts = JSON.parse(readFileSync(at("pkg", "generated", "facts.json"), "utf8"));

/** A value as it is written in JavaScript. */
export const text = JSON.stringify;

/** The members in the row of another, or of the batch itself (`null`), with their own rows. */
export const membersIn = (parent) =>
  facts.members.map((member, index) => ({ ...member, index })).filter((member) => member.parent === parent);

/** Whether `v` is a whole number within the bounds. */
const isWhole = (bounds) => `isWhole${ranges.indexOf(String(bounds))}(v)`;
const ranges = [...new Set(facts.members.flatMap(({ demand }) => (demand.whole ? [String(demand.whole)] : [])))];

/** The functions that {@link meets} calls, to be exported. */
export const checks = ranges.map((bounds, index) => {
  const [least, most] = bounds.split(",");
  const isInside = `typeof v === "number" && v >= ${least} && v <= ${most} && Math.floor(v) === v`;
  return `export const isWhole${index} = (v: unknown): v is number => ${isInside};`;
});

/** Their names. */
export const checkNames = ranges.map((_, index) => `isWhole${index}`);

/** Whether `v` meets a demand, as far as that can be said in one expression. */
export function meets({ demand }) {
  if (demand === "text") return `typeof v === "string" && v !== ""`;
  if (demand.oneOf) return demand.oneOf.map((one) => `v === ${text(one)}`).join(" || ");
  return demand.whole ? isWhole(demand.whole) : "isPlain(v)";
}

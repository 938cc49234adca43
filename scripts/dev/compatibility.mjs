// The table of docs/compatibility.md, made from the recorded results of `npm run test:everywhere -- --write`.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { markdownTable } from "../markdown.mjs";
import { at } from "../process.mjs";

const recorded = at("tests", "everywhere", "results.json");
const page = at("docs", "compatibility.md");
const start = "<!-- compatibility -->";
const end = "<!-- /compatibility -->";

/**
 * @typedef {object} Row
 * @property {string} tool such as `Next`
 * @property {string} [version]
 * @property {string} [where] such as `edge runtime`
 * @property {string} [entry] the imported entries
 * @property {"passed" | "failed" | "not run"} [result] `passed` by default
 * @property {string} [reason] why it failed or was not run
 * @property {number} [bytes] the size of the built scripts after brotli
 *
 * @typedef {Record<string, { date: string, rows: Row[] }>} Results
 */

/** @returns {Results} the recorded results by the name of the project */
export const readResults = () => (existsSync(recorded) ? JSON.parse(readFileSync(recorded, "utf8")) : {});

/** @param {Results} results */
export function tableOf(results) {
  const header = ["tool", "version", "where", "entry", "result", "scripts, brotli", "date"];
  const rows = Object.keys(results)
    .sort()
    .flatMap((name) => results[name].rows.map((row) => ({ ...row, date: results[name].date })))
    .map(({ tool, version = "", where = "", entry = "", result = "passed", reason, bytes, date }) => [
      ...[tool, version, where, entry.replaceAll(/[^,\s]+/g, "`$&`")],
      reason ? `${result}: ${reason}` : result,
      bytes === undefined ? "" : `${Math.round(bytes / 1000)} kB`,
      date,
    ]);
  return markdownTable([header, ...rows]);
}

/** Puts a table into the page. */
export function writeTable(table) {
  writeFileSync(page, withTable(readFileSync(page, "utf8"), table));
}

/** The text of the page with this table. */
export function withTable(text, table) {
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf(end);
  return `${text.slice(0, from)}\n\n${table}\n\n${text.slice(to)}`;
}

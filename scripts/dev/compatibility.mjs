// The table of docs/compatibility.md, made from the recorded results of `npm run test:everywhere -- --write`.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { markdownTable } from "../markdown.mjs";
import { at } from "../process.mjs";

const file = at("tests", "everywhere", "results.json");
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
 * @property {string} [date] the day of the run, if it is not that of the project
 *
 * @typedef {{ date: string, rows: Row[] }} Recorded the rows of a project, and the day of the run
 * @typedef {Record<string, Recorded>} Results
 */

/** @returns {Results} the recorded results by the name of the project */
export const readResults = () => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});

/**
 * What is recorded of a project after a run. If nothing of it could be installed, the earlier rows stay, with their own
 * day, and a row says why there are no newer ones.
 *
 * @param {Recorded | undefined} earlier
 * @param {Row[]} rows
 * @returns {Recorded}
 */
export function recorded(earlier, rows, date = new Date().toISOString().slice(0, 10)) {
  const isNotRun = rows.length > 0 && rows.every(({ result }) => result === "not run");
  if (!earlier || !isNotRun) return { date, rows };
  const kept = earlier.rows.filter(({ result }) => result !== "not run");
  return { date, rows: [...kept.map((row) => ({ date: earlier.date, ...row })), ...rows] };
}

/**
 * What a row shows as its result, such as `not run: not installed`.
 *
 * @param {{ result?: string, reason?: string }} row
 */
export const resultOf = ({ result = "passed", reason }) => (reason ? `${result}: ${reason}` : result);

/** The line of an error message that says what failed, without paths and addresses. Tools print others before it. */
export function reasonOf({ message }) {
  const lines = message
    .split("\n")
    .slice(1)
    .map((line) => line.replace(/^npm (error|ERR!)( code)?/, "").trim())
    .filter(Boolean);
  const line = lines.find((each) => /\b(?:[Ee]rror|E[A-Z]{4,}|expected)\b/.test(each)) ?? lines[0] ?? message;
  const plain = line.replaceAll(/https?:\/\/\S+|(?<!\S)\/\S+/g, "…").replaceAll("|", "/");
  return plain.length > 100 ? `${plain.slice(0, 99)}…` : plain;
}

/**
 * The table of all results, in Markdown.
 *
 * @param {Results} results
 */
export function tableOf(results) {
  const header = ["tool", "version", "where", "entry", "result", "scripts, brotli", "date"];
  const rows = Object.keys(results)
    .sort()
    .flatMap((name) => results[name].rows.map((row) => ({ ...row, date: row.date ?? results[name].date })))
    .map(({ tool, version = "", where = "", entry = "", bytes, date, ...row }) => [
      ...[tool, version, where, entry.replaceAll(/[^,\s]+/g, "`$&`")],
      resultOf(row),
      bytes === undefined ? "" : `${Math.round(bytes / 1000)} kB`,
      date,
    ]);
  return markdownTable([header, ...rows]);
}

/** Writes a table into the page. */
export function writeTable(table) {
  const text = readFileSync(page, "utf8");
  const before = text.slice(0, text.indexOf(start) + start.length);
  writeFileSync(page, `${before}\n\n${table}\n\n${text.slice(text.indexOf(end))}`);
}

// Writes tables into docs/performance.md. A block stands between `<!-- bench: NAME -->` and `<!-- /bench -->`.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { markdownTable } from "../scripts/markdown.mjs";
import { at } from "../scripts/process.mjs";

const path = at("docs", "performance.md");
const blocks = /(<!-- bench: ([\w-]+) -->\n)[\s\S]*?(<!-- \/bench -->)/g;

/** The names of the blocks in the document, in their order. */
export const documentBlocks = () => [...readFileSync(path, "utf8").matchAll(blocks)].map(([, , name]) => name);

/**
 * Replaces the contents of blocks, and leaves the others as they are.
 *
 * @param {Record<string, string>} contents the Markdown of each block by its name
 */
export function writeBlocks(contents) {
  const missing = Object.keys(contents).filter((name) => !documentBlocks().includes(name));
  if (missing.length) throw new Error(`expected the blocks ${missing.join(", ")} in docs/performance.md, found none`);
  const text = readFileSync(path, "utf8").replace(blocks, (whole, start, name, end) =>
    name in contents ? `${start}\n${contents[name]}\n\n${end}` : whole,
  );
  writeFileSync(path, text);
}

/**
 * The Markdown of a block: a line that says how it was measured, and a table.
 *
 * @param {string[]} about what was measured how often, and the versions of other programs
 * @param {(string | number)[][]} rows the first has the headings
 */
export function block(about, rows) {
  const date = new Date().toISOString().slice(0, 10);
  const [{ model }] = cpus();
  const machine = `${date}, Node ${process.versions.node}, ${cpus().length} cores, ${model.trim()}`;
  const isOurs = (label) => label.startsWith("batchlight");
  const cells = rows.map(([label, ...figures]) =>
    [`${label}`, ...figures.map(String)].map((cell) => (isOurs(`${label}`) && cell ? `**${cell}**` : cell)),
  );
  return `${wrapped(`${[machine, ...about].join("; ")}.`)}\n\n${markdownTable(cells)}`;
}

/** Breaks a line as the other lines of the documents. */
function wrapped(text) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length > 120) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.join("\n");
}

/** What the figures with a spread are. */
export const quartiles = (rounds, words = "interleaved rounds") =>
  `medians of ${rounds} ${words}, with the quartiles in parentheses`;

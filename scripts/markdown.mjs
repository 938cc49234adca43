// What scripts write into Markdown: tables, and addresses of files in the project's repository.
import { readFileSync } from "node:fs";
import { at } from "./process.mjs";

/**
 * Returns a table with aligned columns. The first row has the headings.
 *
 * @param {string[][]} rows
 */
export function markdownTable([headings, ...rows]) {
  const widths = headings.map((_, column) => Math.max(3, ...[headings, ...rows].map((cells) => cells[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [line(headings), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** The address of the repository, from pkg/package.json. */
export const repository = JSON.parse(readFileSync(at("pkg", "package.json"), "utf8")).repository.url.replace(
  /^git\+|\.git$/g,
  "",
);

/** Whether a file is a picture of the documents. */
export const isPicture = (path) => /\.(?:png|svg)$/.test(path);

/** The address of a file in the repository; that of a picture returns the picture and not a page about it. */
export const addressInRepository = (path) => `${repository}/${isPicture(path) ? "raw" : "blob"}/main/${path}`;

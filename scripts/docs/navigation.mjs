// The groups of pages in the navigation of the site: the table of docs/README.md, and the pages of site/pages, which
// name a topic of that table.
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { at, ScriptError } from "../process.mjs";

/** Documents of the root that are pages of the site. Other links out of docs/ go to the repository. */
export const rootPages = { "SECURITY.md": "security.md", "CHANGELOG.md": "changelog.md" };

/** The documents that are pages of the site. */
export const documents = () => readdirSync(at("docs")).filter((name) => name.endsWith(".md") && name !== "README.md");

/**
 * The groups of the navigation, with the names of their pages.
 *
 * @returns {{ text: string, pages: string[] }[]}
 * @throws {ScriptError} if the table lacks a document, or a page of the site names no topic of the table
 */
export function navigation() {
  const [, ...rows] = readFileSync(at("docs", "README.md"), "utf8").matchAll(/^\| (\S[^|]*?) *\| (.*) \|$/gm);
  const groups = rows
    .filter(([, text]) => !text.startsWith("--"))
    .map(([, text, links]) => ({
      text,
      pages: [...links.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => pageOf(path)),
    }));
  const listed = groups.flatMap(({ pages }) => pages);
  const missing = documents().filter((name) => !listed.includes(basename(name, ".md")));
  if (missing.length) throw new ScriptError(`expected links to ${missing.join(", ")} in the table of docs/README.md`);
  for (const name of readdirSync(at("site", "pages")).filter((each) => each !== "index.md")) {
    const topic = /^topic: (.+)$/m.exec(readFileSync(at("site", "pages", name), "utf8"))?.[1];
    const group = groups.find(({ text }) => text === topic);
    if (!group) throw new ScriptError(`expected a topic of docs/README.md in site/pages/${name}, found ${topic}`);
    group.pages.push(basename(name, ".md"));
  }
  return groups;
}

/** The name of the page of a document. */
const pageOf = (path) => basename(rootPages[path.replace("../", "")] ?? path, ".md");

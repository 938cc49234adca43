// Collects the Markdown pages of the site: the documents of docs/, the pages of site/pages, and files of the root that
// readers need.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressInRepository, isPicture } from "../markdown.mjs";
import { at } from "../process.mjs";
import { documents, navigation, rootPages } from "./navigation.mjs";
import { withRecipes } from "./recipes.mjs";

/**
 * Writes the pages, the theme and the pictures of the site.
 *
 * @param {string} folder the folder of the site, which has the reference already
 */
export function writePages(folder) {
  for (const name of [".vitepress", "public", "dist"]) rmSync(join(folder, name), { recursive: true, force: true });
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".md"))) rmSync(join(folder, name));
  mkdirSync(join(folder, ".vitepress"), { recursive: true });
  cpSync(at("site", "tsconfig.json"), join(folder, "tsconfig.json"));
  cpSync(at("site", "theme"), join(folder, ".vitepress", "theme"), { recursive: true });
  for (const name of ["config.mjs", "slug.mjs", "lifecycle-diagram.mjs"])
    cpSync(at("site", name), join(folder, ".vitepress", name));
  for (const name of ["themes", "shadcn-variables.css"])
    cpSync(at("examples", "plain", "src", name), join(folder, ".vitepress", "theme", name), { recursive: true });
  writeFileSync(join(folder, ".vitepress", "navigation.json"), JSON.stringify(navigation()));
  cpSync(at("site", "public"), join(folder, "public"), { recursive: true });
  for (const name of readdirSync(at("docs")).filter(isPicture)) cpSync(at("docs", name), join(folder, "public", name));

  for (const name of documents())
    writeFileSync(join(folder, name), forSite(readFileSync(at("docs", name), "utf8"), `docs/${name}`));
  for (const [from, to] of Object.entries(rootPages))
    writeFileSync(join(folder, to), forSite(readFileSync(at(from), "utf8"), from));
  for (const name of readdirSync(at("site", "pages")))
    writeFileSync(join(folder, name), readFileSync(at("site", "pages", name), "utf8"));
}

/** A document with links that work on the site. */
function forSite(text, path) {
  const directory = path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : "";
  const linked = text.replace(/\]\(([^)#\s]+)(#[^)\s]*)?\)/g, (whole, target, anchor = "") => {
    if (/^[a-z]+:/.test(target)) return whole;
    if (isPicture(target)) return `](/${target})`;
    return `](${addressOf(new URL(target, `file:///${directory}`).pathname.slice(1), anchor)})`;
  });
  return withRecipes(withThemes(withPictures(linked)));
}

/** Adds an example of each theme below its style sheet. */
const withThemes = (text) => text.replace(/^```css theme=(\w+)\n[\s\S]*?^```$/gm, '$&\n\n<ThemeExample theme="$1" />');

/** The address of a file of the project: a page of the site if there is one, otherwise in the repository. */
function addressOf(path, anchor) {
  if (path === "docs/README.md") return `./guide.md${anchor}`;
  if (path.startsWith("docs/")) return `./${path.slice("docs/".length)}${anchor}`;
  if (path in rootPages) return `./${rootPages[path]}${anchor}`;
  return addressInRepository(path) + anchor;
}

/** Pictures for two color schemes, as two images: the site's scheme can differ from that of the system. */
function withPictures(text) {
  return text.replace(
    /<picture>\s*<source[^>]*srcset="([^"]+)"[^>]*>\s*<img\s+alt="([^"]+)"\s+src="([^"]+)"[^>]*>\s*<\/picture>/g,
    (_, dark, alt, light) =>
      `<img class="only-light" alt="${alt}" src="/${light}">\n<img class="only-dark" alt="${alt}" src="/${dark}">`,
  );
}

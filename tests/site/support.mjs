// Serves the built site from the cache folder.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { siteOutput } from "../../scripts/docs/build.mjs";
import { serveFolder } from "../../scripts/local-server.mjs";

/** The paths of all pages, such as `/guide.html`. */
export const pages = () =>
  readdirSync(siteOutput, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".html"))
    .map((path) => `/${path.replaceAll("\\", "/")}`)
    .sort();

/** The HTML of a page. */
export const htmlOf = (page) => readFileSync(join(siteOutput, page), "utf8");

/** Whether the site has a file at a path. */
export const hasFile = (path) => statSync(join(siteOutput, path), { throwIfNoEntry: false })?.isFile() ?? false;

/** Serves the site on a free port, as GitHub Pages does. */
export const serve = () =>
  serveFolder(siteOutput, (path) => (path.endsWith("/") ? `${path}index.html` : extname(path) ? path : `${path}.html`));

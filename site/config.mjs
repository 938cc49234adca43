// The configuration of VitePress.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { lifecycle } from "batchlight";
import { defineConfig } from "vitepress";
import { lifecycleDiagram } from "./lifecycle-diagram.mjs";
import { slugOf } from "./slug.mjs";

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
const pagesIn = (path) =>
  readdirSync(join(folder, path))
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.replace(/\.md$/, ""));
/** The groups of the navigation: their names and pages. */
const navigation = JSON.parse(readFileSync(join(folder, ".vitepress", "navigation.json"), "utf8"));

/** The first heading of a page, without Markdown. */
const titleOf = (page) =>
  /^# (.+)$/m.exec(readFileSync(join(folder, `${page}.md`), "utf8"))?.[1].replaceAll("`", "") ?? page;
const linkTo = (page) => ({ text: titleOf(page), link: `/${page}` });
const groupOf = ({ text, pages }) => ({ text, collapsed: false, items: pages.map(linkTo) });
const api = {
  text: "API",
  collapsed: true,
  items: [
    { text: "Overview", link: "/api/" },
    ...pagesIn("api")
      .filter((name) => name !== "index")
      .map((name) => ({ text: titleOf(`api/${name}`), link: `/api/${name}` })),
  ],
};

/** Tables scroll by themselves, also by the keyboard. */
function tables(md) {
  md.renderer.rules.table_open = () => '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n';
  md.renderer.rules.table_close = () => "</table></div>\n";
}

/** Draws the lifecycle, which GitHub draws from the same block. */
function diagrams(md) {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, ...rest) =>
    tokens[index].info.trim() === "mermaid" ? lifecycleDiagram(lifecycle) : fence(tokens, index, ...rest);
}

/** The policy of a page: its own scripts, WebAssembly, and no connections. */
function withPolicy(html) {
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, code]) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`,
  );
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${[...new Set(inline)].join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html.replace('<meta charset="utf-8">', `$&\n<meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

/** Set by scripts/docs/build.mjs. */
const { DOCS_BASE: base, DOCS_REPOSITORY: repository } = process.env;

export default defineConfig({
  title: "batchlight",
  description: "Show, check and test OpenAI batches",
  lang: "en",
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `${base}icon.svg` }]],
  base,
  srcDir: folder,
  srcExclude: ["node_modules/**", "public/**", "declarations/**"],
  outDir: join(folder, "dist"),
  cacheDir: join(folder, ".vitepress", "cache"),
  // Next pages are loaded when they are opened: prefetching is a connection, and the policy allows none.
  router: { prefetchLinks: false },
  markdown: {
    anchor: { slugify: slugOf },
    config: (md) => {
      tables(md);
      diagrams(md);
    },
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("batch-") } } },
  vite: {
    resolve: { dedupe: ["vue"] },
    build: { chunkSizeWarningLimit: 2000 },
  },
  transformHtml: withPolicy,
  themeConfig: {
    siteTitle: "batchlight",
    nav: [
      { text: "Guide", link: "/guide" },
      { text: "Recipes", link: "/recipes" },
      { text: "Elements", link: "/live" },
      { text: "Playground", link: "/playground" },
      { text: "API", link: "/api/" },
    ],
    sidebar: [...navigation.map(groupOf), api],
    outline: [2, 3],
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: repository }],
    externalLinkIcon: true,
    docFooter: { prev: false, next: false },
  },
});

// Every link of the built site leads to a page, and its anchor to a heading.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { apiEntries } from "../../scripts/docs/api.mjs";
import { at } from "../../scripts/process.mjs";
import { hasFile, htmlOf, pages } from "./support.mjs";

const unescaped = (text) => text.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&#39;", "'");
const all = pages().filter((page) => page !== "/404.html");
const idsOf = new Map(
  all.map((page) => [page, new Set([...htmlOf(page).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => unescaped(id)))]),
);

test("every document, every entry with declarations and every page of the site is built", () => {
  const documents = readdirSync(at("docs")).filter((name) => name.endsWith(".md") && name !== "README.md");
  const own = readdirSync(at("site", "pages"));
  for (const name of [...documents, ...own]) assert.ok(hasFile(name.replace(/\.md$/, ".html")), name);
  for (const name of Object.keys(apiEntries()))
    assert.ok(hasFile(`api/${name === "index" ? "batchlight" : name}.html`), name);
});

test("every internal link leads to a page, and its anchor exists", () => {
  const broken = [];
  let checked = 0;
  for (const page of all) {
    for (const [, href] of htmlOf(page).matchAll(/<a\s[^>]*?href="([^"]*)"/g)) {
      const url = new URL(unescaped(href), `http://site.test${page}`);
      if (url.host !== "site.test") continue;
      checked += 1;
      const path = url.pathname.endsWith("/") ? `${url.pathname}index.html` : url.pathname;
      const target = /\.\w+$/.test(path) ? path : `${path}.html`;
      const id = decodeURIComponent(url.hash.slice(1));
      if (!hasFile(target)) broken.push(`${page}: ${href}`);
      else if (id && !idsOf.get(target)?.has(id)) broken.push(`${page}: ${href} has no such anchor`);
    }
  }
  assert.ok(checked > 1000, `${checked} links were read`);
  assert.deepEqual([...new Set(broken)], []);
});

test("every page is reached from the navigation", () => {
  const linked = new Set([...htmlOf("/guide.html").matchAll(/href="(\/[^"#]*)"/g)].map(([, href]) => href));
  const paths = all.map((page) => page.replace(/index\.html$/, ""));
  assert.deepEqual(
    paths.filter((path) => !linked.has(path) && !linked.has(path.replace(/\.html$/, ""))),
    [],
  );
});

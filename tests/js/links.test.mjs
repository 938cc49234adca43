// Every relative link of the documents leads to a file, and its anchor to a heading, as GitHub shows them. The links of
// the built site are checked by tests/site/links.test.mjs.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { slugOf } from "../../site/slug.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const documents = ["", "docs"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(root, folder, name)),
);

/** The text of a document without its code blocks. */
const proseOf = (path) => readFileSync(path, "utf8").replace(/^```[\s\S]*?^```/gm, "");

/** The anchors of the headings of a document. A repeated heading gets a number. */
function anchorsOf(path) {
  const anchors = new Set();
  for (const [, heading] of proseOf(path).matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = slugOf(heading.replaceAll("`", "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1"));
    for (let count = 0; ; count++) {
      const anchor = count === 0 ? slug : `${slug}-${count}`;
      if (anchors.has(anchor)) continue;
      anchors.add(anchor);
      break;
    }
  }
  return anchors;
}

for (const path of documents) {
  test(`the links of ${relative(root, path)} lead to files and headings`, () => {
    const prose = proseOf(path).replace(/`[^`\n]*`/g, "");
    const targets = [
      ...[...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target]) => target),
      ...[...prose.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)].map(([, target]) => target),
    ].filter((target) => !/^[a-z]+:/.test(target));
    for (const target of targets) {
      const [file, anchor] = target.split("#");
      const full = file === "" ? path : join(dirname(path), decodeURIComponent(file));
      assert.ok(existsSync(full), `${target} does not exist`);
      if (anchor && full.endsWith(".md")) assert.ok(anchorsOf(full).has(anchor), `${target} has no such heading`);
    }
  });
}

test("docs/README.md links to every document", () => {
  const index = readFileSync(join(root, "docs", "README.md"), "utf8");
  const names = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md") && name !== "README.md");
  assert.deepEqual(
    names.filter((name) => !index.includes(`](${name})`)),
    [],
  );
});

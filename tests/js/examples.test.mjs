// Runs every example of the declarations, of README.md and of docs/. The comment after a console.log is its expected
// output, with values separated by spaces. A comment that begins with "e.g." is not compared.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { transform } from "esbuild";
import { entries } from "./both.mjs";

const read = (...parts) => readFileSync(join(...parts), "utf8");
const root = fileURLToPath(new URL("../../", import.meta.url));
const dist = join(process.env.BATCHLIGHT_PROJECT, "node_modules", "batchlight", "dist");
const declarations = readdirSync(dist)
  .filter((name) => name.endsWith(".d.ts"))
  .map((name) => read(dist, name))
  .join("\n");

/** The `@example`s of the declarations, each with the name of its declaration. */
function examplesIn(text) {
  return [
    ...text.matchAll(
      /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:export )?(?:declare )?(?:const|function|interface|type) (\w+)/g,
    ),
  ].flatMap(([, comment, name]) => {
    const lines = comment.split("\n").map((line) => line.replace(/^\s*\* ?/, ""));
    return lines
      .join("\n")
      .split(/^@example\b.*$/m)
      .slice(1)
      .map((example) => ({ name, code: example.split(/^@\w/m)[0].replace(/^```\w*$/gm, "") }));
  });
}

/** The JavaScript and TypeScript code blocks of a Markdown file, each with its line. */
function blocksIn(path) {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  const fences = [...text.matchAll(/^```(js|mjs|javascript|ts|typescript)\b([^\n]*)\n([\s\S]*?)^```/gm)];
  return fences.map(({ 2: info, 3: code, index }) => ({
    name: `${relative(root, path)}, line ${text.slice(0, index).split("\n").length}`,
    code,
    info,
  }));
}

const examples = [
  ...examplesIn(declarations),
  ...[
    "README.md",
    ...readdirSync(join(root, "docs"))
      .filter((name) => name.endsWith(".md"))
      .map((name) => join("docs", name)),
  ]
    .map((path) => join(root, path))
    .flatMap(blocksIn),
];

/** A printed value, or the comment that states it, without quotes and other differences of notation. */
const plain = (text) => text.replace(/\s+/g, "").replaceAll("'", '"');

const shown = (value) =>
  typeof value === "string" ? value : value === undefined ? "undefined" : JSON.stringify(value);

/** The output of a piece of code with an entry as `batchlight`, and the output that its comments state. */
async function printed(code, entry) {
  const stated = [];
  const numbered = code.replace(
    /console\.log\((.*)\);?[ \t]*\/\/[ \t]*(.*)$/gm,
    (_, what, comment) => `__log(${stated.push(comment.trim()) - 1}, ${what});`,
  );
  const { code: js } = await transform(numbered, { loader: "ts", format: "esm", target: "node20" });
  const said = new Map();
  globalThis.__log = (line, ...values) => said.set(line, values.map(shown).join(" "));
  try {
    // A different suffix each time, because a module is evaluated once for each URL.
    await import(`data:text/javascript,${encodeURIComponent(withAddresses(js, entry))}#${Math.random()}`);
  } finally {
    delete globalThis.__log;
  }
  return stated.map((comment, line) => [comment, said.get(line)]);
}

/** The code with the package names in imports replaced by URLs: a `data:` module cannot resolve package names. */
function withAddresses(js, entry) {
  const names = [
    ...new Set([...js.matchAll(/(?:from|import)\s*\(?\s*["'](batchlight[\w/.-]*)["']/g)].map(([, name]) => name)),
  ];
  const addressOf = (name) => import.meta.resolve(name === "batchlight" ? entry : name);
  return names.reduce((text, name) => text.replaceAll(`"${name}"`, JSON.stringify(addressOf(name))), js);
}

test("there are examples", () =>
  assert.ok(examplesIn(declarations).length >= 9, String(examplesIn(declarations).length)));

for (const { name, code, info = "" } of examples) {
  test(`the example of ${name} runs and prints what its comments state`, async () => {
    if (/\bbrowser\b/.test(info))
      return assert.match(code, /document|window|customElements|</, "only what needs a page may be marked so");
    // tests/cli/mock-recipes.test.mjs and tests/cli/run-many.test.mjs run those that need other packages.
    if (/\brecipe\b/.test(info)) return assert.match(code, /batchlight/);
    for (const { name: entry } of entries) {
      for (const [stated, said] of await printed(code, entry)) {
        assert.notEqual(said, undefined, `never printed: ${stated}`);
        if (!stated.startsWith("e.g.")) assert.equal(plain(said), plain(stated));
      }
    }
  });
}

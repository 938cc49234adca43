// Writes the pages of the API reference from the published declarations, one page for each entry.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, run } from "../process.mjs";

/**
 * The entries with declarations of their own: the names of their files, and the names by which they are imported. Those
 * that only re-export another entry have no page.
 *
 * @returns {Record<string, string>}
 */
export function apiEntries() {
  const { exports } = JSON.parse(readFileSync(at("pkg", "package.json"), "utf8"));
  const typed = Object.entries(exports).flatMap(([path, conditions]) => {
    const name = /^\.\/dist\/(.+)\.d\.ts$/.exec(conditions.import?.types)?.[1];
    return name ? [[name, path.replace(".", "batchlight")]] : [];
  });
  const hasOwn = ([name]) => /^(export )?declare /m.test(readFileSync(at("pkg", "dist", `${name}.d.ts`), "utf8"));
  return Object.fromEntries(typed.filter(hasOwn));
}

/** The name of an entry's page: `index` is the name of the overview. */
const pageOf = (name) => (name === "index" ? "batchlight" : name);

/** @param {string} folder the folder of the site */
export async function writeApiPages(folder) {
  const out = join(folder, "api");
  rmSync(out, { recursive: true, force: true });
  copyDeclarations(folder);
  const declarations = Object.keys(apiEntries()).map((name) => join(folder, "declarations", `${name}.d.ts`));
  const options = {
    tsconfig: "typedoc.tsconfig.json",
    plugin: ["typedoc-plugin-markdown"],
    entryPoints: declarations,
    out: "api",
    readme: "none",
    outputFileStrategy: "modules",
    excludeExternals: true,
    disableSources: true,
    hideBreadcrumbs: true,
    hidePageHeader: true,
    ...{ parametersFormat: "table", interfacePropertiesFormat: "table", typeDeclarationFormat: "table" },
    ...{ expandParameters: true, useCodeBlocks: true, sanitizeComments: true },
    groupOrder: ["Functions", "Variables", "Interfaces", "Type Aliases", "*"],
    // Interfaces that an entry uses without exporting them are explained where they are exported.
    validation: { notExported: false },
    logLevel: "Error",
  };
  const compilerOptions = {
    ...{ target: "ES2022", module: "ESNext", moduleResolution: "Bundler", strict: true, skipLibCheck: true },
    ...{ types: [], lib: ["ES2023", "DOM", "DOM.Iterable", "DOM.AsyncIterable"] },
    paths: { batchlight: [declarations[0]] },
  };
  writeFileSync(join(folder, "typedoc.json"), JSON.stringify(options));
  writeFileSync(join(folder, "typedoc.tsconfig.json"), JSON.stringify({ compilerOptions, files: declarations }));
  const typedoc = join(folder, "node_modules", "typedoc", "bin", "typedoc");
  await run(process.execPath, [typedoc, "--options", "typedoc.json"], { cwd: folder, env: { NODE_OPTIONS: "" } });
  mkdirSync(out, { recursive: true });
  for (const file of readdirSync(out)) rename(out, file);
  writeFileSync(join(out, "index.md"), overview());
}

/** Copies the declarations. TypeDoc omits the type of an error in `@throws {TypeError}`; as code, it is kept. */
function copyDeclarations(folder) {
  const copies = join(folder, "declarations");
  rmSync(copies, { recursive: true, force: true });
  mkdirSync(copies);
  for (const name of readdirSync(at("pkg", "dist")).filter((each) => each.endsWith(".d.ts"))) {
    const text = readFileSync(at("pkg", "dist", name), "utf8");
    writeFileSync(join(copies, name), text.replace(/@throws \{(\w+)\}/g, "@throws `$1`"));
  }
}

/** Gives a page the name of its entry, in its path and its heading. */
function rename(out, file) {
  const name = file.replace(/\.md$/, "");
  const text = readFileSync(join(out, file), "utf8");
  rmSync(join(out, file));
  const title = apiEntries()[name];
  if (!title) return;
  const page = text.replace(/^# .*$/m, `# \`${title}\``).replaceAll("](index.md", "](batchlight.md");
  // The outline has the names of functions and types; their parameters and properties would make it endless.
  const front = `---\ntitle: "${title}"\noutline: [2, 3]\n---\n\n`;
  writeFileSync(join(out, `${pageOf(name)}.md`), front + page);
}

function overview() {
  const rows = Object.entries(apiEntries()).map(([name, title]) => `- [\`${title}\`](${pageOf(name)}.md)`);
  return `---
title: API reference
---

# API reference

Every public function, constant and type, from the published declarations. [Entries](../entries.md) says which of
these to import, and which entries have no declarations of their own.

${rows.join("\n")}
`;
}

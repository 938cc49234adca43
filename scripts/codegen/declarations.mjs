// Splits the declarations wasm-bindgen writes into the data types (from the Rust types, by tsify) and the glue's
// functions.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { documented } from "./documentation.mjs";
import { at, Stop } from "../say.mjs";

/**
 * The types of the room of files, which have declarations of their own: who only looks at batches need not read them.
 */
const ofFiles = new Set(
  readdirSync(at("src", "jsonl"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".rs"))
    .flatMap((name) =>
      [...readFileSync(join(at("src", "jsonl"), name), "utf8").matchAll(/^pub (?:struct|enum) (\w+)/gm)].map(
        ([, type]) => type,
      ),
    ),
);

// What the module answers the package's own TypeScript, which makes the public shapes of it: nobody else's to know.
const internal = ["JsonText", "Report", "TransitionOutput", "Fix", "FixValue", "SplitPlan", "ShardPlan", "ByteRange"];

/**
 * @param {string} text the .d.ts of wasm-bindgen's web target
 * @returns {{ types: string, files: string, answers: string, glue: string }} a module of the public data types, one of
 * those of files, one of the internal ones, and the declarations of the adapted glue
 */
export function declarationsOf(text) {
  const file = ts.createSourceFile("core.d.ts", text, ts.ScriptTarget.Latest, true);
  const types = [];
  const functions = [];
  let exportsType;
  for (const statement of file.statements) {
    const name = /** @type {ts.DeclarationStatement} */ (statement).name?.text;
    const source = statement
      .getFullText()
      .replace(/\/\* (tslint|eslint).*?\*\/\n/g, "")
      .trim();
    if (ts.isFunctionDeclaration(statement)) {
      const loading =
        name === "initSync" || statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
      if (!loading) functions.push(source);
    } else if (name === "InitOutput")
      exportsType = source.replace("InitOutput", "RawExports").replaceAll("=> any;", "=> unknown;");
    else if (name !== "InitInput" && name !== "SyncInitInput") types.push({ name, source });
  }
  if (!exportsType)
    throw new Stop(
      "wasm-bindgen's declarations have no InitOutput: scripts/declarations.mjs does not know this version",
    );
  checkNoAny(types.map(({ source }) => source).join("\n\n"));
  const isInternal = ({ name }) => internal.includes(name);
  const [hidden, shown] = [types.filter(isInternal), types.filter((type) => !isInternal(type)).sort(batchFirst)];
  const isOfFiles = ({ name }) => ofFiles.has(name);
  const [open, filed] = [shown.filter((type) => !isOfFiles(type)), shown.filter(isOfFiles)];
  const files = `${filed.map(documented).join("\n\n")}\n`;
  const answers = `${hidden.map(documented).join("\n\n")}\n`;
  const calls = `${[...functions, exportsType, started].join("\n\n")}\n`;
  return {
    types: `${open.map(documented).join("\n\n")}\n`,
    files: `${importOf(open, "types", files)}\n${files}`,
    answers: `${importOf(open, "types", answers)}${importOf(filed, "files-types", answers)}\n${answers}`,
    glue: `${importOf(open, "types", calls)}${importOf(hidden, "answers", calls)}\n${calls}`,
  };
}

/** The import of those types that a text names. */
function importOf(types, file, text) {
  const named = types.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  if (named.length === 0) return "";
  return `import type { ${named.join(", ")} } from "./${file}.js";\n`;
}

/** The batch itself first, then what belongs to it by name, then the rest: the order in which people read. */
function batchFirst({ name: a }, { name: b }) {
  const rank = (name) => (name === "Batch" ? 0 : name.startsWith("Batch") ? 1 : 2);
  return rank(a) - rank(b) || a.localeCompare(b, "en");
}

const startDoc = "Starts an instance: `instantiate` makes one from the imports it is given, now and at every reset.";
const started = `/** ${startDoc} */
export function start(instantiate: (imports: WebAssembly.Imports) => unknown): void;

/** The live instance's exports; other ones after every reset. */
export function exportsOf(): RawExports;`;

function checkNoAny(types) {
  const file = ts.createSourceFile("types.ts", types, ts.ScriptTarget.Latest, true);
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword)
      throw new Stop(`a Rust type is declared as \`any\`: ${node.parent.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
}

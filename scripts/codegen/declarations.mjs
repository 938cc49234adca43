// Splits the declarations that wasm-bindgen writes into the data types, which tsify derives from the Rust types, and
// the exports of the module.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { at, ScriptError } from "../process.mjs";
import { answerReaders } from "./answer-readers.mjs";
import { documented } from "./documentation.mjs";
import { closureOf, withReadonly } from "./readonly.mjs";

/** The types for files. They have declarations of their own, so that those for batches stay short. */
const fileTypes = new Set(
  readdirSync(at("src", "jsonl"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".rs"))
    .flatMap((name) =>
      [...readFileSync(join(at("src", "jsonl"), name), "utf8").matchAll(/^pub (?:struct|enum) (\w+)/gm)].map(
        ([, type]) => type,
      ),
    ),
);

// The results of the module that the package's own TypeScript turns into public types.
const internalTypes = [
  "BatchViewBase",
  "Report",
  "ComparisonOutput",
  "TransitionOutput",
  "FixOutput",
  "SplitPlan",
  "ShardPlan",
  "ByteRange",
];

/**
 * @param {string} text the .d.ts file of wasm-bindgen's web target
 * @returns {{ types: string, files: string, answers: string, readers: string, exports: string }} the modules of the
 * public types for batches, of those for files and of the internal types, the functions that read answers, and the type
 * of the module's exports
 */
export function declarationsOf(text) {
  const file = ts.createSourceFile("core.d.ts", text, ts.ScriptTarget.Latest, true);
  const types = [];
  let exportsType;
  for (const statement of file.statements) {
    const name = /** @type {ts.DeclarationStatement} */ (statement).name?.text;
    const source = statement
      .getFullText()
      .replace(/\/\* (tslint|eslint).*?\*\/\n/g, "")
      .trim();
    if (ts.isFunctionDeclaration(statement)) continue;
    if (name === "InitOutput") exportsType = source.replace("InitOutput", "CoreExports");
    else if (name !== "InitInput" && name !== "SyncInitInput") types.push({ name, source });
  }
  if (!exportsType)
    throw new ScriptError("expected InitOutput in wasm-bindgen's declarations; adapt scripts/codegen/declarations.mjs");
  checkNoAny(types.map(({ source }) => source).join("\n\n"));
  // A batch is the caller's own data, with the types of the official client. Everything else is readonly.
  const wireTypes = closureOf(types, "Batch");
  const declare = (declarations) => {
    const sources = declarations.map((type) => documented(wireTypes.has(type.name) ? type : withReadonly(type)));
    return `${sources.join("\n\n")}\n`;
  };
  const internal = types.filter(({ name }) => internalTypes.includes(name));
  const shown = types.filter(({ name }) => !internalTypes.includes(name)).sort(batchFirst);
  const ofBatches = shown.filter(({ name }) => !fileTypes.has(name));
  const ofFiles = shown.filter(({ name }) => fileTypes.has(name));
  const files = declare(ofFiles);
  const answers = declare(internal);
  const { source, names } = answerReaders(types);
  const [readOfBatches, readInternal] = [ofBatches, internal].map((each) => each.filter(({ name }) => names.has(name)));
  const readers = `${importOf(readOfBatches, "types", source)}${importOf(readInternal, "answers", source)}${source}\n`;
  return {
    types: declare(ofBatches),
    files: `${importOf(ofBatches, "types", files)}\n${files}`,
    answers: `${importOf(ofBatches, "types", answers)}${importOf(ofFiles, "files-types", answers)}\n${answers}`,
    readers,
    exports: `// What src/wasm/batch.rs documents.\n\n/** The exports of the module for batches. */\n${exportsType}\n`,
  };
}

/** The import of the types that a module refers to. */
function importOf(types, file, text) {
  const named = types.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  if (named.length === 0) return "";
  return `import type { ${named.join(", ")} } from "./${file}.js";\n`;
}

/** Sorts `Batch` first, then the other types whose names begin with it, then the rest. */
function batchFirst({ name: a }, { name: b }) {
  const rank = (name) => (name === "Batch" ? 0 : name.startsWith("Batch") ? 1 : 2);
  return rank(a) - rank(b) || a.localeCompare(b, "en");
}

function checkNoAny(types) {
  const file = ts.createSourceFile("types.ts", types, ts.ScriptTarget.Latest, true);
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword)
      throw new ScriptError(`expected no \`any\` in the declaration of a Rust type, found ${node.parent.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
}

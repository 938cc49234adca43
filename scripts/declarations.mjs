// Splits the declarations wasm-bindgen writes into the data types (from the Rust types, by tsify) and the glue's functions.
import ts from "typescript";
import { documented } from "./documentation.mjs";
import { Stop } from "./say.mjs";

/**
 * @param {string} text the .d.ts of wasm-bindgen's web target
 * @returns {{ types: string, glue: string }} a module of the data types, and the declarations of the adapted glue
 */
export function declarationsOf(text) {
  const file = ts.createSourceFile("core.d.ts", text, ts.ScriptTarget.Latest, true);
  const types = [];
  const functions = [];
  let exportsType;
  for (const statement of file.statements) {
    const name = statement.name?.text;
    const source = statement.getFullText().replace(/\/\* (tslint|eslint).*?\*\/\n/g, "").trim();
    if (ts.isFunctionDeclaration(statement)) {
      const loading = name === "initSync" || statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
      if (!loading) functions.push(source);
    } else if (name === "InitOutput") exportsType = source.replace("InitOutput", "RawExports").replaceAll("=> any;", "=> unknown;");
    else if (name !== "InitInput" && name !== "SyncInitInput") types.push({ name, source });
  }
  if (!exportsType) throw new Stop("wasm-bindgen's declarations have no InitOutput: scripts/declarations.mjs does not know this version");
  checkNoAny(types.map(({ source }) => source).join("\n\n"));
  const names = types.map(({ name }) => name).join(", ");
  return {
    types: `${types.map(documented).join("\n\n")}\n`,
    glue: `${names && `import type { ${names} } from "./types.js";\n\n`}${[...functions, exportsType, started].join("\n\n")}\n`,
  };
}

const started = `/** Starts an instance: \`instantiate\` makes one from the imports it is given, now and at every reset. */
export function start(instantiate: (imports: WebAssembly.Imports) => unknown): void;

/** The live instance's exports; other ones after every reset. */
export function exportsOf(): RawExports;`;

function checkNoAny(types) {
  const file = ts.createSourceFile("types.ts", types, ts.ScriptTarget.Latest, true);
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) throw new Stop(`a Rust type is declared as \`any\`: ${node.parent.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
}

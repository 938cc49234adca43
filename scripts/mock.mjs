// From Rust to the simulator's module, in two forms, and to the tables that the mock server answers by.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { documented } from "./documentation.mjs";
import { embed } from "./embed.mjs";
import { importsFor } from "./glue.mjs";
import { anyImports, bin, bind, hidePaths, optimise, twin, twinDeclarations, write } from "./module.mjs";
import { Stop, run } from "./say.mjs";
import ts from "typescript";

/** The types that only the simulator knows. */
const own = ["BatchPlan", "PlannedFailure", "FailureCause", "WireHabits"];

/** Writes pkg/generated/mock-{embedded,imports,layout,tables,twin,twin-data,types}. */
export async function buildMock(wasmBindgen) {
  const out = await bind(wasmBindgen, "mock", { feature: "mock", rustFlags: hidePaths });
  const made = join(out, "mock.wasm");
  await run("node", [bin("wasm-opt"), join(out, "mock_bg.wasm"), ...optimise, "-o", made]);
  const wasm = readFileSync(made);
  const { plain, code, data } = await twin(wasmBindgen, "mock-twin", "mock");
  const layout = (await WebAssembly.instantiate(wasm, anyImports(wasm, "mock"))).instance.exports.mock_layout() | 0;
  write("mock-embedded.ts", embed(wasm));
  write("mock-imports.ts", importsFor([wasm, readFileSync(plain)], "mock"));
  write(
    "mock-layout.ts",
    `/** What this version's simulator answers, and others do not. */\nexport const mockLayout = ${layout};\n`,
  );
  write("mock-twin.js", code);
  write("mock-twin.d.ts", twinDeclarations);
  write("mock-twin-data.ts", embed(data));
  write("mock-types.ts", typesOf(readFileSync(join(out, "mock.d.ts"), "utf8")));
  write("mock-tables.ts", tablesOf(JSON.parse(await run("cargo", ["run", "--quiet", "--example", "simulator"]))));
}

/** The declarations of the simulator's own types. */
function typesOf(text) {
  const file = ts.createSourceFile("mock.d.ts", text, ts.ScriptTarget.Latest, true);
  const found = own.map((name) => file.statements.find((statement) => statement.name?.text === name));
  const missing = own.filter((_, at) => !found[at]);
  if (missing.length > 0) throw new Stop(`the simulator's module declares no ${missing.join(", ")}`);
  const types = found.map((statement, at) => documented({ name: own[at], source: statement.getFullText().trim() }));
  return `import type { BatchError, BatchUsage } from "./types.js";\n\n${types.join("\n\n")}\n`;
}

/** The tables as constants. */
function tablesOf({ scenarios, ...tables }) {
  const constants = Object.entries(tables).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value, null, 2)} as const;\n`,
  );
  return `import type { BatchPlan } from "./mock-types.js";

/**
 * The names of the scenarios: the statuses in which a batch can still be, then the outcomes.
${scenarios.map(({ name, summary }) => ` * - \`${name}\`: ${summary}\n`).join("")} */
export type ScenarioName = ${scenarios.map(({ name }) => `"${name}"`).join(" | ")};

export const scenarioRows: readonly { readonly name: ScenarioName; readonly summary: string; readonly plan: BatchPlan; readonly now: number }[] = ${JSON.stringify(scenarios, null, 2)};

${constants.join("\n")}`;
}

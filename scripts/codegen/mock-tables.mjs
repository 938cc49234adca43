// The simulator's types and tables, as the TypeScript that the mock server is made with.
import ts from "typescript";
import { Stop } from "../say.mjs";
import { documented } from "./documentation.mjs";

/** The types that only the simulator knows. */
const own = ["BatchPlan", "PlannedFailure", "FailureCause", "ServerDialect"];

/**
 * The declarations of the simulator's own types.
 *
 * @param {string} text the declarations that wasm-bindgen wrote for the simulator's module
 */
export function simulatorTypesOf(text) {
  const file = ts.createSourceFile("mock.d.ts", text, ts.ScriptTarget.Latest, true);
  /** @type {(statement: ts.Statement) => string | undefined} */
  const nameOf = (statement) => /** @type {ts.DeclarationStatement} */ (statement).name?.text;
  const found = own.map((name) => file.statements.find((statement) => nameOf(statement) === name));
  const missing = own.filter((_, index) => !found[index]);
  if (missing.length > 0) throw new Stop(`the simulator's module declares no ${missing.join(", ")}`);
  const types = found.map((statement, index) =>
    documented({ name: own[index], source: statement.getFullText().trim() }),
  );
  return `import type { BatchError, BatchUsage } from "./types.js";\n\n${types.join("\n\n")}\n`;
}

/**
 * The simulator's tables as constants.
 *
 * @param {object} tables what `examples/simulator.rs` prints
 */
export function mockTablesOf({ scenarios, ...tables }) {
  const constants = Object.entries(tables).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value, null, 2)} as const;\n`,
  );
  const names = scenarios.map(({ name, summary }) => ` * - \`${name}\`: ${summary}\n`).join("");
  const row =
    "{ readonly name: ScenarioName; readonly summary: string; readonly plan: BatchPlan; readonly now: number }";
  return `import type { BatchPlan } from "./mock-types.js";

/**
 * The names of the scenarios: the statuses in which a batch can still be, then the outcomes.
${names} */
export type ScenarioName = ${scenarios.map(({ name }) => `"${name}"`).join(" | ")};

export const scenarioRows: readonly ${row}[] = ${JSON.stringify(scenarios, null, 2)};

${constants.join("\n")}`;
}

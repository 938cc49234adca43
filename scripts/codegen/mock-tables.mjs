// The types and tables of the simulator, for the TypeScript of the mock server.
import ts from "typescript";
import { ScriptError } from "../process.mjs";
import { documented } from "./documentation.mjs";

/** The types that only the simulator's module declares. */
const simulatorTypes = ["BatchPlan", "PlannedFailure", "FailureCause", "ServerDialect"];

/**
 * The declarations of the types that only the simulator's module declares. Plans are made by the caller, so they are
 * not `readonly`.
 *
 * @param {string} text the .d.ts file that wasm-bindgen writes for the simulator's module
 */
export function simulatorTypesOf(text) {
  const file = ts.createSourceFile("mock.d.ts", text, ts.ScriptTarget.Latest, true);
  /** @type {(statement: ts.Statement) => string | undefined} */
  const nameOf = (statement) => /** @type {ts.DeclarationStatement} */ (statement).name?.text;
  const found = simulatorTypes.map((name) => file.statements.find((statement) => nameOf(statement) === name));
  const missing = simulatorTypes.filter((_, index) => !found[index]);
  if (missing.length > 0)
    throw new ScriptError(`expected ${missing.join(", ")} in the declarations of the simulator's module`);
  const types = found.map((statement, index) =>
    documented({ name: simulatorTypes[index], source: statement.getFullText().trim() }),
  );
  return `import type { BatchError, BatchUsage } from "./types.js";\n\n${types.join("\n\n")}\n`;
}

/** Drops the sources of messages, which are not needed at run time. */
const withoutSource = (key, value) => (key === "source" ? undefined : value);

/**
 * The tables of the simulator as constants.
 *
 * @param {object} tables the tables that `examples/simulator.rs` prints
 */
export function mockTablesOf({ scenarios, refusals, ...tables }) {
  // The name of an error is its key already.
  const errors = Object.entries(refusals).map(([key, { name: _, ...error }]) => [key, error]);
  const constants = Object.entries({ ...tables, refusals: Object.fromEntries(errors) }).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value, withoutSource, 2)} as const;\n`,
  );
  const names = scenarios.map(({ name, summary }) => ` * - \`${name}\`: ${summary}\n`).join("");
  const row =
    "{ readonly name: ScenarioName; readonly summary: string; readonly plan: BatchPlan; readonly now: number }";
  return `import type { BatchPlan } from "./mock-types.js";

/**
 * The names of the scenarios: the statuses that are not terminal, then the outcomes.
${names} */
export type ScenarioName = ${scenarios.map(({ name }) => `"${name}"`).join(" | ")};

export const scenarioRows: readonly ${row}[] = ${JSON.stringify(scenarios, null, 2)};

${constants.join("\n")}`;
}

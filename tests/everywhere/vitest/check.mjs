// Vitest with Node and with jsdom.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runTool, versionOf } from "../support.mjs";

/** Runs the tests of this folder in both environments. */
export async function check(folder, { expected }) {
  writeFileSync(join(folder, "expected.json"), expected);
  const rows = [];
  for (const environment of ["node", "jsdom"]) {
    await runTool(folder, "vitest", "run", "--environment", environment);
    const entry = "batchlight, batchlight/js, batchlight/elements/define";
    rows.push({ tool: "Vitest", version: versionOf(folder, "vitest"), where: environment, entry });
  }
  return rows;
}

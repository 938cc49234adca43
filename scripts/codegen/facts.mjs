// Asks the crate's examples for the tables that TypeScript is generated from.
import { mkdirSync, writeFileSync } from "node:fs";
import { at, run } from "../say.mjs";
import { mockTablesOf } from "./mock-tables.mjs";

const generated = (name) => at("pkg", "generated", name);

/** Writes pkg/generated/{facts.json,abi.ts,mock-tables.ts}. */
export async function writeFacts() {
  await run("cargo", ["build", "--quiet", "--examples"]);
  const [facts, simulator] = await Promise.all([printed("facts"), printed("simulator")]);
  mkdirSync(at("pkg", "generated"), { recursive: true });
  writeFileSync(generated("facts.json"), `${facts}\n`);
  const { abi } = JSON.parse(facts);
  const about = "/** The memory layout that this version's module and JavaScript agree on. */";
  writeFileSync(generated("abi.ts"), `${about}\nexport const abi = ${JSON.stringify(abi)};\n`);
  writeFileSync(generated("mock-tables.ts"), mockTablesOf(JSON.parse(simulator)));
}

const printed = (example) => run("cargo", ["run", "--quiet", "--example", example]);

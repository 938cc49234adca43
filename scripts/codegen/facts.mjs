// Runs the examples of the crate that print its tables, from which TypeScript is generated.
import { mkdirSync, writeFileSync } from "node:fs";
import { at, run } from "../process.mjs";
import { mockTablesOf } from "./mock-tables.mjs";

const generated = (name) => at("pkg", "generated", name);

/** Writes pkg/generated/{facts.json,abi.ts,mock-tables.ts}. */
export async function writeFacts() {
  await run("cargo", ["build", "--quiet", "--examples"]);
  const [facts, simulator] = await Promise.all([printedBy("facts"), printedBy("simulator")]);
  mkdirSync(at("pkg", "generated"), { recursive: true });
  writeFileSync(generated("facts.json"), `${facts}\n`);
  const { abiHash } = JSON.parse(facts);
  const doc = "/** The hash of the memory layout that this version's module and JavaScript share. */";
  writeFileSync(generated("abi.ts"), `${doc}\nexport const abiHash = ${JSON.stringify(abiHash)};\n`);
  writeFileSync(generated("mock-tables.ts"), mockTablesOf(JSON.parse(simulator)));
}

const printedBy = (example) => run("cargo", ["run", "--quiet", "--example", example]);

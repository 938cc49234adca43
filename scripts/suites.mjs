// Lists the test suites.
import { existsSync, readdirSync } from "node:fs";
import { at } from "./process.mjs";

/** The paths of the suites in a folder of tests/. */
export function suitesIn(folder) {
  if (!existsSync(at("tests", folder))) return [];
  const names = readdirSync(at("tests", folder)).filter((name) => name.endsWith(".test.mjs"));
  return names.sort().map((name) => at("tests", folder, name));
}

/** The folders of tests/ whose suites run in Node and test the behaviour of the package's functions. */
export function behaviourFolders() {
  const others = ["cli", "e2e", "package", "site", "types"];
  const below = (folder) =>
    readdirSync(at("tests", folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => (folder ? `${folder}/${name}` : name))
      .filter((name) => !others.includes(name))
      .flatMap((name) => [name, ...below(name)]);
  return below("").filter((name) => suitesIn(name).length > 0);
}

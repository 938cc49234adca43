// Links the package's folder into a project, for suites and programs that import it by its name.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { at, cache } from "./process.mjs";

/** Creates a project in which `batchlight` is a link to the package's folder. Returns the folder of the project. */
export function linkPackage() {
  const project = join(cache, "linked");
  const link = join(project, "node_modules", "batchlight");
  mkdirSync(dirname(link), { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "name": "linked", "private": true, "type": "module" }\n');
  rmSync(link, { force: true });
  symlinkSync(at("pkg"), link, "junction");
  return project;
}

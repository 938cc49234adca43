// The package as it stands in the workspace, for suites and programs that ask for it by name.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { at, cache } from "./process.mjs";

/** A project in which `batchlight` is the package's own folder: nothing is packed, nothing is copied. */
export function linkPackage() {
  const project = join(cache, "linked");
  const link = join(project, "node_modules", "batchlight");
  mkdirSync(dirname(link), { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "name": "linked", "private": true, "type": "module" }\n');
  rmSync(link, { force: true });
  symlinkSync(at("pkg"), link, "junction");
  return project;
}

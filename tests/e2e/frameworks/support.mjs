// Copies the examples into a project that has installed the packed package, as a reader would, and runs the frameworks'
// own tools there.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { at } from "../../../scripts/process.mjs";

const project = process.env.BATCHLIGHT_PROJECT;
if (!project) throw new Error("BATCHLIGHT_PROJECT is not set: run these suites with npm test");

const run = promisify(execFile);
const unbuilt = (path) => !/[\\/](node_modules|dist)$/.test(path);

/** Copies examples and their dependencies into a new folder. */
export function copyExamples(names) {
  const folder = mkdtempSync(join(tmpdir(), "batchlight-examples-"));
  const modules = join(folder, "node_modules");
  // A copy instead of a link, because TypeScript resolves the framework from the real path of the types.
  cpSync(join(project, "node_modules", "batchlight"), join(modules, "batchlight"), {
    recursive: true,
    dereference: true,
    filter: (path) => !/[\\/](src|board)$/.test(path),
  });
  for (const name of [...names, "shared"])
    cpSync(at("examples", name), join(folder, "examples", name), { recursive: true, filter: unbuilt });
  for (const name of names) {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(at("examples", name, "package.json"), "utf8"));
    for (const each of Object.keys({ ...dependencies, ...devDependencies })) {
      if (existsSync(join(modules, each))) continue;
      mkdirSync(dirname(join(modules, each)), { recursive: true });
      symlinkSync(at("node_modules", each), join(modules, each), "junction");
    }
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The path of a package's command. */
function commandOf(name) {
  const { bin } = JSON.parse(readFileSync(at("node_modules", name, "package.json"), "utf8"));
  return at("node_modules", name, typeof bin === "string" ? bin : (bin[name] ?? Object.values(bin)[0]));
}

/** Runs the command of a package in a folder; an error contains its output. */
export const command = (cwd, name, ...args) =>
  run("node", [commandOf(name), ...args], { cwd }).catch(({ stdout, stderr, message }) => {
    throw new Error(`${name} ${args.join(" ")}: ${stdout}${stderr}` || message);
  });

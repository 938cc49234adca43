// Copies the examples into a project that has installed the packed package, as a reader would, and runs the frameworks'
// own tools there.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { at, root } from "../../../scripts/process.mjs";
import { programOf } from "../../everywhere/support.mjs";

const project = process.env.BATCHLIGHT_PROJECT;
if (!project) throw new Error("BATCHLIGHT_PROJECT is not set: run these suites with npm test");

/** A running batch, and the time at which the pages show it. */
export const running = {
  id: "batch_2",
  object: "batch",
  status: "in_progress",
  created_at: 1736489775,
  in_progress_at: 1736489780,
  request_counts: { total: 200, completed: 50, failed: 0 },
};
export const now = 1736490000;

const run = promisify(execFile);
const unbuilt = (path) => !/[\\/](node_modules|dist)$/.test(path);

/**
 * Copies the package into a new folder, with other packages beside it.
 *
 * @param {string[]} names the names of the other packages
 * @param {string} from the folder that holds them
 */
export function copyPackage(names, from = at("node_modules")) {
  const folder = mkdtempSync(join(tmpdir(), "batchlight-examples-"));
  const modules = join(folder, "node_modules");
  // A copy instead of a link, because TypeScript resolves the framework from the real path of the types.
  cpSync(join(project, "node_modules", "batchlight"), join(modules, "batchlight"), {
    recursive: true,
    dereference: true,
    filter: (path) => !/[\\/](src|board)$/.test(path),
  });
  for (const name of names) {
    if (existsSync(join(modules, name))) continue;
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(from, name), join(modules, name), "junction");
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Copies examples and their dependencies into a new folder. */
export function copyExamples(names) {
  const needed = names.flatMap((name) => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(at("examples", name, "package.json"), "utf8"));
    return Object.keys({ ...dependencies, ...devDependencies });
  });
  const copy = copyPackage(needed);
  for (const name of [...names, "shared"])
    cpSync(at("examples", name), join(copy.folder, "examples", name), { recursive: true, filter: unbuilt });
  return copy;
}

/** Runs the command of a package in a folder; an error contains its output. */
export const command = (cwd, name, ...args) =>
  run("node", [programOf(root, name), ...args], { cwd }).catch(({ stdout, stderr, message }) => {
    throw new Error(`${name} ${args.join(" ")}: ${stdout}${stderr}` || message);
  });

// What the packaging suites share. They run against the package installed by scripts/packed.mjs.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";

/** The otherwise empty project in which the packed package is installed. */
export const project = process.env.BATCHLIGHT_PROJECT;
assert.ok(project, "BATCHLIGHT_PROJECT names no project: run these suites by npm test");

/** `require` as a CommonJS file of that project has it. */
export const requireInstalled = createRequire(join(project, "index.cjs"));

/** The path of a file of the installed package. */
export const installedFile = (...parts) => join(project, "node_modules", "batchlight", ...parts);

/** The text of one. */
export const installedText = (...parts) => readFileSync(installedFile(...parts), "utf8");

/** The installed package.json. */
export const manifest = JSON.parse(installedText("package.json"));

/**
 * Runs Node with code as a file of the project would be run.
 *
 * @param {string} code an ES module
 * @param {string[]} options for Node
 * @returns {Promise<any>} what the code printed, read as JSON
 */
export async function runInProject(code, options = []) {
  const { NODE_OPTIONS, ...env } = process.env;
  const args = [...options, "--input-type=module", "--eval", code];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: project, env });
  return JSON.parse(stdout);
}

/** Asserts that a call ends with one of the package's load problems, and gives it. */
export function problemOf(call, code) {
  try {
    call();
  } catch (error) {
    assert.equal(error.name, "BatchlightLoadError");
    assert.equal(error.code, code);
    return error;
  }
  assert.fail(`the call succeeded; a problem with code ${code} was expected`);
}

// Helpers of the packaging suites, which test the package that scripts/packed.mjs installed.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";

/** The project in which only the packed package is installed. */
export const project = process.env.BATCHLIGHT_PROJECT;
assert.ok(project, "BATCHLIGHT_PROJECT names no project: run these suites by npm test");

/** The function `require` of a CommonJS file in that project. */
export const requireInstalled = createRequire(join(project, "index.cjs"));

/** The path of a file of the installed package. */
export const installedFile = (...parts) => join(project, "node_modules", "batchlight", ...parts);

/** The content of a file of the installed package. */
export const installedText = (...parts) => readFileSync(installedFile(...parts), "utf8");

/** The installed package.json. */
export const manifest = JSON.parse(installedText("package.json"));

/**
 * Runs code in Node as if it were a file of the project.
 *
 * @param {string} code an ES module
 * @param {string[]} options for Node
 * @returns {Promise<any>} the JSON that the code printed
 */
export async function runInProject(code, options = []) {
  const { NODE_OPTIONS, ...env } = process.env;
  const args = [...options, "--input-type=module", "--eval", code];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: project, env });
  return JSON.parse(stdout);
}

/** Asserts that a call throws a load error of the package, and returns the error. */
export function problemOf(call, code) {
  try {
    call();
  } catch (error) {
    assert.equal(error.name, "BatchlightLoadError");
    assert.equal(error.code, code);
    return error;
  }
  assert.fail(`expected an error with code ${code}`);
}

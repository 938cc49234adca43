// What the scripts share: printing, starting programs, and ending with an error. Works without any npm package.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The absolute path of a file or folder of the project. */
export const at = (...parts) => join(root, ...parts);

/** The folder for what scripts keep between runs: tools, and the records of finished steps. It is safe to delete. */
export const cache = at(".cache");

/** An error whose message explains the problem completely, so that no stack trace is printed. */
export class ScriptError extends Error {}

/** Prints one line. */
export const print = (line) => console.log(line);

/** Prints a heading for a group of lines. */
export const heading = (line) => console.log(`\n${line}`);

/** Formats the time since a result of `performance.now()`, such as `1.2 s`. */
export const elapsed = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** Whether the module with this `import.meta.url` is the script that Node was started with. */
export const isMain = (url) => process.argv[1] !== undefined && url === pathToFileURL(process.argv[1]).href;

/** Runs a script's main function. If it throws, prints the error and sets the exit code to 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof ScriptError ? `\nstopped: ${error.message}` : error);
    process.exitCode = 1;
  }
}

// A shell that was opened before Rust was installed does not have cargo's folder in its PATH.
const cargoBin = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin");
if (existsSync(cargoBin) && !process.env.PATH.split(delimiter).includes(cargoBin)) {
  process.env.PATH += delimiter + cargoBin;
}

/**
 * Runs a program and waits until it exits.
 *
 * @param {string} command the program
 * @param {string[]} args its arguments
 * @param {{ cwd?: string, env?: Record<string, string>, show?: boolean }} options with `show`, the output goes to the
 * terminal; otherwise it is collected, and part of the error if the program fails
 * @returns {Promise<string>} the standard output without surrounding whitespace; empty with `show`
 * @throws {ScriptError} if the program cannot be started or fails
 */
export function run(command, args, { cwd = root, env = {}, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
      shell: process.platform === "win32",
    });
    const out = [];
    const all = [];
    child.stdout?.on("data", (chunk) => {
      out.push(chunk);
      all.push(chunk);
    });
    child.stderr?.on("data", (chunk) => all.push(chunk));
    child.on("error", (/** @type {NodeJS.ErrnoException} */ error) =>
      reject(new ScriptError(`cannot start \`${command}\` (${error.code ?? error.message})`)),
    );
    child.on("close", (code) => {
      if (code === 0) return resolve(Buffer.concat(out).toString().trim());
      const output = Buffer.concat(all).toString().trim();
      reject(new ScriptError(`\`${[command, ...args].join(" ")}\` exited with ${code}${output && `\n${output}`}`));
    });
  });
}

/** Like {@link run}, but returns `undefined` if the program is missing or fails. */
export const attempt = (command, args, options) => run(command, args, options).catch(() => undefined);

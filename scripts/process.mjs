// How the scripts talk to the person at the terminal, and to other programs. Needs nothing installed.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A path inside the project. */
export const at = (...parts) => join(root, ...parts);

/** The folder for what scripts keep between runs: tools, keys of finished steps. Safe to delete. */
export const cache = at(".cache");

/** A failure whose message tells the reader all there is to know, so no stack is shown. */
export class ScriptError extends Error {}

/** Prints one line. */
export const print = (line) => console.log(line);

/** Prints a heading for a group of lines. */
export const heading = (line) => console.log(`\n${line}`);

/** Seconds since a `performance.now()`, for people. */
export const elapsed = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** Whether a module, by its `import.meta.url`, is the script that Node was started with. */
export const isMain = (url) => process.argv[1] !== undefined && url === pathToFileURL(process.argv[1]).href;

/** Runs a script's main function; a failure ends the process with a non-zero code. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof ScriptError ? `\nstopped: ${error.message}` : error);
    process.exitCode = 1;
  }
}

// A shell opened before rustup ran does not have cargo's folder on its PATH yet.
const cargoBin = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin");
if (existsSync(cargoBin) && !process.env.PATH.split(delimiter).includes(cargoBin)) {
  process.env.PATH += delimiter + cargoBin;
}

/**
 * Runs a program and waits for it.
 *
 * @param {string} command the program
 * @param {string[]} args its arguments
 * @param {{ cwd?: string, env?: Record<string, string>, show?: boolean }} options `show` passes its output through;
 * else it is collected, returned, and shown only on failure
 * @returns {Promise<string>} what it wrote to stdout, trimmed; empty with `show`
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
      reject(new ScriptError(`\`${command}\` could not be started (${error.code ?? error.message})`)),
    );
    child.on("close", (code) => {
      if (code === 0) return resolve(Buffer.concat(out).toString().trim());
      const told = Buffer.concat(all).toString().trim();
      reject(new ScriptError(`\`${[command, ...args].join(" ")}\` ended with code ${code}${told && `\n${told}`}`));
    });
  });
}

/** Like {@link run}, but answers `undefined` where the program is missing or fails. */
export const attempt = (command, args, options) => run(command, args, options).catch(() => undefined);

// Runs the installed `batchlight`. Needs no test runner, because the chaos run uses it too.
import { spawn } from "node:child_process";
import { installedFile, manifest } from "../package/support.mjs";

/** The path of the program. */
export const program = installedFile(manifest.bin.batchlight);

/** The environment without variables that affect colors or widths. */
export const plainEnv = () => {
  const { NODE_OPTIONS, NO_COLOR, FORCE_COLOR, COLUMNS, NODE_TEST_CONTEXT, ...env } = process.env;
  return env;
};

/**
 * Starts `batchlight`.
 *
 * @typedef {object} StartOptions
 * @property {Record<string, string>} [env] additional environment variables
 * @property {string} [cwd]
 * @property {import("node:child_process").StdioOptions} [stdio]
 * @property {string[]} [options] options of Node
 * @param {string[]} args
 * @param {StartOptions} options
 */
export function start(args, { env = {}, cwd, stdio = "pipe", options = [] } = {}) {
  const child = spawn(process.execPath, [...options, program, ...args], { cwd, env: { ...plainEnv(), ...env }, stdio });
  return /** @type {import("node:child_process").ChildProcessWithoutNullStreams} */ (child);
}

/**
 * Starts `batchlight` as a server and collects its output.
 *
 * @typedef {{ code: number | null, signal: string | null, out: string, err: string }} Ended
 * @param {string[]} args
 * @param {StartOptions} options
 */
export function launch(args, options) {
  const child = start(args, options);
  const texts = { out: "", err: "" };
  const looks = new Set();
  const collect = (name) => (chunk) => {
    texts[name] += chunk;
    for (const look of looks) look();
  };
  child.stdout.on("data", collect("out"));
  child.stderr.on("data", collect("err"));
  /** @type {Promise<Ended>} */
  const ended = new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal, ...texts })));
  const failed = ended.then(({ code, signal, err }) => {
    throw new Error(`batchlight ${args[0]} ended with ${signal ?? `code ${code}`}: ${err}`);
  });
  failed.catch(() => undefined);
  /**
   * Waits until the output fulfills a condition. Rejects if the program ends first.
   *
   * @param {(texts: { out: string, err: string }) => boolean} holds
   */
  const printed = (holds) => {
    const held = new Promise((resolve) => {
      const look = () => {
        if (!holds(texts)) return;
        looks.delete(look);
        resolve(undefined);
      };
      looks.add(look);
      look();
    });
    return Promise.race([held, failed]);
  };
  return { child, texts, ended, printed };
}

/** Starts `batchlight mock` on any free port. `url` resolves with its address. */
export function launchMock(args, options) {
  const launched = launch(["mock", "--port", "0", ...args], options);
  const url = launched
    .printed(({ out }) => out.includes("Ctrl-C"))
    .then(() => /http:\S+\/v1/.exec(launched.texts.out)[0]);
  url.catch(() => undefined);
  return { ...launched, url };
}

/** Starts `batchlight board` on any free port. `link` resolves with the sign-in link at an index, from 0. */
export function launchBoard(env, args = []) {
  const launched = launch(["board", "--port", "0", ...args], {
    env: { OPENAI_API_KEY: "", OPENAI_BASE_URL: "", ...env },
  });
  const text = () => launched.texts.out + launched.texts.err;
  const links = () => [...text().matchAll(/http:\S+token=\S+(?=\n)/g)].map(([link]) => new URL(link));
  const link = async (index) => {
    await launched.printed(() => links().length > index);
    return links()[index];
  };
  const ready = launched.printed(({ err }) => err.includes("Ctrl-C"));
  return { ...launched, link, ready };
}

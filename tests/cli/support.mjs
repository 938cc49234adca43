// What the suites of the command share: the installed `batchlight`, run as a program.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { at } from "../../scripts/say.mjs";
import { installedFile, manifest } from "../package/support.mjs";

/** The program's file. */
export const program = installedFile(manifest.bin.batchlight);

/** An empty folder, removed after the suite. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), "batchlight-cli-"));
  after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The folder that the programs of a suite are run in. */
export const place = folder();

/** Writes a file into that folder; lines are put together. Gives its name. */
export function file(name, content) {
  writeFileSync(
    join(place, name),
    Array.isArray(content)
      ? content.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("")
      : content,
  );
  return name;
}

/** The environment of a program: nothing of this process's that decides on colours or widths. */
const plainEnv = () => {
  const { NODE_OPTIONS, NO_COLOR, FORCE_COLOR, COLUMNS, NODE_TEST_CONTEXT, ...env } = process.env;
  return env;
};

/**
 * Starts `batchlight`.
 *
 * @typedef {object} StartOptions
 * @property {Record<string, string>} [env] variables on top of this process's
 * @property {string} [cwd]
 * @property {import("node:child_process").StdioOptions} [stdio]
 * @property {string[]} [options] of Node
 * @param {string[]} args
 * @param {StartOptions} options
 */
export function start(args, { env = {}, cwd = place, stdio = "pipe", options = [] } = {}) {
  const child = spawn(process.execPath, [...options, program, ...args], { cwd, env: { ...plainEnv(), ...env }, stdio });
  return /** @type {import("node:child_process").ChildProcessWithoutNullStreams} */ (child);
}

/**
 * Runs `batchlight` to its end.
 *
 * @param {string[]} args
 * @param {StartOptions & { stdin?: string | Uint8Array }} options
 * @returns {Promise<{ code: number | null, signal: string | null, out: string, err: string }>}
 */
export async function batchlight(args, { stdin = "", ...rest } = {}) {
  const child = start(args, rest);
  // A program that ends without reading leaves a broken pipe behind.
  child.stdin.on("error", () => undefined).end(stdin);
  const texts = [child.stdout, child.stderr].map(async (stream) => {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  });
  const ended = new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal })));
  const [out, err] = await Promise.all(texts);
  return { ...(await ended), out, err };
}

/** The file of one of the command's own modules, which are not published one by one, for `require`. */
export async function ownModuleFile(name) {
  const outfile = join(folder(), "module.cjs");
  await build({
    entryPoints: [at("pkg", "src", "cli", name)],
    outfile,
    bundle: true,
    format: "cjs",
    platform: "node",
    logLevel: "error",
  });
  return outfile;
}

/** One of the command's own modules. */
export const ownModule = async (name) => import(pathToFileURL(await ownModuleFile(name)).href);

/** A request that has nothing wrong with it. */
export const request = (id, more = {}) => ({
  custom_id: id,
  method: "POST",
  url: "/v1/chat/completions",
  body: { model: "gpt-4o-mini", messages: [{ role: "user", content: "What is 2+2?" }] },
  ...more,
});

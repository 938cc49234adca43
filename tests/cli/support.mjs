// Shared helpers of the command's suites: they run the installed `batchlight`.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { at } from "../../scripts/process.mjs";
import { start as startProgram } from "./program.mjs";

export { program } from "./program.mjs";

/** Creates an empty folder and removes it after the suite. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), "batchlight-cli-"));
  after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The working directory of the programs. */
export const place = folder();

/** Writes a file to the working directory. Joins lines given as an array. Returns its name. */
export function file(name, content) {
  writeFileSync(
    join(place, name),
    Array.isArray(content)
      ? content.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("")
      : content,
  );
  return name;
}

/**
 * Starts `batchlight` in the working directory.
 *
 * @typedef {import("./program.mjs").StartOptions} StartOptions
 * @param {string[]} args
 * @param {StartOptions} options
 */
export const start = (args, options = {}) => startProgram(args, { cwd: place, ...options });

/**
 * Runs `batchlight` until it ends.
 *
 * @param {string[]} args
 * @param {StartOptions & { stdin?: string | Uint8Array }} options
 * @returns {Promise<{ code: number | null, signal: string | null, out: string, err: string }>}
 */
export async function batchlight(args, { stdin = "", ...rest } = {}) {
  const child = start(args, rest);
  // A program that ends without reading its input causes a broken pipe.
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

/** Bundles an internal module of the command for `require` and returns the file's path. */
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

/** Imports an internal module of the command. */
export const ownModule = async (name) => import(pathToFileURL(await ownModuleFile(name)).href);

/** A valid request. */
export const request = (id, more = {}) => ({
  custom_id: id,
  method: "POST",
  url: "/v1/chat/completions",
  body: { model: "gpt-5.4-mini", messages: [{ role: "user", content: "What is 2+2?" }] },
  ...more,
});

// The examples of docs/run-many.md, and what they need: files of requests, and an `npx` that starts this command.
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { at } from "../../scripts/process.mjs";

const call = promisify(execFile);
const page = readFileSync(at("docs", "run-many.md"), "utf8");

/** The code of an example. */
export function exampleOf(name) {
  const [, code] = new RegExp(`<!-- example: ${name} -->\n\n\`\`\`[^\n]*\n(.*?)\`\`\``, "s").exec(page) ?? [];
  if (code === undefined) throw new Error(`docs/run-many.md has no example ${name}`);
  return code;
}

/** The names of all examples. */
export const exampleNames = [...page.matchAll(/<!-- example: (\S+) -->/g)].map(([, name]) => name);

/** The line of a request. */
export const requestLine = (id) => {
  const body = { model: "gpt-5.4-mini", messages: [{ role: "user", content: `Say ${id}.` }] };
  return `${JSON.stringify({ custom_id: id, method: "POST", url: "/v1/chat/completions", body })}\n`;
};

/**
 * Prepares a folder with three parts of two requests each.
 *
 * @param {string} folder
 * @param {{ url: string, command: string }} options the server, and the file of the command
 */
export function prepare(folder, { url, command }) {
  const bin = join(folder, "bin");
  for (const path of [bin, join(folder, "parts")]) mkdirSync(path, { recursive: true });
  const npx = join(bin, "npx");
  writeFileSync(
    npx,
    `#!/bin/sh\nif [ "$1" = --yes ]; then shift; fi\nshift\nexec "${process.execPath}" "${command}" "$@"\n`,
  );
  chmodSync(npx, 0o755);
  const parts = [0, 1, 2].map((part) => {
    const path = join(folder, "parts", `part-${part}.jsonl`);
    writeFileSync(path, requestLine(`${part}-a`) + requestLine(`${part}-b`));
    return path;
  });
  const { NODE_OPTIONS, ...rest } = process.env;
  const own = { OPENAI_BASE_URL: url, OPENAI_API_KEY: "any", NO_COLOR: "1" };
  return { parts, env: { ...rest, ...own, PATH: `${bin}${delimiter}${process.env.PATH}` } };
}

/** Runs an example in Python with the parts. Returns what it prints. */
export async function runPython({ python, program, folder, parts, env }) {
  for (const name of new Set(["run_part.py", program].filter((each) => exampleNames.includes(each))))
    writeFileSync(join(folder, name), exampleOf(name));
  const { stdout } = await call(python, [program, ...parts], { cwd: folder, env, timeout: 300_000 });
  return stdout;
}

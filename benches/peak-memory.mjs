// Runs the command and measures its peak memory. Requires a build.
import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { once } from "node:events";
import { at } from "../scripts/process.mjs";

/** The file of the command. */
export const command = at("pkg", "dist", "cli.js");

// Prints the peak memory in KiB when the process exits.
const report =
  "data:text/javascript," + 'process.on("exit",()=>process.stderr.write("peak: "+process.resourceUsage().maxRSS))';

/**
 * Runs the command to its end. Returns its peak memory in MB and its exit code.
 *
 * @param {string[]} args
 * @param {{ stdin?: string, env?: Record<string, string>, cwd?: string }} options the file for standard input
 */
export async function peakOf(args, { stdin, env = {}, cwd } = {}) {
  const child = spawn(process.execPath, [`--import=${report}`, command, ...args], {
    stdio: ["pipe", "ignore", "pipe"],
    env: { ...process.env, ...env },
    cwd,
  });
  if (stdin) createReadStream(stdin).pipe(child.stdin);
  else child.stdin.end();
  let printed = "";
  child.stderr.on("data", (chunk) => {
    printed = (printed + chunk).slice(-10_000);
  });
  const [code] = await once(child, "close");
  const peak = /peak: (\d+)/.exec(printed)?.[1];
  if (peak === undefined) throw new Error(`expected the command to end, found exit code ${code}: ${printed}`);
  return { peak: (Number(peak) * 1024) / 1e6, code, printed };
}

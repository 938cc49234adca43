// Makes turns in another process, so that they are interleaved with those of this one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/**
 * Starts a program that makes one turn for each line on its standard input, and prints the number of problems.
 *
 * @param {string[]} commandLine
 */
export function turnsOf([program, ...args]) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  return {
    async turn() {
      child.stdin.write("\n");
      const [problems] = await once(lines, "line");
      return { issues: Array.from({ length: Number(problems) }, () => ["problem"]) };
    },
    end: () => child.stdin.end(),
  };
}

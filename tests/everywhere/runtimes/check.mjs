// Node, Deno and Bun: the workload with and without WebAssembly.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../scripts/process.mjs";
import { env, versionOf } from "../support.mjs";

/** Runs the workload in each installed runtime. */
export async function check(folder, { expected }) {
  const bin = (...path) => join(folder, "node_modules", ...path);
  const nodes = [18, 20, 22, 24, 26].map((major) => ({
    tool: "Node",
    name: `node${major}`,
    program: bin(`node${major}`, "bin", "node"),
    args: [],
  }));
  const deno = [bin("deno", "bin.cjs"), "run", "--no-prompt", "--node-modules-dir=manual"];
  const runtimes = [
    ...nodes,
    { tool: "Deno", name: "deno", program: process.execPath, args: deno },
    { tool: "Bun", name: "bun", program: bin("bun", "bin", "bun.exe"), args: ["run"] },
  ];
  const rows = [];
  for (const { tool, name, program, args } of runtimes) {
    if (!existsSync(program)) {
      rows.push({ tool, version: name.replace("node", ""), result: "not run", reason: "not installed" });
      continue;
    }
    for (const [entry, ...more] of [["batchlight"], ["batchlight/js", "js"]]) {
      const text = await run(program, [...args, "main.mjs", ...more], { cwd: folder, env });
      assert.equal(text.trim(), expected, `${tool} ${entry}`);
      rows.push({ tool, version: versionOf(folder, name), entry });
    }
  }
  return rows;
}

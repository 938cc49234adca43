// Jest with jsdom.
import { join } from "node:path";
import { run } from "../../../scripts/process.mjs";
import { env, versionOf } from "../support.mjs";

/** Runs the tests of this folder, copied to `folder`. */
export async function check(folder) {
  await run(process.execPath, [join(folder, "node_modules", "jest", "bin", "jest.js"), "--ci"], { cwd: folder, env });
  const entry = "batchlight, batchlight/react";
  return [{ tool: "Jest", version: versionOf(folder, "jest"), where: "jsdom", entry }];
}

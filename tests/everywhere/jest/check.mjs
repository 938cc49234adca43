// Jest with jsdom.
import { runTool, versionOf } from "../support.mjs";

/** Runs the tests of this folder, copied to `folder`. */
export async function check(folder) {
  await runTool(folder, "jest", "--ci");
  const entry = "batchlight, batchlight/react";
  return [{ tool: "Jest", version: versionOf(folder, "jest"), where: "jsdom", entry }];
}

// Metro with the configuration of React Native: its export condition chooses the build without WebAssembly. The bundle
// runs in Node, because Hermes needs a device.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { run } from "../../../scripts/process.mjs";
import { env, runNode, versionOf } from "../support.mjs";

/** Bundles the workload for both platforms and runs it. */
export async function check(folder, { expected }) {
  const rows = [];
  for (const platform of ["ios", "android"]) {
    const bundle = join(folder, `built-${platform}.js`);
    await runNode(folder, "build.cjs", platform, bundle);
    const text = await run(process.execPath, [bundle], { cwd: folder, env });
    assert.equal(text, expected, platform);
    const bytes = brotliCompressSync(readFileSync(bundle)).length;
    const where = `${platform} bundle, run by Node`;
    rows.push({ tool: "Metro", version: versionOf(folder, "metro"), where, entry: "batchlight", bytes });
  }
  return rows;
}

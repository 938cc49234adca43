// Cloudflare's Wrangler: a worker without any configuration for the package.
import assert from "node:assert/strict";
import { join } from "node:path";
import { programOf, scriptBytes, runTool, startServer, versionOf } from "../support.mjs";

/** Bundles the worker, starts it locally, and asks it for the result of the workload. */
export async function check(folder, { expected }) {
  const own = { WRANGLER_SEND_METRICS: "false" };
  const program = programOf(folder, "wrangler");
  await runTool(folder, "wrangler", "deploy", "--dry-run", "--outdir", "built");
  const args = [program, "dev", "--local", "--ip", "127.0.0.1", "--port", "0", "--show-interactive-dev-session=false"];
  const server = await startServer(folder, args, own);
  try {
    assert.equal(await (await fetch(server.address)).text(), expected);
  } finally {
    await server.stop();
  }
  const bytes = scriptBytes(join(folder, "built"));
  return [{ tool: "Wrangler", version: versionOf(folder, "wrangler"), where: "workerd", entry: "batchlight", bytes }];
}

// Runs workers in workerd, the runtime of Cloudflare Workers, bundled the way Wrangler does it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import workerd from "workerd";
import { freePort } from "../../scripts/local-server.mjs";
import { project } from "./support.mjs";

/**
 * Starts a worker that imports an entry as `api`, evaluates an expression on the first request, and returns the result.
 *
 * @param {string} entry the entry that `api` is imported from
 * @param {string[]} conditions the export conditions of the bundler
 * @param {string} expression the expression whose value is returned
 * @param {{ imports?: string, alias?: Record<string, string> }} options additional imports, and aliases of the bundler
 * @returns {Promise<object>} the value, or the error that was thrown
 */
export async function inWorkerd(entry, conditions, expression, { imports = "", alias = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "batchlight-workerd-"));
  const contents = `
    import * as api from "${entry}"; ${imports}
    export default { async fetch() {
      try { return Response.json({ answer: await ${expression} }) }
      catch ({ name, code, message }) { return Response.json({ name, code, message }) }
    } };`;
  await build({
    stdin: { contents, resolveDir: project },
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    conditions,
    alias,
    // Modules that a client imports only in Node.
    external: ["node:*"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    logLevel: "error",
  });
  const port = await freePort();
  const modules = readdirSync(folder)
    .sort((a, b) => Number(b.endsWith("worker.js")) - Number(a.endsWith("worker.js")))
    .map((name) => `(name = "./${name}", ${name.endsWith(".wasm") ? "wasm" : "esModule"} = embed "${name}")`);
  writeFileSync(
    join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [${modules}], compatibilityDate = "2025-01-01"))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);`,
  );
  const server = spawn(workerd.default, ["serve", join(folder, "config.capnp")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  server.stderr.on("data", (chunk) => (stderr += chunk));
  try {
    for (let attempt = 0; attempt < 1000; attempt++) {
      if (server.exitCode !== null) break;
      const response = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
      if (response) return await response.json();
      await new Promise((wake) => setTimeout(wake, 100));
    }
    return assert.fail(`workerd did not respond; standard error: ${stderr}`);
  } finally {
    if (server.exitCode === null) {
      server.kill();
      await once(server, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

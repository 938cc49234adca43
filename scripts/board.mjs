// The board (www/): built by Vite, served on this machine only.
import { at, run } from "./say.mjs";
import { step } from "./step.mjs";

const host = "127.0.0.1";

/** Builds www/ into www/dist. */
export async function buildBoard() {
  const fixtures = ["batches", "input_lines", "output_lines"].map((name) => `tests/fixtures/${name}.jsonl`);
  const inputs = ["www", ...fixtures, "pkg/dist", "package-lock.json"];
  await step({ name: "board", inputs, outputs: ["www/dist/index.html"] }, () =>
    run("node", [at("node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "warn"], { cwd: at("www") }),
  );
}

/**
 * Serves www/dist on the loopback address.
 *
 * @param {number} port the port to try first; the next free one is taken. 0 for any
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serveBoard(port) {
  const { preview } = await import("vite");
  const server = await preview({ root: at("www"), logLevel: "error", preview: { host, port } });
  return { url: server.resolvedUrls.local[0], close: () => server.close() };
}

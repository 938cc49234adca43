// Builds the board (www/) with Vite, for the package and as a separate page, which is served only on this machine.
import { readdirSync } from "node:fs";
import { at, run } from "../process.mjs";
import { step } from "../incremental.mjs";

const host = "127.0.0.1";

const fixtures = ["batches", "input_lines", "output_lines"].map((name) => `tests/fixtures/${name}.jsonl`);

const sources = ["www", "pkg/src/common", ...fixtures, "package-lock.json"];

const build = (mode) =>
  run("node", [at("node_modules", "vite", "bin", "vite.js"), "build", "--mode", mode, "--logLevel", "warn"], {
    cwd: at("www"),
  });

/** Builds www/ into pkg/dist/board, which the command serves, with the package's entries beside it. */
export async function buildPackagedBoard() {
  const inputs = [...sources, "scripts/bundle/board.mjs"];
  await step({ name: "the board of the package", inputs, outputs: ["pkg/dist/board/index.html"] }, () =>
    build("package"),
  );
}

/** Builds www/ into www/dist. */
export async function buildBoard() {
  // The files that the page imports.
  const entries = readdirSync(at("pkg/dist"))
    .filter((name) => name !== "board")
    .map((name) => `pkg/dist/${name}`);
  const inputs = [...sources, ...entries];
  await step({ name: "board", inputs, outputs: ["www/dist/index.html"] }, () => build("production"));
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

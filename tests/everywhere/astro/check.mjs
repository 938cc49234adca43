// Astro: a React island is rendered by the server, and hydrated.
import { join } from "node:path";
import { checkPage, runTool, scriptBytes, startServer, versionOf } from "../support.mjs";

/** Builds the application and opens its page. */
export async function check(folder, { expected }) {
  await runTool(folder, "astro", "build");
  const server = await startServer(folder, ["dist/server/entry.mjs"], { PORT: "0", HOST: "127.0.0.1" });
  try {
    await checkPage(`${server.address}/`, { expected, isRenderedByServer: true });
  } finally {
    await server.stop();
  }
  const bytes = scriptBytes(join(folder, "dist", "client"));
  const entry = "batchlight, batchlight/react";
  return [{ tool: "Astro", version: versionOf(folder, "astro"), where: "React island", entry, bytes }];
}

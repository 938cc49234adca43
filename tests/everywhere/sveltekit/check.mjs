// SvelteKit with its Node adapter: the page is rendered by the server, and hydrated.
import { join } from "node:path";
import { checkPage, runTool, scriptBytes, startServer, versionOf } from "../support.mjs";

/** Builds the application and opens its page. */
export async function check(folder, { expected }) {
  await runTool(folder, "vite", "build");
  const server = await startServer(folder, ["build/index.js"], { PORT: "0", HOST: "127.0.0.1" });
  try {
    await checkPage(`${server.address}/`, { expected, isRenderedByServer: true });
  } finally {
    await server.stop();
  }
  const bytes = scriptBytes(join(folder, "build", "client"));
  const entry = "batchlight, batchlight/elements, batchlight/elements/define";
  const version = versionOf(folder, "@sveltejs/kit");
  return [{ tool: "SvelteKit", version, where: "server and client", entry, bytes }];
}

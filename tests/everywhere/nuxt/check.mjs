// Nuxt: the page is rendered by the server, and hydrated.
import { join } from "node:path";
import { checkPage, runTool, scriptBytes, startServer, versionOf } from "../support.mjs";

/** Builds the application and opens its page. */
export async function check(folder, { expected }) {
  await runTool(folder, "nuxt", "build");
  const server = await startServer(folder, [".output/server/index.mjs"], { PORT: "0", HOST: "127.0.0.1" });
  try {
    await checkPage(`${server.address}/`, { expected, isRenderedByServer: true });
  } finally {
    await server.stop();
  }
  const bytes = scriptBytes(join(folder, ".output", "public"));
  const entry = "batchlight, batchlight/vue";
  return [{ tool: "Nuxt", version: versionOf(folder, "nuxt"), where: "server and client", entry, bytes }];
}

// React Router as a framework: the page is rendered by the server, and hydrated.
import { join } from "node:path";
import { checkPage, programOf, runTool, scriptBytes, startServer, versionOf } from "../support.mjs";

/** Builds the application and opens its page. */
export async function check(folder, { expected }) {
  await runTool(folder, "@react-router/dev", "build");
  const serve = programOf(folder, "@react-router/serve");
  const port = String(20_000 + Math.floor(Math.random() * 20_000));
  const environment = { NODE_ENV: "production", PORT: port, HOST: "127.0.0.1" };
  const server = await startServer(folder, [serve, "build/server/index.js"], environment);
  try {
    await checkPage(`${server.address}/`, { expected, isRenderedByServer: true });
  } finally {
    await server.stop();
  }
  const bytes = scriptBytes(join(folder, "build", "client"));
  const entry = "batchlight, batchlight/react";
  const version = versionOf(folder, "react-router");
  return [{ tool: "React Router", version, where: "server and client", entry, bytes }];
}

// Angular: a component binds the properties of an element.
import { join } from "node:path";
import { serveFolder } from "../../../scripts/local-server.mjs";
import { checkPage, runTool, scriptBytes, versionOf } from "../support.mjs";

/** Builds the application and opens its page. */
export async function check(folder, { expected }) {
  await runTool(folder, "@angular/cli", "build");
  const output = join(folder, "dist", "browser");
  const { origin, close } = await serveFolder(output);
  try {
    await checkPage(`${origin}/`, { expected });
  } finally {
    close();
  }
  const entry = "batchlight, batchlight/elements/define";
  return [{ tool: "Angular", version: versionOf(folder, "@angular/core"), entry, bytes: scriptBytes(output) }];
}

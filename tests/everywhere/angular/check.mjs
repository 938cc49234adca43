// Angular: a component binds the properties of an element.
import { join } from "node:path";
import { checkPage, runTool, scriptBytes, serveFolder, versionOf } from "../support.mjs";

/** Builds the application and opens its page. */
export async function check(folder, { expected }) {
  await runTool(folder, "@angular/cli", "build");
  const output = join(folder, "dist", "browser");
  const { address, stop } = await serveFolder(output);
  try {
    await checkPage(`${address}/`, { expected });
  } finally {
    await stop();
  }
  const entry = "batchlight, batchlight/elements/define";
  return [{ tool: "Angular", version: versionOf(folder, "@angular/core"), entry, bytes: scriptBytes(output) }];
}

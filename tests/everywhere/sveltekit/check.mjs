// SvelteKit with its Node adapter: the page is rendered by the server, and hydrated.
import { join } from "node:path";
import { checkApplication, scriptBytes, versionOf } from "../support.mjs";

/** Builds the application and opens its page. */
export async function check(folder, { expected }) {
  await checkApplication(folder, { expected, build: ["vite", "build"], serve: ["build/index.js"] });
  const bytes = scriptBytes(join(folder, "build", "client"));
  return [
    {
      tool: "SvelteKit",
      version: versionOf(folder, "@sveltejs/kit"),
      where: "server and client",
      entry: "batchlight, batchlight/elements, batchlight/elements/define",
      bytes,
    },
  ];
}

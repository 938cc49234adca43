// Nuxt: the page is rendered by the server, and hydrated.
import { join } from "node:path";
import { checkApplication, scriptBytes, versionOf } from "../support.mjs";

/** Builds the application and opens its page. */
export async function check(folder, { expected }) {
  await checkApplication(folder, { expected, build: ["nuxt", "build"], serve: [".output/server/index.mjs"] });
  const bytes = scriptBytes(join(folder, ".output", "public"));
  return [
    {
      tool: "Nuxt",
      version: versionOf(folder, "nuxt"),
      where: "server and client",
      entry: "batchlight, batchlight/vue",
      bytes,
    },
  ];
}

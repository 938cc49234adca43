// Astro: a React island is rendered by the server, and hydrated.
import { join } from "node:path";
import { checkApplication, scriptBytes, versionOf } from "../support.mjs";

/** Builds the application and opens its page. */
export async function check(folder, { expected }) {
  await checkApplication(folder, { expected, build: ["astro", "build"], serve: ["dist/server/entry.mjs"] });
  const bytes = scriptBytes(join(folder, "dist", "client"));
  return [
    {
      tool: "Astro",
      version: versionOf(folder, "astro"),
      where: "React island",
      entry: "batchlight, batchlight/react",
      bytes,
    },
  ];
}

// React Router as a framework: the page is rendered by the server, and hydrated.
import { join } from "node:path";
import { checkApplication, programOf, scriptBytes, versionOf } from "../support.mjs";

/** Builds the application and opens its page. */
export async function check(folder, { expected }) {
  await checkApplication(folder, {
    expected,
    build: ["@react-router/dev", "build"],
    serve: [programOf(folder, "@react-router/serve"), "build/server/index.js"],
  });
  const bytes = scriptBytes(join(folder, "build", "client"));
  return [
    {
      tool: "React Router",
      version: versionOf(folder, "react-router"),
      where: "server and client",
      entry: "batchlight, batchlight/react",
      bytes,
    },
  ];
}

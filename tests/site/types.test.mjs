// The components of the site use the package by its types.
import { join } from "node:path";
import { test } from "node:test";
import { at, cache, run } from "../../scripts/process.mjs";

test("the theme of the site compiles", async () => {
  const compiler = at("node_modules", "vue-tsc", "bin", "vue-tsc.js");
  await run(process.execPath, [compiler, "-p", join(cache, "site")], { env: { NODE_OPTIONS: "" } });
});

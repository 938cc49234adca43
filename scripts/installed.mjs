// Loaded with `node --import` before a test suite, so that `batchlight` resolves to the package installed in the
// project BATCHLIGHT_PROJECT instead of the workspace's folder. Suites can use plain imports.
import { register } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const project = process.env.BATCHLIGHT_PROJECT;
if (!project)
  throw new Error(
    "expected BATCHLIGHT_PROJECT to be the folder of a project with the package installed; npm test sets it",
  );
register("./installed-resolve.mjs", import.meta.url, { data: pathToFileURL(join(project, "index.js")).href });

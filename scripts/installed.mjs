// Loaded by `node --import` before a test suite: `batchlight` then means the package installed in the project
// BATCHLIGHT_PROJECT, not the workspace's own folder. Suites can so be written, and debugged, with plain imports.
import { register } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const project = process.env.BATCHLIGHT_PROJECT;
if (!project)
  throw new Error("BATCHLIGHT_PROJECT does not name the project that the package is installed in; npm test sets it");
register("./installed-resolve.mjs", import.meta.url, { data: pathToFileURL(join(project, "index.js")).href });

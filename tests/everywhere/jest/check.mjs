// Jest with jsdom.
import { join } from "node:path";
import { run } from "../../../scripts/process.mjs";

/** Runs the tests of this folder, copied to `folder`. */
export const check = (folder) =>
  run(process.execPath, [join(folder, "node_modules", "jest", "bin", "jest.js"), "--ci"], {
    cwd: folder,
    env: { NODE_OPTIONS: "" },
  });

// The declarations under TypeScript 4.9 to 7 and every module resolution that each of them has. The sources are those
// of tests/types/consumer, and the declarations are checked, too (no `skipLibCheck`).
import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, ScriptError } from "../../../scripts/process.mjs";
import { runTool, versionOf } from "../support.mjs";

const sources = at("tests", "types", "consumer");
const files = readdirSync(sources).filter((name) => name.endsWith(".ts") && name !== "client.template.ts");

/** The files for `node10`, which does not read `exports`: it finds only the entries that have a folder of their own. */
const withFolders = ["elements.ts", "functions.ts", "mock.ts", "run.ts", "store.ts", "watch.ts"];

/** The options of each module resolution, and the files that it can compile. */
const resolutions = {
  node10: { module: "commonjs", moduleResolution: "node", files: withFolders },
  node16: { module: "node16", moduleResolution: "node16", files: [...files, "required.cts"] },
  nodenext: { module: "nodenext", moduleResolution: "nodenext", files: [...files, "required.cts"] },
  bundler: { module: "esnext", moduleResolution: "bundler", files },
};

const allResolutions = Object.keys(resolutions);

/** The packages of the compilers, each with the resolutions that it has. */
const compilers = {
  "typescript4.9": ["node10", "node16", "nodenext"],
  "typescript5.0": allResolutions,
  "typescript5.9": allResolutions,
  typescript6: allResolutions,
  typescript7: ["node16", "nodenext", "bundler"],
};

/** Compiles the sources with each compiler. */
export async function check(folder) {
  cpSync(sources, folder, { recursive: true });
  const rows = [];
  for (const [name, where] of Object.entries(compilers)) {
    const version = versionOf(folder, name);
    for (const resolution of where) {
      const reason = await compile(folder, name, resolution);
      rows.push({
        ...{ tool: "TypeScript", version, where: resolution, entry: "batchlight/*" },
        ...(reason && { result: "failed", reason }),
      });
    }
  }
  return rows;
}

/** Returns the first error of the compiler, or `undefined`. */
async function compile(folder, name, resolution) {
  const { files, ...options } = resolutions[resolution];
  const compilerOptions = {
    ...options,
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true, types: [] },
    ...{ target: "es2022", lib: ["es2022", "dom"], isolatedModules: true, skipLibCheck: false },
    ...(name === "typescript6" && resolution === "node10" && { ignoreDeprecations: "6.0" }),
  };
  const config = `tsconfig.${name}.${resolution}.json`;
  writeFileSync(join(folder, config), JSON.stringify({ compilerOptions, files }));
  try {
    await runTool(folder, name, "-p", config);
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    return /error TS\d+: .*/.exec(error.message)?.[0] ?? error.message;
  }
}

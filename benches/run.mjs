// npm run bench: compares batchlight with other packages in one run, so that ratios do not depend on the machine, and
// writes the tables of docs/performance.md. `npm run bench -- objects files` runs only these parts, and replaces only
// their tables.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, relative } from "node:path";
import { elapsed, main, print, root, ScriptError } from "../scripts/process.mjs";
import { writeBlocks } from "./document.mjs";
import { parts } from "./parts.mjs";
import { folder, preparePeers, versions } from "./peers.mjs";

await main(async () => {
  const begin = performance.now();
  const requested = process.argv.slice(2);
  const unknown = requested.filter((name) => !(name in parts));
  if (unknown.length)
    throw new ScriptError(`expected parts of ${Object.keys(parts).join(", ")}, found ${unknown.join(", ")}`);
  const peers = await preparePeers();
  const machine = { node: process.version, processor: cpus()[0].model, cores: cpus().length, versions: versions() };
  print(`\nNode ${machine.node}, ${machine.cores} x ${machine.processor}; ${machine.versions.join(", ")}`);
  const results = { machine };
  for (const [name, { measure }] of Object.entries(parts)) {
    if (requested.length > 0 && !requested.includes(name)) continue;
    const start = performance.now();
    const { measured, blocks } = await measure(peers);
    results[name] = measured;
    // Written after each part, so that a later failure does not lose the tables.
    writeBlocks(blocks);
    print(`\n${name}: ${elapsed(start)}`);
  }
  const file = join(folder, "results.json");
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  print(`\nthe tables are in docs/performance.md, all results in ${relative(root, file)}; ${elapsed(begin)}`);
});

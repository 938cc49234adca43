// npm run bench: compares batchlight with other packages in one run, so that ratios do not depend on the machine.
// `npm run bench -- objects` runs only some parts: objects, views, files, hostile, browser, elements, badges, board,
// start, sizes.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, relative } from "node:path";
import { main, root, print } from "../scripts/process.mjs";
import { measureBadges } from "./badges.mjs";
import { measureBoard } from "./board.mjs";
import { measureBrowser } from "./browser.mjs";
import { measureElements } from "./elements.mjs";
import { measureFiles } from "./files.mjs";
import { measureHostile } from "./hostile.mjs";
import { measureObjects } from "./objects.mjs";
import { folder, preparePeers, versions } from "./peers.mjs";
import { measureSizes } from "./sizes.mjs";
import { measureStart } from "./start.mjs";
import { measureViews } from "./views.mjs";

await main(async () => {
  const asked = process.argv.slice(2);
  const wanted = (name) => asked.length === 0 || asked.includes(name);
  const peers = await preparePeers();
  const machine = { node: process.version, processor: cpus()[0].model, cores: cpus().length, versions: versions() };
  print(`\nNode ${machine.node}, ${machine.cores} x ${machine.processor}; ${machine.versions.join(", ")}`);
  const results = {
    machine,
    ...(wanted("objects") && { objects: await measureObjects(peers) }),
    ...(wanted("views") && { views: await measureViews() }),
    ...(wanted("files") && { files: await measureFiles() }),
    ...(wanted("hostile") && { hostile: await measureHostile() }),
    ...(wanted("browser") && { browser: await measureBrowser() }),
    ...(wanted("elements") && { elements: await measureElements() }),
    ...(wanted("badges") && { badges: await measureBadges() }),
    ...(wanted("board") && { board: await measureBoard() }),
    ...(wanted("start") && { start: await measureStart(peers) }),
    ...(wanted("sizes") && { sizes: measureSizes(peers) }),
  };
  const file = join(folder, "results.json");
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  print(`\nall results are in ${relative(root, file)}`);
});

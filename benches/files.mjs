// Compares the speed of checking a file with common JavaScript solutions. Each corpus is measured in a new process, in
// which the candidates take turns, in this version of Node and the newest one.
import { existsSync, statSync } from "node:fs";
import { at, run } from "../scripts/process.mjs";
import { corpus, names } from "./corpora.mjs";
import { folder } from "./peers.mjs";
import { median, table } from "./tables.mjs";

const rounds = 5;
const requests = 50_000;
const size = { lines: requests };

/** Measures, prints a table and returns the results. */
export async function measureFiles() {
  const measured = {};
  for (const [words, node] of Object.entries(nodes())) {
    measured[words] = {};
    for (const name of names.filter((name) => name !== "errors")) {
      const kind = ["output", "embout"].includes(name) ? "results" : "input";
      measured[words][name] = await measure(node, kind, [corpus(name).file]);
    }
    const ratios = Object.values(measured[words]).map(({ ratio }) => ratio);
    const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
    show(
      `Files in memory, ${words}: MB/s, median of ${rounds} turns; ` +
        `geometric mean ${mean.toFixed(2)} x the better JavaScript`,
      measured[words],
    );
    const more = {
      "big, from disk": await measure(node, "disk", [corpus("big").file]),
      [`${requests.toLocaleString("en")} requests and results, reconciled`]: await measure(node, "join", matching()),
    };
    show(`From disk, and reconciled, ${words}: MB/s`, more);
    Object.assign(measured[words], more, { geometricMean: mean });
  }
  return measured;
}

/** A file of requests with its output and error files. */
const matching = () => [corpus("big", size), corpus("output", size), corpus("errors", size)].map(({ file }) => file);

async function measure(node, kind, files) {
  const text = await run(node, [
    "--expose-gc",
    at("benches", "files", "measure.mjs"),
    kind,
    String(rounds),
    at("pkg", "dist", "files.js"),
    folder,
    ...files,
  ]);
  const { memory, milliseconds } = JSON.parse(text);
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const speed = Object.fromEntries(
    Object.entries(milliseconds).map(([candidate, spent]) => [candidate, bytes / median(spent) / 1000]),
  );
  const better = Math.max(speed["JavaScript, by stream"], speed["JavaScript, by line"] ?? 0);
  return { bytes, milliseconds, memory, speed, better, ratio: speed.batchlight / better };
}

function show(title, measured) {
  const whole = (number) => (number === undefined ? "" : Math.round(number).toLocaleString("en"));
  const rows = Object.entries(measured).map(([name, { bytes, memory, speed, better, ratio }]) => [
    name,
    whole(bytes / 1e6),
    whole(better),
    whole(speed["JavaScript and ajv"]),
    whole(speed["JavaScript and zod"]),
    whole(speed.batchlight),
    `${ratio.toFixed(1)} x`,
    (memory / 2 ** 20).toFixed(1),
  ]);
  table(title, ["", "MB", "JavaScript", "with ajv", "with zod", "batchlight", "batchlight", "wasm MiB"], rows);
}

/** This version of Node, and the newest one if `npm run test:runtimes` has installed it. */
function nodes() {
  const newest = at(".cache", "runtimes", "node_modules", "node26", "bin", "node");
  return {
    [`Node ${process.versions.node}`]: process.execPath,
    ...(existsSync(newest) && { "the newest Node": newest }),
  };
}

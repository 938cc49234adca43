// Compares the speed of checking a file with common JavaScript solutions and with pysimdjson. Each corpus is measured
// in a new process, in which the candidates take turns, in this version of Node and the newest one.
import { existsSync, statSync } from "node:fs";
import { at, run } from "../scripts/process.mjs";
import { corpora, corpus, names } from "./corpora.mjs";
import { block, quartiles } from "./document.mjs";
import { pysimdjson, pysimdjsonTurns } from "./files/python.mjs";
import { folder, versions } from "./peers.mjs";
import { geometricMean, median, spread, table, times } from "./tables.mjs";

const rounds = 5;
const requests = 50_000;
const size = { lines: requests };
const measuredNames = names.filter((name) => name !== "errors");
const columns = {
  "with ata-validator": "JavaScript and ata-validator",
  "with ajv": "JavaScript and ajv",
  "with zod": "JavaScript and zod",
  pysimdjson: "pysimdjson",
  batchlight: "batchlight",
};

/** Measures, prints a table and returns the results and the blocks of the document. */
export async function measureFiles() {
  const python = await pysimdjsonTurns();
  const measured = {};
  for (const node of await nodes()) {
    const inMemory = {};
    for (const name of measuredNames) {
      const kind = ["output", "embout"].includes(name) ? "results" : "input";
      inMemory[name] = await measure(node.path, { kind, python, paths: [corpus(name).file] });
    }
    const more = {
      "200 MB of requests, from disk": await measure(node.path, { kind: "disk", paths: [corpus("big").file] }),
      [`${requests.toLocaleString("en")} requests and results, reconciled`]: await measure(node.path, {
        kind: "join",
        paths: matching(),
      }),
    };
    measured[node.version] = { inMemory, more, geometricMean: geometricMean(ratiosOf(inMemory)) };
    show(`Files in memory, Node ${node.version}: MB/s, median of ${rounds} turns`, inMemory);
    console.log(`geometric mean ${times(measured[node.version].geometricMean)} the better JavaScript`);
    show(`From disk, and reconciled, Node ${node.version}: MB/s`, more);
  }
  return { measured, blocks: { files: filesBlock(measured, python), disk: diskBlock(measured) } };
}

const ratiosOf = (measured) => Object.values(measured).map(({ ratio }) => ratio);

/** A file of requests with its output and error files. */
const matching = () => [corpus("big", size), corpus("output", size), corpus("errors", size)].map(({ file }) => file);

/**
 * @param {string} node the path of a Node
 * @param {{ kind: string, paths: string[], python?: string[] }} options the kind of work, the files, and the command
 *   line that makes turns in Python
 */
async function measure(node, { kind, python, paths }) {
  const entry = at("pkg", "dist", "files.js");
  const options = JSON.stringify({ kind, rounds, entry, peers: folder, python, paths });
  const text = await run(node, ["--expose-gc", at("benches", "files", "measure.mjs"), options]);
  const { memory, milliseconds } = JSON.parse(text);
  const bytes = paths.reduce((sum, file) => sum + statSync(file).size, 0);
  /** @type {Record<string, number[]>} */
  const speeds = Object.fromEntries(
    Object.entries(milliseconds).map(([candidate, spent]) => [candidate, spent.map((each) => bytes / each / 1000)]),
  );
  const ways = ["JavaScript, by stream", "JavaScript, by line"].filter((way) => way in speeds);
  const [better] = ways.sort((a, b) => median(speeds[b]) - median(speeds[a]));
  return { bytes, memory, speeds, better, ratio: median(speeds.batchlight) / median(speeds[better]) };
}

function show(title, measured) {
  const whole = (numbers) => (numbers ? Math.round(median(numbers)).toLocaleString("en") : "");
  const rows = Object.entries(measured).map(([name, { bytes, memory, speeds, better, ratio }]) => [
    name,
    Math.round(bytes / 1e6),
    whole(speeds[better]),
    ...Object.values(columns).map((candidate) => whole(speeds[candidate])),
    times(ratio),
    (memory / 2 ** 20).toFixed(1),
  ]);
  table(title, ["", "MB", "JavaScript", ...Object.keys(columns), "x JavaScript", "wasm MiB"], rows);
}

function filesBlock(measured, python) {
  const heads = ["file", "JavaScript", ...Object.keys(columns), "x JavaScript"];
  const rows = Object.entries(measured).flatMap(([version, { inMemory, geometricMean: mean }]) => [
    [`Node ${version}`, ...heads.slice(1).map(() => "")],
    ...Object.entries(inMemory).map(([name, { bytes, speeds, better, ratio }]) => [
      `${corpora[name].what}, ${Math.round(bytes / 1e6)} MB`,
      spread(speeds[better]),
      ...Object.values(columns).map((candidate) => (speeds[candidate] ? spread(speeds[candidate]) : "")),
      times(ratio),
    ]),
    ["geometric mean", ...heads.slice(2).map(() => ""), times(mean)],
  ]);
  const others = [versions().join(", "), python ? pysimdjson : "no pysimdjson"].join(", ");
  return block([others, `MB/s, ${quartiles(rounds)}`], [heads, ...rows]);
}

function diskBlock(measured) {
  const rows = Object.entries(measured).flatMap(([version, { more }]) =>
    Object.entries(more).map(([name, { speeds, better, ratio, memory }]) => [
      `${name}, Node ${version}`,
      spread(speeds[better]),
      spread(speeds.batchlight),
      times(ratio),
      (memory / 2 ** 20).toFixed(1),
    ]),
  );
  return block(
    [`MB/s, ${quartiles(rounds)}`],
    [["", "JavaScript", "batchlight", "x JavaScript", "memory of the module, MiB"], ...rows],
  );
}

/** This version of Node, and the newest one if `npm run test:runtimes` has installed it. */
async function nodes() {
  const newest = at(".cache", "runtimes", "node_modules", "node26", "bin", "node");
  return [
    { path: process.execPath, version: process.versions.node },
    ...(existsSync(newest) ? [{ path: newest, version: (await run(newest, ["--version"])).slice(1) }] : []),
  ];
}

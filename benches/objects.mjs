// Measures the validation of one parsed object. The candidates take turns, so that a slow phase of the machine affects
// all of them.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { at } from "../scripts/process.mjs";
import { block, quartiles } from "./document.mjs";
import { versions } from "./peers.mjs";
import { median, spread, table, times } from "./tables.mjs";
import { calibrated } from "./turns.mjs";

const rounds = 21;
const different = 20_000;
/** Small samples are copied, because a candidate would see few objects again and again. */
const least = 130;

/**
 * The samples: the recorded objects of OpenAI unchanged; without nulls, so that they have many shapes; of these, only
 * those without issues, because one report takes longer than all other calls together; many as the API sends them, with
 * nulls and their own ids and metadata, which do not fit into the caches of a processor; and with an unknown status.
 */
export async function samples() {
  const { safeParseBatch } = await import(pathToFileURL(at("pkg", "dist", "index.js")).href);
  const rows = readFileSync(at("tests", "fixtures", "batches.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text));
  const wire = rows
    .filter(({ kind, provider }) => kind === "recorded" && provider === "openai")
    .map(({ batch }) => batch);
  const regular = wire.filter((batch) => safeParseBatch(batch).issues.every(({ code }) => code === "null_field"));
  const clean = wire.map((batch) => Object.fromEntries(Object.entries(batch).filter(([, value]) => value !== null)));
  return {
    "as recorded, with nulls": { values: wire, expected: true },
    "without nulls": { values: clean, expected: true },
    "without nulls, nothing to report": {
      values: clean.filter((batch) => safeParseBatch(batch).issues.length === 0),
      expected: true,
    },
    "20,000 different ones, with nulls": {
      values: Array.from({ length: different }, (_, index) => numbered(regular[index % regular.length], index)),
      expected: true,
    },
    "with an unknown status": { values: wire.map((batch) => ({ ...batch, status: "paused" })), expected: false },
  };
}

/** A batch with ids and metadata of its own. */
function numbered(batch, index) {
  const end = String(index).padStart(6, "0");
  const renamed = (id) => id && `${id.slice(0, -end.length)}${end}`;
  const ids = Object.fromEntries(
    ["id", "input_file_id", "output_file_id", "error_file_id"].map((name) => [name, renamed(batch[name])]),
  );
  return { ...batch, ...ids, metadata: { job: `nightly-${index}` } };
}

/** Measures, prints a table and returns the results and the blocks of the document. */
export async function measureObjects(peers) {
  const measured = {};
  for (const [name, sample] of Object.entries(await samples())) {
    const text = JSON.stringify(sample.values);
    const copies = Math.ceil(least / sample.values.length);
    const values = Array.from({ length: copies }, () => JSON.parse(text)).flat();
    const turns = await Promise.all(
      peers.map(async ({ file, label }) =>
        turnOf(label, (await import(pathToFileURL(file).href)).check, values, sample.expected),
      ),
    );
    const nanoseconds = peers.map(() => []);
    for (let round = 0; round < rounds; round++)
      for (const [index, turn] of turns.entries()) nanoseconds[index].push(turn());
    measured[name] = Object.fromEntries(
      peers.map((peer, index) => [peer.name, { median: median(nanoseconds[index]), all: nanoseconds[index] }]),
    );
  }
  for (const [name, results] of Object.entries(measured)) {
    const least = results[peers[0].name].median;
    const rows = peers.map((peer) => [
      peer.label,
      Math.round(results[peer.name].median).toLocaleString("en"),
      times(results[peer.name].median / least),
      times(results[peer.name].median / results.ajv.median),
    ]);
    table(`One object, ${name}: ns per call, median of ${rounds} turns`, ["", "ns", "x hand-written", "x ajv"], rows);
  }
  return { measured, blocks: { objects: blockOf(peers, measured) } };
}

function blockOf(peers, measured) {
  const samples = Object.values(measured);
  return block(
    [versions().join(", "), `nanoseconds per object, ${quartiles(rounds)}`],
    [
      ["one object", ...Object.keys(measured)],
      ...peers.map(({ name, label }) => [label, ...samples.map((results) => spread(results[name].all))]),
    ],
  );
}

/** Returns a function that measures enough calls of a candidate and returns the nanoseconds per call. */
function turnOf(label, check, values, expected) {
  for (const value of values)
    if (check(value) !== expected) throw new Error(`expected ${expected}, found ${!expected} from ${label}`);
  const turn = (calls) => {
    let agreed = 0;
    const start = performance.now();
    for (let call = 0; call < calls; call++) if (check(values[call % values.length]) === expected) agreed++;
    const spent = performance.now() - start;
    if (agreed !== calls) throw new Error(`expected the same result for every call of ${label}`);
    return spent;
  };
  const measure = calibrated(turn);
  return () => measure() * 1e6;
}

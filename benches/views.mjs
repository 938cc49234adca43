// Measures what no peer has: views, comparisons, the advice on polling, and reports with issues. They are compared with
// `JSON.parse(JSON.stringify(batch))` of the same recorded objects in the same run.
import { pathToFileURL } from "node:url";
import { at } from "../scripts/process.mjs";
import { samples } from "./objects.mjs";
import { block, quartiles } from "./document.mjs";
import { median, spread, table, times } from "./tables.mjs";
import { calibrated } from "./turns.mjs";

const rounds = 41;

/** Measures, prints a table and returns the results and the blocks of the document. */
export async function measureViews() {
  const { compareBatches, describeBatch, nextPoll, safeParseBatch } = await import(
    pathToFileURL(at("pkg", "dist", "index.js")).href
  );
  const [{ values }] = Object.values(await samples());
  const unknown = values.map((batch) => ({ ...batch, status: "paused" }));
  const now = 1_790_000_000;
  const work = {
    "JSON.parse(JSON.stringify(batch))": [values, (batch) => JSON.parse(JSON.stringify(batch))],
    describeBatch: [values, (batch) => describeBatch(batch, { now })],
    compareBatches: [values, (batch) => compareBatches(batch, batch)],
    nextPoll: [values, (batch) => nextPoll(batch, { now })],
    "safeParseBatch, unknown status": [unknown, (batch) => safeParseBatch(batch)],
  };
  const turns = Object.values(work).map(([batches, run]) => turnOf(batches, run));
  const microseconds = turns.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, turn] of turns.entries()) microseconds[index].push(turn());
  const medians = microseconds.map(median);
  const rows = Object.keys(work).map((label, index) => [
    label,
    medians[index].toFixed(2),
    times(medians[index] / medians[0]),
  ]);
  table(`Views of recorded objects: us per call, median of ${rounds} turns`, ["", "us", "x JSON"], rows);
  const views = block(
    [`microseconds per batch, ${quartiles(rounds)}`],
    [
      ["per batch", "µs", "x JSON"],
      ...Object.keys(work).map((label, index) => [
        `\`${label}\``,
        spread(microseconds[index], 1),
        times(medians[index] / medians[0]),
      ]),
    ],
  );
  const measured = Object.fromEntries(Object.keys(work).map((label, index) => [label, { all: microseconds[index] }]));
  return { measured, blocks: { views } };
}

/** Returns a function that measures enough calls and returns the microseconds per call. */
function turnOf(batches, run) {
  const turn = (calls) => {
    const start = performance.now();
    for (let call = 0; call < calls; call++) run(batches[call % batches.length]);
    return performance.now() - start;
  };
  const measure = calibrated(turn);
  return () => measure() * 1000;
}

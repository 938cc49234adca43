// Measures the time to the first result: import and one call, each time in a new process.
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { samples } from "./objects.mjs";
import { block, quartiles } from "./document.mjs";
import { bundle, bundleOf, versions } from "./peers.mjs";
import { median, spread, table, times } from "./tables.mjs";

const runs = 31;

/** What else is measured: the first view, which no other candidate has. */
const view = { name: "batchlight-describe", label: "batchlight describeBatch" };

/** Measures, prints a table and returns the results and the blocks of the document. */
export async function measureStart(peers) {
  const [{ values }] = Object.values(await samples());
  const value = values.at(-1);
  await bundle(view.name);
  const candidates = [...peers, { ...view, file: bundleOf(view.name) }];
  const turns = candidates.map(() => []);
  for (let run = 0; run < runs; run++)
    for (const [index, { file, label }] of candidates.entries()) turns[index].push(startOnce(file, label, value));
  const results = Object.fromEntries(
    candidates.map(({ name }, index) => [
      name,
      { both: turns[index].map(({ both }) => both), call: turns[index].map(({ call }) => call) },
    ]),
  );
  const ratio = (name) => times(median(results[name].both) / median(results.ajv.both));
  const heads = ["import and first call", "ms", "x ajv", "the call alone, ms"];
  table(
    `Start: import and first call in a new process, ms, median of ${runs} runs`,
    heads,
    candidates.map(({ name, label }) => [
      label,
      median(results[name].both).toFixed(2),
      ratio(name),
      median(results[name].call).toFixed(2),
    ]),
  );
  const start = block(
    [versions().join(", "), `milliseconds, ${quartiles(runs)}, each in a new process`],
    [
      heads,
      ...candidates.map(({ name, label }) => [
        label,
        spread(results[name].both, 1),
        ratio(name),
        spread(results[name].call, 1),
      ]),
    ],
  );
  return { measured: results, blocks: { start } };
}

/** The milliseconds of an import and the first call together, and of the call alone. */
function startOnce(file, label, value) {
  const code = `
    const value = ${JSON.stringify(value)};
    const start = performance.now();
    const { check } = await import(${JSON.stringify(pathToFileURL(file).href)});
    const imported = performance.now();
    const verdict = check(value);
    const end = performance.now();
    console.log(JSON.stringify([verdict, end - start, end - imported]));`;
  const [verdict, both, call] = JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" }),
  );
  if (verdict !== true) throw new Error(`expected true, found ${verdict} from ${label}`);
  return { both, call };
}

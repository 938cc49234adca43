// Measures the time to the first result: import and one call, each time in a new process.
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { samples } from "./objects.mjs";
import { block, quartiles } from "./document.mjs";
import { versions } from "./peers.mjs";
import { median, spread, table, times } from "./tables.mjs";

const runs = 31;

/** Measures, prints a table and returns the results and the blocks of the document. */
export async function measureStart(peers) {
  const [{ values }] = Object.values(await samples());
  const value = values.at(-1);
  const milliseconds = peers.map(() => []);
  for (let run = 0; run < runs; run++)
    for (const [index, { file, label }] of peers.entries()) milliseconds[index].push(startOnce(file, label, value));
  const results = Object.fromEntries(
    peers.map(({ name }, index) => [name, { median: median(milliseconds[index]), all: milliseconds[index] }]),
  );
  const rows = peers.map(({ name, label }) => [
    label,
    results[name].median.toFixed(2),
    times(results[name].median / results.ajv.median),
    times(results[name].median / results.zod.median),
  ]);
  table(
    `Start: import and first call in a new process, ms, median of ${runs} runs`,
    ["", "ms", "x ajv", "x zod"],
    rows,
  );
  const start = block(
    [versions().join(", "), `milliseconds, ${quartiles(runs)}, each in a new process`],
    [
      ["import and first verdict", "ms", "x ajv"],
      ...peers.map(({ name, label }, index) => [
        label,
        spread(milliseconds[index], 1),
        times(results[name].median / results.ajv.median),
      ]),
    ],
  );
  return { measured: results, blocks: { start } };
}

function startOnce(file, label, value) {
  const code = `
    const value = ${JSON.stringify(value)};
    const start = performance.now();
    const { check } = await import(${JSON.stringify(pathToFileURL(file).href)});
    const verdict = check(value);
    console.log(JSON.stringify([verdict, performance.now() - start]));`;
  const [verdict, spent] = JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" }),
  );
  if (verdict !== true) throw new Error(`expected true, found ${verdict} from ${label}`);
  return spent;
}

// npm test: installs what is missing, builds, and runs all tests. Requires only Rust (by rustup), Node and npm.
// `npm test -- package e2e` runs only these parts, and `npm run t -- parse` a single suite.
import { buildWith } from "./build.mjs";
import { partsOf } from "./dev/parts.mjs";
import { runAll } from "./dev/pool.mjs";
import { add, noResults, summary } from "./dev/results.mjs";
import { heading, main, print, elapsed, ScriptError } from "./process.mjs";
import { setUp } from "./setup.mjs";
import { fingerprint, isFresh, remember } from "./incremental.mjs";

const requested = process.argv.slice(2);
const total = noResults();
const failed = [];
const skipped = [];

/**
 * Runs one part and adds its results to the total. Outside of CI, a part that passed with the same inputs is skipped
 * unless it was requested by name.
 */
async function runPart({ name, inputs, also, work }) {
  const about = { name: `test ${name}`, inputs, also };
  if (requested.length === 0 && !process.env.CI && isFresh(about)) return void skipped.push(name);
  const start = performance.now();
  const key = fingerprint(inputs, also);
  const results = await work().catch(asOneFailure);
  add(total, results);
  const isGood = results.failed === 0;
  if (isGood) remember(about.name, key);
  else failed.push(name);
  const tests = results.passed + results.failed;
  print(`  ${name.padEnd(44)} ${isGood ? "passed" : "FAILED"} in ${elapsed(start)}${tests ? `, ${tests} tests` : ""}`);
  if (!isGood) print(results.output ?? "");
}

/** Counts an error outside of tests, such as one of the compiler, as one failed test. */
function asOneFailure(error) {
  if (!(error instanceof ScriptError)) throw error;
  return { ...noResults(), failed: 1, output: error.message };
}

/** The preparations that parts need, directly or indirectly, in the order in which they must run. */
function neededFor(parts, all) {
  const needed = new Set();
  const visit = ({ after = [] }) => {
    for (const each of all.filter(({ name }) => after.includes(name))) {
      visit(each);
      needed.add(each);
    }
  };
  parts.forEach(visit);
  return [...needed];
}

await main(async () => {
  const start = performance.now();
  const tools = await setUp();
  const { parts, preparations } = partsOf(tools.rustc);
  const keys = new Set(parts.map(({ key }) => key));
  const unknown = requested.filter((key) => !keys.has(key));
  if (unknown.length) throw new ScriptError(`expected parts of ${[...keys].join(", ")}, found ${unknown.join(", ")}`);
  const wanted = parts.filter(({ key }) => requested.length === 0 || requested.includes(key));
  const build = { name: "build", work: () => buildWith(tools, "whole") };
  const needed = neededFor(wanted, [build, ...preparations]);
  heading("tests");
  // One more than a machine with two cores has, because browsers and package managers often wait.
  await runAll([...needed, ...wanted.map((part) => ({ ...part, work: () => runPart(part) }))], 3);
  heading(failed.length ? `failed: ${failed.join("; ")}` : "all passed");
  if (skipped.length) print(`skipped, because they passed with the same inputs: ${skipped.join(", ")}`);
  print(`in ${elapsed(start)}\n`);
  print(summary(total));
  if (failed.length) process.exitCode = 1;
});

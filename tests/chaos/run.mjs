// `npm run chaos`: tests the mock and the board under failures of their environment. Each scenario runs repeatedly with
// different random numbers until its share of the time is used. `npm run chaos -- run` kills `batchlight run` instead.
import { parseArgs } from "node:util";
import { buildPackage } from "../../scripts/build.mjs";
import { linkPackage } from "../../scripts/linked.mjs";
import { heading, main, print, ScriptError } from "../../scripts/process.mjs";

/** Parses the options: the total time in seconds or the number of kills, and the random seed. */
function optionsIn(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { seconds: { type: "string" }, kills: { type: "string" }, seed: { type: "string" } },
  });
  if (positionals.some((name) => name !== "run")) throw new ScriptError("expected no name, or run");
  const whole = (name, usual) => {
    const value = Number(values[name] ?? usual);
    if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) return value;
    throw new ScriptError(`expected a whole number, found ${values[name]} at --${name}`);
  };
  return {
    ofRuns: positionals.length > 0,
    kills: whole("kills", 300),
    seconds: whole("seconds", 300),
    seed: whole("seed", Math.floor(Math.random() * 2 ** 32)),
  };
}

/** Prints the result of a scenario, followed by losses and failures. */
function report(name, { rounds, acknowledged, lost, failures }) {
  const counts = [rounds === 1 ? "1 round" : `${rounds} rounds`, `${acknowledged} acknowledged`, `${lost.length} lost`];
  print(`  ${name.padEnd(28)} ${counts.join(", ")}${failures.length ? `, ${failures.length} failures` : ""}`);
  for (const line of lost) print(`    lost in ${line}`);
  for (const line of failures) print(`    failed in ${line}`);
}

await main(async () => {
  const { ofRuns, kills, seconds, seed } = optionsIn(process.argv.slice(2));
  await buildPackage("suite");
  process.env.BATCHLIGHT_PROJECT = linkPackage();
  if (ofRuns) {
    // Its modules import the package by its name.
    await import("../../scripts/installed.mjs");
    const { killRuns } = await import("./batch-runs.mjs");
    return killRuns({ kills, seed });
  }
  // Imported late, because these modules look for the package when they are loaded.
  const { scenarios } = await import("./scenarios.mjs");
  const { runRounds } = await import("./round.mjs");
  const { Tally } = await import("./tally.mjs");

  heading(`chaos: --seed ${seed} --seconds ${seconds}`);
  const begin = performance.now();
  let isGood = true;
  for (const [at, scenario] of scenarios.entries()) {
    const reason = scenario.skip?.();
    if (reason) {
      print(`  ${scenario.name.padEnd(28)} skipped: ${reason}`);
      continue;
    }
    const tally = new Tally();
    const end = begin + ((at + 1) * seconds * 1000) / scenarios.length;
    await runRounds(scenario, tally, { seed, more: () => performance.now() < end });
    report(scenario.name, tally);
    isGood &&= tally.isGood;
  }
  if (!isGood) throw new ScriptError("acknowledged data was lost, or a server failed");
});

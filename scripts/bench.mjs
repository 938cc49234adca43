// npm run bench: builds the package, then runs the benchmarks on it. What follows `--` is handed on to benches/run.mjs.
import { buildPackage } from "./build.mjs";
import { at, main, run } from "./process.mjs";

await main(async () => {
  await buildPackage();
  await run("node", [at("benches", "run.mjs"), ...process.argv.slice(2)], { show: true });
});

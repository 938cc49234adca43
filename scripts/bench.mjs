// npm run bench: builds the package and runs the benchmarks. Arguments after `--` are passed to benches/run.mjs.
import { buildPackage } from "./build.mjs";
import { at, main, run } from "./process.mjs";

await main(async () => {
  await buildPackage();
  await run("node", [at("benches", "run.mjs"), ...process.argv.slice(2)], { show: true });
});

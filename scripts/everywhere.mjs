// npm run test:everywhere -- next jest: tests the packed package in the tools that people use it with. Each folder of
// tests/everywhere is a small project with a check; npm installs what it needs into the cache folder. Most checks run
// the same workload, whose result must equal that of Node. `--write` updates docs/compatibility.md.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildPackage } from "./build.mjs";
import { findChromium } from "./chromium.mjs";
import { readResults, reasonOf, recorded, resultOf, tableOf, writeTable } from "./dev/compatibility.mjs";
import { step } from "./incremental.mjs";
import { installPacked } from "./packed.mjs";
import { at, cache, elapsed, heading, main, print, run, ScriptError } from "./process.mjs";

const projectsFolder = at("tests", "everywhere");
const projects = readdirSync(projectsFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** Copies a project into the cache folder, with its dependencies and the packed package. */
async function prepare(name, tarball) {
  const folder = join(cache, "everywhere", name);
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder).filter((each) => !/^(node_modules|package.*\.json)$/.test(each)))
    rmSync(join(folder, entry), { recursive: true, force: true });
  cpSync(join(projectsFolder, name), folder, { recursive: true, filter: (path) => !path.endsWith("check.mjs") });
  for (const file of ["workload.js", "batch.js"]) cpSync(join(projectsFolder, file), join(folder, file));
  // The cache key contains the week, so that newer releases are installed once a week.
  const week = Math.floor(Date.now() / 604_800_000);
  const install = (...args) =>
    run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...args], { cwd: folder });
  await step(
    {
      name: `packages for ${name}`,
      inputs: [`tests/everywhere/${name}/package.json`],
      also: [week],
      outputs: [join(".cache", "everywhere", name, "node_modules")],
    },
    () => install(),
  );
  await install("--no-save", "--no-package-lock", tarball);
  return folder;
}

/** The result of the workload in this Node. */
async function expectedResult(project) {
  cpSync(join(projectsFolder, "workload.js"), join(project, "workload.js"));
  const code = 'import * as api from "batchlight"; import { workload } from "./workload.js"; ';
  const call = "process.stdout.write(await workload(api));";
  return run(process.execPath, ["--input-type=module", "--eval", code + call], {
    cwd: project,
    env: { NODE_OPTIONS: "" },
  });
}

/** Installs and checks a project. Returns its rows, or one row that says why there are none. */
async function rowsOf(name, tarball, expected) {
  const start = performance.now();
  let rows;
  let failure;
  let result = "not run";
  try {
    const folder = await prepare(name, tarball);
    result = "failed";
    const { check } = await import(pathToFileURL(join(projectsFolder, name, "check.mjs")).href);
    rows = await check(folder, { expected });
    result = "passed";
  } catch (error) {
    failure = error;
    rows = [{ tool: name, result, reason: reasonOf(error) }];
  }
  print(`  ${name.padEnd(44)} ${result} ${elapsed(start)}`);
  for (const row of rows)
    print(`    ${`${row.tool} ${row.version ?? ""} ${row.where ?? ""}`.padEnd(60)} ${resultOf(row)}`);
  if (failure) print(failure instanceof ScriptError ? failure.message : failure.stack);
  return rows;
}

await main(async () => {
  const args = process.argv.slice(2);
  const requested = args.filter((name) => name !== "--write");
  const unknown = requested.filter((name) => !projects.includes(name));
  if (unknown.length) throw new ScriptError(`expected names of ${projects.join(", ")}, found ${unknown.join(", ")}`);
  await buildPackage();
  process.env.CHROMIUM_PATH = await findChromium();
  const { project, tarball } = await installPacked();
  const expected = await expectedResult(project);
  heading("everywhere");
  const results = readResults();
  const names = requested.length ? requested : projects;
  let failed = 0;
  for (const name of names) {
    const rows = await rowsOf(name, tarball, expected);
    failed += rows.filter(({ result }) => result === "failed").length;
    results[name] = recorded(results[name], rows);
  }
  if (args.includes("--write")) {
    writeFileSync(join(projectsFolder, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
    writeTable(tableOf(results));
  }
  if (failed) throw new ScriptError(`${failed} rows failed`);
});

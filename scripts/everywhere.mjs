// npm run test:everywhere -- next jest: the packed package in tools that are too large for npm test. Each folder of
// tests/everywhere is a small project with a check; npm installs what it needs into the cache folder. Prints a table.
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildPackage } from "./build.mjs";
import { findChromium } from "./chromium.mjs";
import { installPacked } from "./packed.mjs";
import { at, cache, elapsed, heading, main, print, run, ScriptError } from "./process.mjs";
import { step } from "./incremental.mjs";

const projects = readdirSync(at("tests", "everywhere")).sort();

/** Copies a project into the cache folder, with its dependencies and the packed package. */
async function prepare(name, tarball) {
  const folder = join(cache, "everywhere", name);
  const own = at("tests", "everywhere", name);
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder).filter((each) => !/^(node_modules|package.*\.json)$/.test(each)))
    rmSync(join(folder, entry), { recursive: true, force: true });
  cpSync(own, folder, { recursive: true, filter: (path) => !path.endsWith("check.mjs") });
  // The week in the key: newer releases are wanted, but not at every run.
  const week = Math.floor(Date.now() / 604_800_000);
  const outputs = [join(".cache", "everywhere", name, "node_modules")];
  const install = (...args) =>
    run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...args], { cwd: folder });
  const inputs = [`tests/everywhere/${name}/package.json`];
  await step({ name: `packages for ${name}`, inputs, also: [week], outputs }, () => install());
  await install("--no-save", "--no-package-lock", tarball);
  return folder;
}

await main(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !projects.includes(name));
  if (unknown.length) throw new ScriptError(`there is no ${unknown.join(", ")}; there are: ${projects.join(", ")}`);
  await buildPackage();
  process.env.CHROMIUM_PATH = await findChromium();
  const { tarball } = await installPacked();
  heading("everywhere");
  let failures = 0;
  for (const name of asked.length ? asked : projects) {
    const start = performance.now();
    const error = await prepare(name, tarball)
      .then(async (folder) => {
        const { check } = await import(pathToFileURL(at("tests", "everywhere", name, "check.mjs")).href);
        await check(folder);
      })
      .then(
        () => undefined,
        (failure) => failure,
      );
    print(`  ${name.padEnd(44)} ${error ? "failed" : "passed"} ${elapsed(start)}`);
    if (!error) continue;
    failures++;
    print(error instanceof ScriptError ? error.message : error.stack);
  }
  if (failures) throw new ScriptError(`${failures} of ${(asked.length ? asked : projects).length} failed`);
});

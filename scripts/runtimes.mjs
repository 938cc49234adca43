// npm run test:runtimes: tests the packed package in other runtimes, which npm installs into the cache folder. Prints a
// table.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildPackage } from "./build.mjs";
import { installPacked } from "./packed.mjs";
import { at, cache, heading, main, run, print, elapsed, ScriptError } from "./process.mjs";
import { step } from "./incremental.mjs";
import { behaviourFolders, suitesIn } from "./suites.mjs";

const nodes = [18, 20, 22, 24, 26];
const home = join(cache, "runtimes");
const bin = (name, ...path) => join(home, "node_modules", name, ...path);
const exe = process.platform === "win32" ? ".exe" : "";

/**
 * Installs every runtime. Node comes from the package of the platform, which contains it; the package `node` would
 * download it with an install script.
 */
async function installRuntimes() {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{ "private": true }\n');
  const platform = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const packages = [...nodes.map((major) => `node${major}@npm:${platform}@${major}`), "deno", "bun"];
  await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...packages], { cwd: home });
}

/** A program for runtimes without Node's test runner. It compares the results of every entry with those in Node. */
const smoke = (probeText, expected) => `
import { createRequire } from "node:module";
import * as index from "batchlight";
import * as js from "batchlight/js";
import { checkInput } from "batchlight/worker";
const required = createRequire(import.meta.url)("batchlight");
const expected = JSON.stringify(${JSON.stringify(expected)});
for (const [name, api] of Object.entries({ index, js, required })) {
  for (const result of [${probeText}, (await api.init(), ${probeText})]) {
    const found = JSON.stringify(result);
    if (found !== expected) throw new Error("expected " + expected + ", found " + found + " from " + name);
  }
}
// In a worker, or on this thread where none can start, such as without permissions.
const { issues } = await checkInput('{"custom_id":"a"}\\n{"custom_id":"a"}\\n');
if (!issues.some(({ code }) => code === "duplicate_custom_id")) throw new Error("batchlight/worker found no duplicate");
`;

/** The suites that use only the public interface of the package. */
const suites = () => [at("tests", "package", "entries.test.mjs"), ...["cli", ...behaviourFolders()].flatMap(suitesIn)];

await main(async () => {
  await buildPackage();
  heading("runtimes");
  const inputs = ["scripts/runtimes.mjs"];
  // The week is part of the key, so that newer releases are installed once a week.
  const week = Math.floor(Date.now() / 604_800_000);
  await step(
    { name: "runtimes, installed by npm", inputs, also: [week], outputs: [".cache/runtimes/node_modules"] },
    installRuntimes,
  );
  const { project } = await installPacked();
  const { probeText, expected } = await import("../tests/package/probe.mjs");
  writeFileSync(join(project, "smoke.mjs"), smoke(probeText, expected));

  const hook = `--import=${pathToFileURL(at("scripts", "installed.mjs")).href}`;
  const env = { BATCHLIGHT_PROJECT: project, NODE_OPTIONS: hook };
  /** @type {{ program: string, version: string[], args: string[], env?: Record<string, string>, name: string }[]} */
  const jobs = nodes.map((major) => {
    const program = bin(`node${major}`, "bin", `node${exe}`);
    return {
      program,
      version: ["--version"],
      args: ["--test", "--test-reporter=spec", ...suites()],
      env,
      name: "Node",
    };
  });
  const deno = bin("deno", "bin.cjs");
  const bun = bin("bun", "bin", "bun.exe");
  jobs.push({
    program: "node",
    version: [deno, "--version"],
    args: [deno, "run", "--no-prompt", "--node-modules-dir=manual", "smoke.mjs"],
    name: "Deno",
  });
  jobs.push({ program: bun, version: ["--version"], args: ["run", "smoke.mjs"], name: "Bun" });

  let failures = 0;
  for (const { program, version, args, env: own = {}, name } of jobs) {
    const start = performance.now();
    const release = /[\d.]+/.exec(await run(program, version).catch((error) => error.message))?.[0];
    const error = await run(program, args, { cwd: project, env: own }).then(
      () => undefined,
      (failure) => failure,
    );
    print(`  ${`${name} ${release}`.padEnd(44)} ${error ? "failed" : "passed"} ${elapsed(start)}`);
    if (error) {
      failures++;
      print(error.message);
    }
  }
  if (failures) throw new ScriptError(`${failures} of ${jobs.length} runtimes failed`);
});

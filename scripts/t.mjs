// npm run t -- parse: runs single suites after a change, as fast as possible. `rust:lifecycle` runs the crate's tests
// whose names contain the word; any other word runs the suites whose paths contain it.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildPackage } from "./build.mjs";
import { findChromium } from "./chromium.mjs";
import { findFirefox } from "./firefox.mjs";
import { installedOption, runBrowserSuites } from "./dev/parts.mjs";
import { buildSite } from "./docs/build.mjs";
import { linkPackage } from "./linked.mjs";
import { installPacked } from "./packed.mjs";
import { at, main, run, print, ScriptError } from "./process.mjs";

/** The paths of all suites below tests/, relative to the project. */
const suites = () =>
  readdirSync(at("tests"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.mjs"))
    .map((path) => join("tests", path))
    .sort();

await main(async () => {
  const words = process.argv.slice(2);
  if (words.length === 0)
    throw new ScriptError("expected the name of a suite: npm run t -- parse, or npm run t -- rust:lifecycle");
  const rust = words.filter((word) => word.startsWith("rust:")).map((word) => word.slice("rust:".length));
  for (const word of rust) await run("cargo", ["test", "--quiet", "--lib", "--test", "all", word], { show: true });
  const others = words.filter((word) => !word.startsWith("rust:"));
  if (others.length === 0) return;

  const wanted = suites().filter((path) => others.some((word) => path.includes(word)));
  if (wanted.length === 0) throw new ScriptError(`no suite below tests/ contains ${others.join(" or ")} in its path`);
  // These suites need the packed package with all its files.
  const isWhole = wanted.some((path) => /^tests.(package|site|types)/.test(path));
  const { hasWasmFree } = await buildPackage(isWhole ? "whole" : "suite");
  const env = isWhole ? await packed() : { BATCHLIGHT_PROJECT: linkPackage() };
  if (!hasWasmFree) {
    env.BATCHLIGHT_WITHOUT_WASM_FREE = "1";
    print("  the wasm-free build is older than the crate and is skipped; npm test compares both builds");
  }
  if (wanted.some((path) => /^tests.site/.test(path))) await buildSite();
  const isInBrowser = (path) => path.startsWith(join("tests", "e2e"));
  if (wanted.some((path) => /e2e|package|site|cli/.test(path))) env.CHROMIUM_PATH = await findChromium();
  if (wanted.some((path) => path.includes("firefox"))) env.FIREFOX_PATH = await findFirefox();
  const inNode = wanted.filter((path) => !isInBrowser(path));
  const options = { show: true, env: { ...env, NODE_OPTIONS: installedOption } };
  if (inNode.length) await run("node", ["--test", "--test-reporter=spec", ...inNode.map((path) => at(path))], options);
  const inBrowser = wanted.filter(isInBrowser);
  if (inBrowser.length) await runBrowserSuites(inBrowser, env, { show: true });
});

async function packed() {
  const { project, tarball } = await installPacked();
  return { BATCHLIGHT_PROJECT: project, BATCHLIGHT_TARBALL: tarball };
}

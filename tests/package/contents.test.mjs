// What is in the tarball, what it weighs, and what the registries and the checkers say to it.
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { subpathsOf } from "../../scripts/bundle/subpaths.mjs";
import { at, root } from "../../scripts/say.mjs";
import { measure, weighed } from "../../scripts/sizes.mjs";
import { installedFile, manifest, project } from "./support.mjs";

const tarball = process.env.BATCHLIGHT_TARBALL;
const budget = JSON.parse(readFileSync(new URL("./size-budget.json", import.meta.url), "utf8"));
const packed = readdirSync(installedFile(), { recursive: true, encoding: "utf8" }).filter((path) =>
  statSync(installedFile(path)).isFile(),
);
const call = promisify(execFile);
const env = { ...process.env, NODE_OPTIONS: "" };

/** All values of the export map, whatever conditions lead to them. */
const targets = (exports) => (typeof exports === "string" ? [exports] : Object.values(exports).flatMap(targets));

test("the tarball holds what the export map names, what that imports, the papers, and nothing else", () => {
  const named = [...targets(manifest.exports), ...Object.values(manifest.bin ?? {})].map((path) =>
    path.replace("./", ""),
  );
  const beside = [
    "catalogue.js",
    "catalogue.cjs",
    "files-slim.js",
    "files-slim.cjs",
    "files-js.cjs",
    "files-worker.js",
    "mock.wasm",
  ].map((name) => `dist/${name}`);
  const papers = [
    "dist/LICENSE-LIT",
    "README.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "THIRD-PARTY-LICENSES",
    "package.json",
  ];
  const subpaths = subpathsOf(manifest).map((subpath) => `${subpath}/package.json`);
  // The board, whose scripts and styles have names of their own.
  const board = packed.filter((path) => /^dist\/board\/(index\.html|assets\/[\w-]+\.(js|css))$/.test(path));
  assert.ok(board.includes("dist/board/index.html") && board.length >= 3);
  assert.ok(
    board.reduce((sum, path) => sum + statSync(installedFile(path)).size, 0) <= 250_000,
    "the board outweighs what it shows",
  );
  assert.deepEqual(packed.toSorted(), [...new Set([...named, ...beside, ...subpaths, ...board, ...papers])].sort());
});

test("no file names a folder of the machine it was built on", () => {
  for (const path of packed) {
    const text = readFileSync(installedFile(path), "latin1");
    for (const place of [root, join(homedir(), ".cargo"), join(homedir(), ".rustup")])
      assert.ok(!text.includes(place), `${path} holds ${place}`);
  }
});

test("every file is within its size budget", () => {
  assert.deepEqual(Object.keys(budget), weighed);
  for (const name of weighed) {
    const size = measure(readFileSync(installedFile("dist", name)));
    for (const [kind, most] of Object.entries(budget[name])) {
      assert.ok(
        size[kind] <= most,
        `${name} weighs ${size[kind]} bytes (${kind}), and at most ${most} are allowed: tests/package/size-budget.json`,
      );
    }
  }
});

test("publint has nothing to say", async () => {
  const { messages } = await publint({ pkgDir: installedFile(), strict: true, pack: false });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, manifest)),
    [],
  );
});

test("attw finds the types right for every module system", () => {
  const cli = at("node_modules", "@arethetypeswrong", "cli", "dist", "index.js");
  // Into a file: attw ends without waiting until a pipe has taken all of it.
  const report = join(project, "attw.json");
  const file = openSync(report, "w");
  spawnSync("node", [cli, tarball, "--profile", "strict", "--format", "json"], {
    env,
    stdio: ["ignore", file, "inherit"],
  });
  closeSync(file);
  const { analysis } = JSON.parse(readFileSync(report, "utf8"));
  // A .wasm file is a module to be imported, and no CommonJS file can require it. Only modules have folders for node10.
  const beside = ({ resolutionKind, entrypoint }) =>
    (entrypoint.endsWith(".wasm") && resolutionKind === "node16-cjs") ||
    (/\.(wasm|json)$/.test(entrypoint) && resolutionKind === "node10");
  assert.ok(Object.keys(analysis.entrypoints).length >= 4);
  assert.deepEqual(
    analysis.problems.filter((problem) => !beside(problem)),
    [],
  );
});

test("npm would publish it", async () => {
  const { stdout } = await call("npm", ["publish", "--dry-run", "--json", "--workspace", "pkg"], { cwd: root, env });
  assert.match(stdout, /"name": "batchlight"/);
});

test("cargo would publish the crate, and its version is the package's", async () => {
  await call("cargo", ["package", "--allow-dirty", "--no-verify", "--quiet"], { cwd: root });
  const crate = at("target", "package", `batchlight-${manifest.version}.crate`);
  assert.ok(
    existsSync(crate),
    `no crate of the npm package's version ${manifest.version} was made: Cargo.toml has another`,
  );
});

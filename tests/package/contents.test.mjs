// The contents and sizes of the tarball, and the checks of registries and tools.
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
import { at, root } from "../../scripts/process.mjs";
import { measure, loadedFiles } from "../../scripts/sizes.mjs";
import { installedFile, manifest, project } from "./support.mjs";

const tarball = process.env.BATCHLIGHT_TARBALL;
const { files: budget } = JSON.parse(readFileSync(new URL("./size-budget.json", import.meta.url), "utf8"));
const packed = readdirSync(installedFile(), { recursive: true, encoding: "utf8" }).filter((path) =>
  statSync(installedFile(path)).isFile(),
);
const call = promisify(execFile);
const env = { ...process.env, NODE_OPTIONS: "" };

/** All values of the export map, under any condition. */
const targets = (exports) => (typeof exports === "string" ? [exports] : Object.values(exports).flatMap(targets));

test("the tarball contains the files of the export map, their imports, the documents, and nothing else", () => {
  const named = [...targets(manifest.exports), ...Object.values(manifest.bin ?? {})].map((path) =>
    path.replace("./", ""),
  );
  const beside = [
    "catalogue.js",
    "catalogue.cjs",
    ...["files-lazy", "files-lazy-slim", "files-lazy-js"].flatMap((name) => [`${name}.js`, `${name}.cjs`]),
    "files-lazy-workerd.js",
    "files-slim.js",
    "files-slim.cjs",
    "files-js.cjs",
    "files-worker.js",
    "cli-thread.js",
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
  // The board, whose scripts and styles have generated names.
  const board = packed.filter((path) => /^dist\/board\/(index\.html|assets\/[\w-]+\.(js|css))$/.test(path));
  assert.ok(board.includes("dist/board/index.html") && board.length >= 3);
  assert.ok(
    board.reduce((sum, path) => sum + statSync(installedFile(path)).size, 0) <= 300_000,
    "the board outweighs what it shows",
  );
  assert.deepEqual(packed.toSorted(), [...new Set([...named, ...beside, ...subpaths, ...board, ...papers])].sort());
});

test("no file contains a path of the machine that built it", () => {
  for (const path of packed) {
    const text = readFileSync(installedFile(path), "latin1");
    for (const place of [root, join(homedir(), ".cargo"), join(homedir(), ".rustup")])
      assert.ok(!text.includes(place), `${path} contains ${place}`);
  }
});

test("every file is within its size budget", () => {
  assert.deepEqual(Object.keys(budget), loadedFiles);
  for (const name of loadedFiles) {
    const size = measure(readFileSync(installedFile("dist", name)));
    for (const [kind, most] of Object.entries(budget[name])) {
      assert.ok(
        size[kind] <= most,
        `${name} weighs ${size[kind]} bytes (${kind}), and at most ${most} are allowed: tests/package/size-budget.json`,
      );
    }
  }
});

test("publint reports no problem", async () => {
  const { messages } = await publint({ pkgDir: installedFile(), strict: true, pack: false });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, manifest)),
    [],
  );
});

test("attw reports no wrong types in any module system", () => {
  const cli = at("node_modules", "@arethetypeswrong", "cli", "dist", "index.js");
  // The output goes to a file, because attw exits before a pipe has received all of it.
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

test("npm can publish the package", async () => {
  const { stdout } = await call("npm", ["publish", "--dry-run", "--json", "--workspace", "pkg"], { cwd: root, env });
  assert.match(stdout, /"name": "batchlight"/);
});

test("cargo can publish the crate, which has the version of the package", async () => {
  await call("cargo", ["package", "--allow-dirty", "--no-verify", "--quiet"], { cwd: root });
  const crate = at("target", "package", `batchlight-${manifest.version}.crate`);
  assert.ok(
    existsSync(crate),
    `no crate of the npm package's version ${manifest.version} was made: Cargo.toml has another`,
  );
});

// The lock of the build: one process has it at a time, whatever happens to the others.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { lockProject } from "../../scripts/incremental.mjs";
import { at } from "../../scripts/process.mjs";

const place = mkdtempSync(join(tmpdir(), "batchlight-lock-"));
after(() => rmSync(place, { recursive: true, force: true }));

/** The id of a process that has ended. */
const ended = () => spawnSync(process.execPath, ["-e", ""]).pid;

test("what killed processes left does not keep anybody waiting, and is removed", async () => {
  const folder = join(place, "stale");
  const release = await lockProject(folder);
  const [own] = readdirSync(folder);
  for (const left of [`${ended()}-a`, `${ended()}-b`]) writeFileSync(join(folder, left), "");
  release();
  const releaseAgain = await lockProject(folder);
  assert.equal(readdirSync(folder).length, 1);
  assert.equal(existsSync(join(folder, own)), false);
  releaseAgain();
  assert.deepEqual(readdirSync(folder), []);
});

test("a process removes no lock of another one", async () => {
  const folder = join(place, "others");
  const release = await lockProject(folder);
  const other = `${process.ppid}-other`;
  writeFileSync(join(folder, other), "");
  release();
  assert.deepEqual(readdirSync(folder), [other]);
});

// Notes the beginning and the end of what only one process may do at a time. The first one is killed meanwhile.
const contender = `
import { appendFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { lockProject } from ${JSON.stringify(pathToFileURL(at("scripts", "incremental.mjs")).href)};
const [folder, notes, name] = process.argv.slice(1);
for (let round = 0; round < 3; round++) {
  const release = await lockProject(folder);
  appendFileSync(notes, "begin " + name + "\\n");
  await wait(5);
  if (name === "killed") process.kill(process.pid, "SIGKILL");
  appendFileSync(notes, "end " + name + "\\n");
  release();
}
`;

test("of several processes that want the lock at once, each has it alone, also after one was killed", async () => {
  const [folder, notes] = [join(place, "wanted"), join(place, "notes")];
  const names = ["killed", "one", "two", "three"];
  const children = names.map((name) =>
    spawn(process.execPath, ["--input-type=module", "-e", contender, folder, notes, name], { stdio: "ignore" }),
  );
  await Promise.all(children.map((child) => new Promise((resolve) => child.once("close", resolve))));
  const lines = readFileSync(notes, "utf8").trimEnd().split("\n");
  const begun = lines.filter((line) => line.startsWith("begin"));
  assert.equal(begun.length, 1 + 3 * 3);
  const expected = begun.flatMap((line) => (line === "begin killed" ? [line] : [line, line.replace("begin", "end")]));
  assert.deepEqual(lines, expected);
});

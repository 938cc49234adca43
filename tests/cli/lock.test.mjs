// Who may use the folder of a mock: one process, whatever others do at the same moment.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { folder, ownModuleFile } from "./support.mjs";

const file = await ownModuleFile("mock/lock.ts");
const { hold } = await import(pathToFileURL(file).href);

/** More than any process has. */
const dead = "999999999";

// Takes the lock at a given moment, says how that went, and lives on until its input ends.
const contender = `
  const { hold } = require(process.argv[1]);
  const [path, moment] = process.argv.slice(2);
  while (Date.now() < Number(moment));
  hold(path).then(() => console.log("held"), (error) => console.log(error.message)).then(() => process.stdin.resume());`;

/** Lets several processes take a lock at once; gives their pids and what each says, once all have said it. */
async function contend(path, many) {
  const moment = Date.now() + 400;
  const options = { stdio: ["pipe", "pipe", "inherit"], env: { PATH: process.env.PATH } };
  const children = Array.from({ length: many }, () =>
    spawn(process.execPath, ["-e", contender, file, path, String(moment)], options),
  );
  const said = await Promise.all(
    children.map(
      (child) => new Promise((resolve) => child.stdout.once("data", (text) => resolve(String(text).trim()))),
    ),
  );
  const lock = readFileSync(join(path, "lock"), "utf8");
  const ended = children.map((child) => new Promise((resolve) => child.once("close", resolve)));
  for (const child of children) child.stdin.end();
  await Promise.all(ended);
  return { said, lock, pids: children.map(({ pid }) => String(pid)) };
}

for (const [words, text] of [
  ["that a dead process left", dead],
  ["that was never written", ""],
  ["that is not there", undefined],
]) {
  test(`of several that take a lock ${words} at once, one has it`, async () => {
    for (let round = 0; round < 4; round++) {
      const path = folder();
      if (text !== undefined) writeFileSync(join(path, "lock"), text);
      const { said, lock, pids } = await contend(path, 4);
      assert.equal(said.filter((one) => one === "held").length, 1, said.join("\n"));
      assert.equal(lock, pids[said.indexOf("held")]);
      // The one it names may have had it for a moment only.
      for (const one of said)
        if (one !== "held")
          assert.match(one, new RegExp(`in use by another batchlight mock, process (${pids.join("|")}); `));
      assert.deepEqual(readdirSync(path), ["lock"]);
    }
  });
}

test("where a dead lock cannot be replaced, nothing is left behind", async () => {
  const path = folder();
  mkdirSync(join(path, "lock"));
  await assert.rejects(hold(path));
  assert.deepEqual(readdirSync(path), ["lock"]);
});

test("a lock of a process that lives is left alone", async () => {
  const path = folder();
  writeFileSync(join(path, "lock"), String(process.ppid));
  await assert.rejects(hold(path), new RegExp(`process ${process.ppid}; `));
  assert.equal(readFileSync(join(path, "lock"), "utf8"), String(process.ppid));
});

test("a number that came round to this process is no other's", async () => {
  const path = folder();
  writeFileSync(join(path, "lock"), String(process.pid));
  assert.equal(await hold(path), join(path, "lock"));
  assert.ok(existsSync(join(path, "lock")));
});

// The lock of a mock's folder: only one process holds it, even under contention.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { folder, ownModuleFile } from "./support.mjs";

const file = await ownModuleFile("storage/lock.ts");
const { acquireLock } = await import(pathToFileURL(file).href);

const windows = process.platform === "win32" && "Windows has no such files";

/** The content of a lock file. Default: a process of this machine that never existed. */
const holder = (more = {}) => JSON.stringify({ pid: 999_999_999, pidNamespace, started: "1", token: "x", ...more });

/** The process id namespace of this machine, as written in a lock. */
const { pidNamespace } = await (async () => {
  const path = folder();
  const lock = await acquireLock(path, "mock");
  const text = readFileSync(join(path, "lock"), "utf8");
  await lock.release();
  assert.deepEqual(readdirSync(path), []);
  return JSON.parse(text);
})();

/** Short intervals for tests. */
const quick = { settleTime: 20, renewInterval: 20, staleAfter: 300 };

// Acquires the lock at a given time, prints the result, and runs until its input ends.
const contender = `
  const { acquireLock } = require(process.argv[1]);
  const [path, moment] = process.argv.slice(2);
  while (Date.now() < Number(moment));
  const said = acquireLock(path, "mock").then(() => console.log("held"), (error) => console.log(error.message));
  said.then(() => process.stdin.resume());`;

/** Lets several processes acquire a lock at the same time. Returns their output and process ids. */
async function contend(path, many) {
  const startAt = Date.now() + 400;
  /** @type {import("node:child_process").SpawnOptionsWithStdioTuple<"pipe", "pipe", "inherit">} */
  const options = { stdio: ["pipe", "pipe", "inherit"], env: { PATH: process.env.PATH } };
  const children = Array.from({ length: many }, () =>
    spawn(process.execPath, ["-e", contender, file, path, String(startAt)], options),
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
  ["of a dead process", holder()],
  ["that is empty", ""],
  ["that does not exist", undefined],
]) {
  test(`of several processes that acquire a lock ${words}, one succeeds`, async () => {
    for (let round = 0; round < 4; round++) {
      const path = folder();
      if (text !== undefined) writeFileSync(join(path, "lock"), text);
      const { said, lock, pids } = await contend(path, 4);
      assert.equal(said.filter((one) => one === "held").length, 1, said.join("\n"));
      assert.equal(String(JSON.parse(lock).pid), pids[said.indexOf("held")]);
      // The named process may have held the lock only briefly.
      for (const one of said)
        if (one !== "held")
          assert.match(one, new RegExp(`in use by another batchlight mock \\(process (${pids.join("|")})\\); `));
      assert.deepEqual(readdirSync(path), ["lock"]);
    }
  });
}

test("a failed takeover of a lock leaves no file", async () => {
  const path = folder();
  mkdirSync(join(path, "lock"));
  await assert.rejects(acquireLock(path, "mock"));
  assert.deepEqual(readdirSync(path), ["lock"]);
});

test("a lock of a running process is kept", async () => {
  const path = folder();
  const text = holder({ pid: process.ppid, started: "" });
  writeFileSync(join(path, "lock"), text);
  await assert.rejects(acquireLock(path, "mock"), new RegExp(`\\(process ${process.ppid}\\); `));
  assert.equal(readFileSync(join(path, "lock"), "utf8"), text);
});

test("a reused process id is not the holder", async () => {
  for (const pid of [process.pid, process.ppid]) {
    const path = folder();
    // The holder with this process id started at boot.
    writeFileSync(join(path, "lock"), holder({ pid, ...(pid === process.ppid && { started: "0" }) }));
    const lock = await acquireLock(path, "mock");
    assert.equal(JSON.parse(readFileSync(join(path, "lock"), "utf8")).pid, process.pid);
    await lock.release();
    assert.ok(!existsSync(join(path, "lock")));
  }
});

test("a holder in another container keeps its lock while it renews it", async () => {
  const path = folder();
  const text = holder({ pid: process.pid, pidNamespace: "another boot pid:[1]", started: "1" });
  writeFileSync(join(path, "lock"), text);
  const beat = setInterval(() => utimesSync(join(path, "lock"), new Date(), new Date()), 10);
  await assert.rejects(
    acquireLock(path, "mock", quick),
    new RegExp(`\\(process ${process.pid} in another container or on another machine\\); `),
  );
  clearInterval(beat);
  assert.equal(readFileSync(join(path, "lock"), "utf8"), text);
  const lock = await acquireLock(path, "mock", quick);
  assert.notEqual(readFileSync(join(path, "lock"), "utf8"), text);
  await lock.release();
});

test("a process detects a lost lock and does not remove the next one", async () => {
  const path = folder();
  const lock = await acquireLock(path, "mock", quick);
  assert.equal(await lock.isLost(), false);
  rmSync(join(path, "lock"));
  assert.equal(await lock.isLost(), true);
  const next = await acquireLock(path, "mock", quick);
  assert.deepEqual([await lock.isLost(), await next.isLost()], [true, false]);
  await lock.release();
  assert.ok(existsSync(join(path, "lock")));
  await next.release();
});

test("an invalid lock has no holder", async () => {
  for (const text of ["null", "[]", "{}", "7", '{"pid":1}', holder({ pid: -1 }), holder({ pid: "1" }), "\0\0"]) {
    const path = folder();
    writeFileSync(join(path, "lock"), text);
    await (await acquireLock(path, "mock", quick)).release();
    assert.deepEqual(readdirSync(path), []);
  }
});

test("a FIFO or link in place of the lock is replaced", { skip: windows }, async () => {
  for (const make of [(lock) => execFileSync("mkfifo", [lock]), (lock) => symlinkSync("nowhere", lock)]) {
    const path = folder();
    make(join(path, "lock"));
    const lock = await acquireLock(path, "mock", quick);
    assert.equal(JSON.parse(readFileSync(join(path, "lock"), "utf8")).pid, process.pid);
    await lock.release();
    assert.deepEqual(readdirSync(path), []);
  }
});

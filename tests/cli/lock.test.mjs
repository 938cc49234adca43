// Who may use the folder of a mock: one process, whatever others do at the same moment.
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

const file = await ownModuleFile("mock/lock.ts");
const { acquireLock } = await import(pathToFileURL(file).href);

const windows = process.platform === "win32" && "Windows has no such files";

/** What a lock says of its holder; by default a process of this machine that never was. */
const holder = (more = {}) => JSON.stringify({ pid: 999_999_999, pidNamespace, started: "1", token: "x", ...more });

/** Where process ids mean what they mean here, as a lock of this process says it. */
const { pidNamespace } = await (async () => {
  const path = folder();
  const lock = await acquireLock(path);
  const text = readFileSync(join(path, "lock"), "utf8");
  await lock.release();
  assert.deepEqual(readdirSync(path), []);
  return JSON.parse(text);
})();

/** Times for tests: a holder of another machine that is silent for so long is dead. */
const quick = { settleTime: 20, renewInterval: 20, staleAfter: 300 };

// Takes the lock at a given moment, says how that went, and lives on until its input ends.
const contender = `
  const { acquireLock } = require(process.argv[1]);
  const [path, moment] = process.argv.slice(2);
  while (Date.now() < Number(moment));
  const said = acquireLock(path).then(() => console.log("held"), (error) => console.log(error.message));
  said.then(() => process.stdin.resume());`;

/** Lets several processes take a lock at once; gives their pids and what each says, once all have said it. */
async function contend(path, many) {
  const moment = Date.now() + 400;
  /** @type {import("node:child_process").SpawnOptionsWithStdioTuple<"pipe", "pipe", "inherit">} */
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
  ["that a dead process left", holder()],
  ["that was never written", ""],
  ["that is not there", undefined],
]) {
  test(`of several that take a lock ${words} at once, one has it`, async () => {
    for (let round = 0; round < 4; round++) {
      const path = folder();
      if (text !== undefined) writeFileSync(join(path, "lock"), text);
      const { said, lock, pids } = await contend(path, 4);
      assert.equal(said.filter((one) => one === "held").length, 1, said.join("\n"));
      assert.equal(String(JSON.parse(lock).pid), pids[said.indexOf("held")]);
      // The one it names may have had it for a moment only.
      for (const one of said)
        if (one !== "held")
          assert.match(one, new RegExp(`in use by another batchlight mock \\(process (${pids.join("|")})\\); `));
      assert.deepEqual(readdirSync(path), ["lock"]);
    }
  });
}

test("where a dead lock cannot be replaced, nothing is left behind", async () => {
  const path = folder();
  mkdirSync(join(path, "lock"));
  await assert.rejects(acquireLock(path));
  assert.deepEqual(readdirSync(path), ["lock"]);
});

test("a lock of a process that lives is left alone", async () => {
  const path = folder();
  const text = holder({ pid: process.ppid, started: "" });
  writeFileSync(join(path, "lock"), text);
  await assert.rejects(acquireLock(path), new RegExp(`\\(process ${process.ppid}\\); `));
  assert.equal(readFileSync(join(path, "lock"), "utf8"), text);
});

test("a number that came round, to this process or to another, is not the holder", async () => {
  for (const pid of [process.pid, process.ppid]) {
    const path = folder();
    // The holder of this number was started with the system.
    writeFileSync(join(path, "lock"), holder({ pid, ...(pid === process.ppid && { started: "0" }) }));
    const lock = await acquireLock(path);
    assert.equal(JSON.parse(readFileSync(join(path, "lock"), "utf8")).pid, process.pid);
    await lock.release();
    assert.ok(!existsSync(join(path, "lock")));
  }
});

test("a holder in another container, with the same number, keeps its lock as long as it renews it", async () => {
  const path = folder();
  const text = holder({ pid: process.pid, pidNamespace: "another boot pid:[1]", started: "1" });
  writeFileSync(join(path, "lock"), text);
  const beat = setInterval(() => utimesSync(join(path, "lock"), new Date(), new Date()), 10);
  await assert.rejects(
    acquireLock(path, quick),
    new RegExp(`\\(process ${process.pid} in another container or on another machine\\); `),
  );
  clearInterval(beat);
  assert.equal(readFileSync(join(path, "lock"), "utf8"), text);
  const lock = await acquireLock(path, quick);
  assert.notEqual(readFileSync(join(path, "lock"), "utf8"), text);
  await lock.release();
});

test("who has lost its lock knows it, and leaves that of the next alone", async () => {
  const path = folder();
  const lock = await acquireLock(path, quick);
  assert.equal(await lock.isLost(), false);
  rmSync(join(path, "lock"));
  assert.equal(await lock.isLost(), true);
  const next = await acquireLock(path, quick);
  assert.deepEqual([await lock.isLost(), await next.isLost()], [true, false]);
  await lock.release();
  assert.ok(existsSync(join(path, "lock")));
  await next.release();
});

test("what no lock says is no holder", async () => {
  for (const text of ["null", "[]", "{}", "7", '{"pid":1}', holder({ pid: -1 }), holder({ pid: "1" }), "\0\0"]) {
    const path = folder();
    writeFileSync(join(path, "lock"), text);
    await (await acquireLock(path, quick)).release();
    assert.deepEqual(readdirSync(path), []);
  }
});

test("a FIFO, or a link, in the place of the lock is not waited for", { skip: windows }, async () => {
  for (const make of [(lock) => execFileSync("mkfifo", [lock]), (lock) => symlinkSync("nowhere", lock)]) {
    const path = folder();
    make(join(path, "lock"));
    const lock = await acquireLock(path, quick);
    assert.equal(JSON.parse(readFileSync(join(path, "lock"), "utf8")).pid, process.pid);
    await lock.release();
    assert.deepEqual(readdirSync(path), []);
  }
});

// Build steps that are skipped if their inputs have not changed. Works without any npm package.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { at, cache, print, elapsed } from "./process.mjs";

/** All files below a path of the project, sorted. Skips `node_modules` and `dist`. The path can be a file. */
function filesBelow(path) {
  const full = at(path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .filter((name) => name !== "node_modules" && name !== "dist")
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/** A hash of the names and contents of files, and of other values that affect the result, such as tool versions. */
export function fingerprint(inputs, also = []) {
  const hash = createHash("sha256").update(JSON.stringify(also));
  for (const file of inputs.flatMap(filesBelow)) hash.update(`\0${file}\0`).update(readFileSync(at(file)));
  return hash.digest("hex");
}

/**
 * A step and its dependencies. Inputs and outputs are paths of files or folders in the project; `also` are other values
 * that affect the result, such as tool versions.
 *
 * @typedef {{ name: string, inputs: string[], also?: unknown[], outputs?: string[] }} Step
 */

const recordOf = (name) => join(cache, "steps", name.replace(/\W+/g, "-"));

/**
 * Whether the last run of a step had the same inputs, and its outputs still exist.
 *
 * @param {Step} about
 */
export function isFresh({ name, inputs, also = [], outputs = [] }) {
  const record = recordOf(name);
  if (!existsSync(record) || !outputs.every((path) => existsSync(at(path)))) return false;
  return readFileSync(record, "utf8") === fingerprint(inputs, also);
}

/** Records the fingerprint of the inputs with which a step succeeded. */
export function remember(name, key) {
  mkdirSync(dirname(recordOf(name)), { recursive: true });
  writeFileSync(recordOf(name), key);
}

/**
 * Runs a step, unless its last run had the same inputs and its outputs still exist.
 *
 * @param {Step} about
 * @param {() => unknown} work
 * @returns {Promise<boolean>} whether the step ran
 */
export async function step(about, work) {
  const start = performance.now();
  const { name, inputs, also = [] } = about;
  const fresh = isFresh(about);
  if (!fresh) {
    // Computed before the work, so that the next run sees changes that are made meanwhile.
    const key = fingerprint(inputs, also);
    rmSync(recordOf(name), { force: true });
    await work();
    remember(name, key);
  }
  print(`  ${name.padEnd(44)} ${fresh ? "unchanged" : elapsed(start)}`);
  return !fresh;
}

/** Waits until no other script builds in this project, then locks it. Returns a function that unlocks it. */
export async function lockProject() {
  const lock = join(cache, "lock");
  mkdirSync(cache, { recursive: true });
  for (let announced = false; ; await new Promise((wake) => setTimeout(wake, 300))) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (hasHolderEnded(lock)) removeStale(lock);
    else if (!announced) {
      print("  another build is running in this project; waiting for it");
      announced = true;
    }
  }
  const release = () => rmSync(lock, { force: true });
  process.once("exit", release);
  return () => {
    process.removeListener("exit", release);
    release();
  };
}

function hasHolderEnded(lock) {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    // An empty file reads as pid 0: the other process is about to write its pid.
    if (pid !== 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    // EPERM: the holder is a process of another user. ENOENT: it has removed the lock.
    return error.code !== "EPERM" && error.code !== "ENOENT";
  }
}

/**
 * Removes a lock whose holder has ended. Only one process does so at a time and checks the holder again. Otherwise a
 * process could remove the lock of another one that had removed the stale lock just before.
 */
function removeStale(lock) {
  const removing = `${lock}-removing`;
  try {
    mkdirSync(removing);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return;
  }
  try {
    if (hasHolderEnded(lock)) rmSync(lock, { force: true });
  } finally {
    rmdirSync(removing);
  }
}

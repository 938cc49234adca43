// Build steps that are skipped if their inputs have not changed. Works without any npm package.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
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

/**
 * Waits until no other script builds in this project, then locks it. Returns a function that unlocks it.
 *
 * Each process that wants the lock creates a file of its own, whose name contains its process id, and then looks at the
 * others: it has the lock if it finds none of a running process. Of two that create theirs at once, the later one finds
 * the other's, and at worst both try again. No file is ever used by a second process, so removing one that a killed
 * process left cannot remove the lock of another.
 *
 * @param {string} [folder] the folder of these files
 */
export async function lockProject(folder = join(cache, "locks")) {
  mkdirSync(folder, { recursive: true });
  const own = `${process.pid}-${randomUUID()}`;
  const release = () => rmSync(join(folder, own), { force: true });
  process.once("exit", release);
  for (let announced = false; ; announced = true) {
    if (!isHeldByOthers(folder, own)) {
      writeFileSync(join(folder, own), "");
      if (!isHeldByOthers(folder, own)) break;
      release();
    }
    if (!announced) print("  another build is running in this project; waiting for it");
    // The time is random, so that two that wait do not meet again and again.
    await new Promise((wake) => setTimeout(wake, 100 + 300 * Math.random()));
  }
  return () => {
    process.removeListener("exit", release);
    release();
  };
}

/** Whether another running process wants or has the lock. Removes the files of processes that have ended. */
function isHeldByOthers(folder, own) {
  return readdirSync(folder).some((name) => {
    if (name === own) return false;
    if (isRunning(Number.parseInt(name, 10))) return true;
    rmSync(join(folder, name), { force: true });
    return false;
  });
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process of another user.
    return error.code === "EPERM";
  }
}

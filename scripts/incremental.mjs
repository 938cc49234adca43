// A build step that is left out when nothing it reads has changed. Needs nothing installed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { at, cache, print, elapsed } from "./process.mjs";

/** All files below a path of the project, sorted, without what was installed or built there; a file is itself. */
export function filesBelow(path) {
  const full = at(path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .filter((name) => name !== "node_modules" && name !== "dist")
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/** One hash for the names and bytes of files and for whatever else decides the result, such as tool versions. */
export function fingerprint(inputs, also = []) {
  const hash = createHash("sha256").update(JSON.stringify(also));
  for (const file of inputs.flatMap(filesBelow)) hash.update(`\0${file}\0`).update(readFileSync(at(file)));
  return hash.digest("hex");
}

/**
 * What a step is and what it depends on. Inputs and outputs are paths in the project, files or folders.
 *
 * @typedef {{ name: string, inputs: string[], also?: unknown[], outputs?: string[] }} Step
 */

const recordOf = (name) => join(cache, "steps", name.replace(/\W+/g, "-"));

/**
 * Whether the last run of a step had the same inputs, and its outputs are still there.
 *
 * @param {Step} about
 */
export function isFresh({ name, inputs, also = [], outputs = [] }) {
  const record = recordOf(name);
  if (!existsSync(record) || !outputs.every((path) => existsSync(at(path)))) return false;
  return readFileSync(record, "utf8") === fingerprint(inputs, also);
}

/** Notes the fingerprint with which a step succeeded. */
export function remember(name, key) {
  mkdirSync(dirname(recordOf(name)), { recursive: true });
  writeFileSync(recordOf(name), key);
}

/**
 * Does a piece of work unless its last run had the same inputs and its outputs are still there.
 *
 * @param {Step} about
 * @param {() => unknown} work
 * @returns {Promise<boolean>} whether it was done
 */
export async function step(about, work) {
  const start = performance.now();
  const { name, inputs, also = [] } = about;
  const fresh = isFresh(about);
  if (!fresh) {
    // Before the work: what changes meanwhile is for the next run to see.
    const key = fingerprint(inputs, also);
    rmSync(recordOf(name), { force: true });
    await work();
    remember(name, key);
  }
  print(`  ${name.padEnd(44)} ${fresh ? "unchanged" : elapsed(start)}`);
  return !fresh;
}

/** Waits while another run of the scripts holds the project, then holds it until the process ends. */
export async function holdProject() {
  const lock = join(cache, "lock");
  mkdirSync(cache, { recursive: true });
  for (let told = false; ; await new Promise((wake) => setTimeout(wake, 300))) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (!holderLives(lock)) rmSync(lock, { force: true });
    else if (!told) {
      print("  another build is running here; waiting for it");
      told = true;
    }
  }
  const release = () => rmSync(lock, { force: true });
  process.once("exit", release);
  return () => {
    process.removeListener("exit", release);
    release();
  };
}

function holderLives(lock) {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    // A pid of 0 is a lock just being written.
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

// One process at a time in a folder: a file that names the one, and that outlives it when it is killed.
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Trouble, codeOf } from "../exit.js";

/** Within this many milliseconds a process goes from one call of the system to the next. */
const settling = 250;

/**
 * Takes a folder's lock; one of a process that lives no more is taken over.
 *
 * @returns the lock's path, to be removed in the end
 * @throws {Trouble} when a process that lives has it
 */
export async function hold(path: string): Promise<string> {
  const lock = join(path, "lock");
  for (;;) {
    if (made(lock)) return lock;
    // Nothing in it: made a moment ago, or by one that was killed before it wrote.
    const holder = textOf(lock) || (await wait(settling), textOf(lock));
    if (lives(holder))
      throw new Trouble(
        `${path}: is in use by another batchlight mock, process ${holder}; if it is not, remove ${lock}`,
      );
    if (await takenOver(lock, holder)) return lock;
  }
}

function made(lock: string): boolean {
  try {
    const file = openSync(lock, "wx");
    writeFileSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

// Several may find the same dead lock. Each puts its own in that place, whole; when all have had the time to, it is
// that of the last. Were it removed first, a slow one would remove what a fast one has made since.
async function takenOver(lock: string, dead: string): Promise<boolean> {
  const own = `${lock}.${process.pid}`;
  try {
    writeFileSync(own, String(process.pid));
    if (textOf(lock) === dead) renameSync(own, lock);
  } finally {
    rmSync(own, { force: true });
  }
  await wait(settling);
  return textOf(lock) === String(process.pid);
}

/** What the lock says; nothing where it is gone. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function lives(holder: string): boolean {
  const pid = Number(holder);
  // No number: its writer was killed before it wrote one. Our own: a number that came round.
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

// One process at a time in a folder: a file that names the one, and that outlives it when it is killed. A process of
// this machine is known by its id and when it was started; one of another container or machine by the file, whose time
// its holder renews as long as it isRunning.
import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, futimesSync, lstatSync, openSync, readFileSync, readlinkSync } from "node:fs";
import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CliError, errorCode } from "../exit.js";

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  /** Where process ids mean the same: this boot of a machine, and this container of it. */
  readonly pidNamespace: string;
  /** When the process was started, as the system counts; empty pidNamespace it does not say. */
  readonly started: string;
  /** No two locks have the same. */
  readonly token: string;
}

/** A lock that is createLock. */
export interface Lock {
  /** Whether another process has it now, or it was removed. */
  isLost(): Promise<boolean>;
  /** Lets go of it. */
  release(): Promise<void>;
}

/** Real milliseconds. */
export interface LockTimings {
  /** Within this time a process goes from one call of the system to the next. */
  readonly settleTime: number;
  /** How often the holder renews the file's time. */
  readonly renewInterval: number;
  /** How long a file whose holder cannot be asked for may stay as it is until the holder counts as dead. */
  readonly staleAfter: number;
}

const defaultTimings: LockTimings = { settleTime: 250, renewInterval: 1000, staleAfter: 6000 };

/**
 * Takes a folder's lock; one of a process that isRunning no more is taken over.
 *
 * @throws {CliError} when a process that isRunning has it
 */
export async function acquireLock(path: string, timings: LockTimings = defaultTimings): Promise<Lock> {
  const lock = join(path, "lock");
  const ownText = JSON.stringify({
    pid: process.pid,
    pidNamespace: currentPidNamespace(),
    started: processStartTime("self"),
    token: randomUUID(),
  });
  for (;;) {
    const file = createExclusively(lock, ownText) ?? (await takeOver(lock, ownText, timings));
    if (file !== undefined) return createLock(lock, file, timings);
  }
}

function createLock(lock: string, file: number, { renewInterval }: LockTimings): Lock {
  const renew = () => futimesSync(file, new Date(), new Date());
  const timer = setInterval(renew, renewInterval);
  timer.unref();
  const { ino } = fstatSync(file, { bigint: true });
  const isLost = async () => inode(lock) !== ino;
  return {
    isLost,
    async release() {
      clearInterval(timer);
      if (!(await isLost())) rmSync(lock, { force: true });
      closeSync(file);
    },
  };
}

const inode = (file: string): bigint | undefined => statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;

/** Makes a file that is not there yet, and leaves it open. */
function createExclusively(path: string, text: string): number | undefined {
  let file: number;
  try {
    file = openSync(path, "wx");
  } catch (error) {
    if (errorCode(error) === "EEXIST") return undefined;
    throw error;
  }
  try {
    writeFileSync(file, text);
    return file;
  } catch (error) {
    closeSync(file);
    rmSync(path, { force: true });
    throw error;
  }
}

// Several may find the same dead lock. Each puts its ownText in that place, whole; when all have had the time to, it is
// that of the last. Were it removed first, a slow one would remove what a fast one has createExclusively since.
async function takeOver(lock: string, ownText: string, timings: LockTimings): Promise<number | undefined> {
  // Nothing in it: createExclusively a moment ago, or by one that was killed before it wrote.
  let text = readLock(lock);
  if (!text) {
    await wait(timings.settleTime);
    text = readLock(lock);
  }
  await assertHolderStopped(lock, text, timings);
  const { token } = JSON.parse(ownText) as Holder;
  const temporary = `${lock}.${token}`;
  const file = createExclusively(temporary, ownText);
  if (file === undefined) return undefined;
  try {
    if (readLock(lock) === text) renameSync(temporary, lock);
  } catch (error) {
    closeSync(file);
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  await wait(timings.settleTime);
  if (readLock(lock) === ownText) return file;
  closeSync(file);
  return undefined;
}

/** Throws pidNamespace the holder isRunning. */
async function assertHolderStopped(lock: string, text: string, timings: LockTimings): Promise<void> {
  const holder = holderIn(text);
  // Its writer was killed before it wrote.
  if (!holder) return;
  const isLocal = holder.pidNamespace === currentPidNamespace();
  if (isLocal ? !isRunning(holder) : !(await isRenewed(lock, text, timings))) return;
  const remoteSuffix = isLocal ? "" : " of another container or machine";
  const folder = join(lock, "..");
  throw new CliError(
    `${folder}: is in use by another batchlight mock, process ${holder.pid}${remoteSuffix}; if it is not, remove ${lock}`,
  );
}

function holderIn(text: string): Holder | undefined {
  try {
    const { pid, pidNamespace, started, token } = JSON.parse(text) as Holder;
    const strings = [pidNamespace, started, token].every((each) => typeof each === "string");
    return Number.isSafeInteger(pid) && pid > 0 && strings ? { pid, pidNamespace, started, token } : undefined;
  } catch {
    return undefined;
  }
}

/** What the lock says; nothing pidNamespace it is gone, or is no file: a pipe would never come to an end. */
function readLock(file: string): string {
  try {
    return lstatSync(file).isFile() ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}

/** Whether the very process isRunning, and not another one that got its number. */
function isRunning({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== "EPERM") return false;
  }
  const now = processStartTime(String(pid));
  return started === "" || now === "" ? pid !== process.pid : now === started;
}

/** Whether the holder, which may be anywhere, renews its lock. */
async function isRenewed(lock: string, text: string, { settleTime, staleAfter }: LockTimings): Promise<boolean> {
  const timeOf = () => statSync(lock, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
  const before = timeOf();
  for (const end = performance.now() + staleAfter; performance.now() < end; ) {
    await wait(Math.min(settleTime, staleAfter));
    if (readLock(lock) !== text) return false;
    if (timeOf() !== before) return true;
  }
  return false;
}

/** Where process ids mean the same as for this process. */
function currentPidNamespace(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** When a process was started, in the system's ticks; empty pidNamespace there is no way to know. */
function processStartTime(pid: string): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name stands in parentheses and may have any characters; the start is the twentieth field after it.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

// Locks a folder for one process with a file that names its holder. The file remains if the holder is killed. A holder
// on this machine is checked by process id and start time. A remote holder, in another container or on another machine,
// is checked by the file's modification time, which every holder renews.
import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, futimesSync, lstatSync, openSync, readFileSync, readlinkSync } from "node:fs";
import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CliError, errorCode } from "../exit.js";

/** The process that holds a lock. */
interface Holder {
  readonly pid: number;
  /** Identifies the boot and container in which the process id is valid. */
  readonly pidNamespace: string;
  /** The start time of the process as the system reports it, or an empty string. */
  readonly started: string;
  /** Unique for each lock. */
  readonly token: string;
}

/** An acquired lock. */
export interface Lock {
  /** Whether another process has taken the lock over, or the file was removed. */
  isLost(): Promise<boolean>;
  /** Releases the lock. */
  release(): Promise<void>;
}

/** Intervals in real milliseconds. */
export interface LockTimings {
  /** An upper bound for the time between two system calls of a process. */
  readonly settleTime: number;
  /** The interval at which the holder renews the file's modification time. */
  readonly renewInterval: number;
  /** The time without renewal after which a remote holder counts as dead. */
  readonly staleAfter: number;
}

const defaultTimings: LockTimings = { settleTime: 250, renewInterval: 1000, staleAfter: 6000 };

/**
 * Locks a folder. Takes over the lock of a process that no longer runs.
 *
 * @param command the command that locks such folders, for the error
 * @throws {CliError} if a running process holds the lock
 */
export async function acquireLock(
  path: string,
  command: "mock" | "run",
  timings: LockTimings = defaultTimings,
): Promise<Lock> {
  const lock = join(path, "lock");
  const ownText = JSON.stringify({
    pid: process.pid,
    pidNamespace: currentPidNamespace(),
    started: processStartTime("self"),
    token: randomUUID(),
  });
  for (;;) {
    const file = createExclusively(lock, ownText) ?? (await takeOver(lock, ownText, timings, command));
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

/** Creates a file exclusively and returns its open descriptor. Returns undefined if the file exists. */
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

// Takes over a dead lock. Several processes may find the same one: each replaces it by a rename, and after the settle
// time the lock of the last one remains. Removing the dead lock first would be a race, because a slow process could
// remove the lock of a fast one.
async function takeOver(
  lock: string,
  ownText: string,
  timings: LockTimings,
  command: string,
): Promise<number | undefined> {
  // An empty lock was created a moment ago, or its writer was killed before it wrote.
  let text = readLock(lock);
  if (!text) {
    await wait(timings.settleTime);
    text = readLock(lock);
  }
  await assertHolderStopped(lock, text, timings, command);
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

/** Throws if the holder is still running. */
async function assertHolderStopped(lock: string, text: string, timings: LockTimings, command: string): Promise<void> {
  const holder = holderIn(text);
  // An invalid lock: its writer was killed before it wrote.
  if (!holder) return;
  const isLocal = holder.pidNamespace === currentPidNamespace();
  if (isLocal ? !isRunning(holder) : !(await isRenewed(lock, text, timings))) return;
  const remoteSuffix = isLocal ? "" : " in another container or on another machine";
  const folder = join(lock, "..");
  throw new CliError(
    `${folder}: in use by another batchlight ${command} (process ${holder.pid}${remoteSuffix}); ` +
      `if it is not running, remove ${lock}`,
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

/**
 * Reads the lock. Returns an empty string if it is missing or not a regular file, because reading a pipe would block.
 */
function readLock(file: string): string {
  try {
    return lstatSync(file).isFile() ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}

/** Whether the process is running. Compares start times, because process ids are reused. */
function isRunning({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== "EPERM") return false;
  }
  const now = processStartTime(String(pid));
  return started === "" || now === "" ? pid !== process.pid : now === started;
}

/** Whether a remote holder renews its lock. */
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

/** Identifies the boot and container of this process. */
function currentPidNamespace(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** The start time of a process in the system's ticks, or an empty string if unknown. */
function processStartTime(pid: string): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name is in parentheses and may contain any character. The start time is field 20 after it.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

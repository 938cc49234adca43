// One process at a time in a folder: a file that names the one, and that outlives it when it is killed. A process of
// this machine is known by its id and when it was started; one of another container or machine by the file, whose time
// its holder renews as long as it lives.
import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, futimesSync, openSync, readFileSync, readlinkSync } from "node:fs";
import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Trouble, codeOf } from "../exit.js";

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  /** Where process ids mean the same: this boot of a machine, and this container of it. */
  readonly where: string;
  /** When the process was started, as the system counts; empty where it does not say. */
  readonly started: string;
  /** No two locks have the same. */
  readonly token: string;
}

/** A lock that is held. */
export interface Lock {
  /** Whether another process has it now, or it was removed. */
  isLost(): Promise<boolean>;
  /** Lets go of it. */
  release(): Promise<void>;
}

/** Real milliseconds. */
export interface LockTimes {
  /** Within this time a process goes from one call of the system to the next. */
  readonly settling: number;
  /** How often the holder renews the file's time. */
  readonly beat: number;
  /** How long a file whose holder cannot be asked for may stay as it is until the holder counts as dead. */
  readonly patience: number;
}

const usual: LockTimes = { settling: 250, beat: 1000, patience: 6000 };

/**
 * Takes a folder's lock; one of a process that lives no more is taken over.
 *
 * @throws {Trouble} when a process that lives has it
 */
export async function hold(path: string, times: LockTimes = usual): Promise<Lock> {
  const lock = join(path, "lock");
  const own = JSON.stringify({ pid: process.pid, where: here(), started: startOf("self"), token: randomUUID() });
  for (;;) {
    const file = made(lock, own) ?? (await takenOver(lock, own, times));
    if (file !== undefined) return held(lock, file, times);
  }
}

function held(lock: string, file: number, { beat }: LockTimes): Lock {
  const renew = () => futimesSync(file, new Date(), new Date());
  const timer = setInterval(renew, beat);
  timer.unref();
  const { ino } = fstatSync(file, { bigint: true });
  const isLost = async () => inodeOf(lock) !== ino;
  return {
    isLost,
    async release() {
      clearInterval(timer);
      if (!(await isLost())) rmSync(lock, { force: true });
      closeSync(file);
    },
  };
}

const inodeOf = (file: string): bigint | undefined => statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;

/** Makes a file that is not there yet, and leaves it open. */
function made(path: string, text: string): number | undefined {
  let file: number;
  try {
    file = openSync(path, "wx");
  } catch (error) {
    if (codeOf(error) === "EEXIST") return undefined;
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

// Several may find the same dead lock. Each puts its own in that place, whole; when all have had the time to, it is
// that of the last. Were it removed first, a slow one would remove what a fast one has made since.
async function takenOver(lock: string, own: string, times: LockTimes): Promise<number | undefined> {
  // Nothing in it: made a moment ago, or by one that was killed before it wrote.
  let text = textOf(lock);
  if (!text) {
    await wait(times.settling);
    text = textOf(lock);
  }
  await refuseLiving(lock, text, times);
  const { token } = JSON.parse(own) as Holder;
  const beside = `${lock}.${token}`;
  const file = made(beside, own);
  if (file === undefined) return undefined;
  try {
    if (textOf(lock) === text) renameSync(beside, lock);
  } catch (error) {
    closeSync(file);
    throw error;
  } finally {
    rmSync(beside, { force: true });
  }
  await wait(times.settling);
  if (textOf(lock) === own) return file;
  closeSync(file);
  return undefined;
}

/** Throws where the holder lives. */
async function refuseLiving(lock: string, text: string, times: LockTimes): Promise<void> {
  const holder = holderIn(text);
  // Its writer was killed before it wrote.
  if (!holder) return;
  const near = holder.where === here();
  if (near ? !lives(holder) : !(await isRenewed(lock, text, times))) return;
  const far = near ? "" : " of another container or machine";
  const folder = join(lock, "..");
  throw new Trouble(
    `${folder}: is in use by another batchlight mock, process ${holder.pid}${far}; if it is not, remove ${lock}`,
  );
}

function holderIn(text: string): Holder | undefined {
  try {
    const { pid, where, started, token } = JSON.parse(text) as Holder;
    const strings = [where, started, token].every((each) => typeof each === "string");
    return Number.isSafeInteger(pid) && pid > 0 && strings ? { pid, where, started, token } : undefined;
  } catch {
    return undefined;
  }
}

/** What the lock says; nothing where it is gone. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Whether the very process lives, and not another one that got its number. */
function lives({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== "EPERM") return false;
  }
  const now = startOf(String(pid));
  return started === "" || now === "" ? pid !== process.pid : now === started;
}

/** Whether the holder, which may be anywhere, renews its lock. */
async function isRenewed(lock: string, text: string, { settling, patience }: LockTimes): Promise<boolean> {
  const timeOf = () => statSync(lock, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
  const before = timeOf();
  for (const end = performance.now() + patience; performance.now() < end; ) {
    await wait(Math.min(settling, patience));
    if (textOf(lock) !== text) return false;
    if (timeOf() !== before) return true;
  }
  return false;
}

/** Where process ids mean the same as for this process. */
function here(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** When a process was started, in the system's ticks; empty where there is no way to know. */
function startOf(pid: string): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name stands in parentheses and may have any characters; the start is the twentieth field after it.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

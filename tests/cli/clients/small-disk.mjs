// A disk of 1 MiB.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = () => mkdtempSync(join(tmpdir(), "batchlight-disk-"));

const mount = (path, size) =>
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", path], { stdio: "pipe" });

/** Returns why no small disk can be mounted, or false. */
export function mountable() {
  if (process.platform !== "linux" || process.getuid() !== 0) return "only root on Linux can mount a small disk";
  const path = folder();
  try {
    mount(path, "64k");
    execFileSync("umount", [path]);
    return false;
  } catch (error) {
    return `no small disk can be mounted here: ${error.message.split("\n")[1] ?? error.message}`;
  } finally {
    rmdirSync(path);
  }
}

/** Mounts a small disk, runs a task with its path, and unmounts it. */
export async function onSmallDisk(work) {
  const path = folder();
  mount(path, "1m");
  try {
    await work(path);
  } finally {
    execFileSync("umount", ["-l", path]);
    rmdirSync(path);
  }
}

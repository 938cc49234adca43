// Asks the file system about files that may be missing.
import { lstat } from "node:fs/promises";
import { errorCode } from "../exit.js";

/** The result of a task on a file; undefined if the file does not exist. */
export async function unlessMissing<T>(task: Promise<T>): Promise<T | undefined> {
  try {
    return await task;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Whether a path is a regular file, and no link to one. False if a part of the path is a file. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await unlessMissing(lstat(path)))?.isFile() === true;
  } catch (error) {
    if (errorCode(error) === "ENOTDIR") return false;
    throw error;
  }
}

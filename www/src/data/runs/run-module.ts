// Loads `batchlight/run` when it is needed. Only the board that the command serves can send files, so only its build
// contains the module.
import { commandNeeded } from "../api/board-settings.js";

/** Loads the module. */
export const runModule = async (): Promise<typeof import("batchlight/run")> => {
  if (import.meta.env.MODE !== "package") throw commandNeeded();
  return import("batchlight/run");
};

// Loads `batchlight/run` when it is needed. Only the board that the command serves can send files, so only its build
// contains the module.

/** Loads the module. */
export const runModule = async (): Promise<typeof import("batchlight/run")> => {
  if (import.meta.env.MODE !== "package") throw new Error("Open this page with the command `batchlight board`.");
  return import("batchlight/run");
};

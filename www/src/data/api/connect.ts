// Chooses the Batch API of this page.
import type { Api } from "./api.js";
import { boardApi } from "./board-api.js";
import { commandNeeded } from "./board-settings.js";

let connected: Promise<Api> | undefined;

/** Returns the API of this page, which is created at the first call. */
export const connect = (): Promise<Api> => {
  connected ??= createApi();
  return connected;
};

/**
 * Creates the API of this page. The simulated API is loaded only where it is needed, and the board that the command
 * serves does not contain it.
 */
async function createApi(): Promise<Api> {
  const api = boardApi();
  if (api) return api;
  if (import.meta.env.MODE === "package") throw commandNeeded();
  return (await import("./simulated-api.js")).simulatedApi();
}

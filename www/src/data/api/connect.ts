// Chooses the Batch API of this page.
import type { Api } from "./api.js";
import { boardApi } from "./board-api.js";

/**
 * Returns the API of this page. The simulated API is loaded only where it is needed, and the board that the command
 * serves does not contain it.
 */
export async function connect(): Promise<Api> {
  const api = boardApi();
  if (api) return api;
  if (import.meta.env.MODE === "package") throw new Error("Open this page with the command `batchlight board`.");
  return (await import("./simulated-api.js")).simulatedApi();
}

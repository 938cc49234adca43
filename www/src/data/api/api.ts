// The Batch API that the page asks: the one behind the command that serves the page, or one simulated in the page. Both
// are a `fetch`.
import type { ProfileName } from "batchlight";
import { served } from "./board-api.js";

/** How a request is made. */
export interface Asking {
  readonly method: "GET" | "POST";
  readonly signal: AbortSignal;
}

/** An API, and what is known of it. */
export interface Api {
  /** Asks for a path below `/v1`, such as `/batches?limit=100`. */
  fetch(path: string, asking: Asking): Promise<Response>;
  /** The present there, in Unix seconds. */
  now(): number;
  /** How many of its seconds pass in one of ours. */
  readonly speed: number;
  /** Whose batches they are. */
  readonly owner:
    | { readonly kind: "host"; readonly host: string }
    | { readonly kind: "simulated"; readonly where: "page" | "machine" };
  /** Whether it is reached through a network. */
  readonly remote: boolean;
  /** Seconds of ours between two looks at the list. */
  readonly every: number;
  /** How many single batches may be asked for in a minute of ours. */
  readonly perMinute: number;
  /** The profile to read its batches by. */
  readonly profile: ProfileName;
}

/**
 * The API of this page. What is simulated is loaded only where it is needed, and is no part of the board that the
 * command serves.
 */
export async function connect(): Promise<Api> {
  const api = served();
  if (api) return api;
  if (import.meta.env.MODE === "package") throw new Error("this page is to be served by batchlight board");
  return (await import("./simulated-api.js")).simulated();
}

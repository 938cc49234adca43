// The Batch API that the board reads from. It is either behind the command that serves the page, or simulated in the
// page. Both are called like `fetch`.
import type { ProfileName } from "batchlight";

/** A Batch API and the settings the board uses it with. */
export interface Api {
  /** Requests a path below `/v1`, such as `/batches?limit=100`. */
  fetch(path: string, init: RequestInit): Promise<Response>;
  /** The API's current time, in Unix seconds. */
  now(): number;
  /** How many of the API's seconds pass in one real second. */
  readonly speed: number;
  /** Whose batches these are. */
  readonly owner:
    | { readonly kind: "host"; readonly host: string }
    | { readonly kind: "simulated"; readonly where: "page" | "machine" };
  /** Whether batches can be cancelled. */
  readonly cancels: boolean;
  /** Whether requests go over a network. */
  readonly remote: boolean;
  /** Real seconds between two requests for the list. */
  readonly refreshSeconds: number;
  /** The maximum number of requests for single batches in a real minute. */
  readonly requestsPerMinute: number;
  /** The profile to read this API's batches with. */
  readonly profile: ProfileName;
}

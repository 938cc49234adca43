// The requests that a run sends, whichever client sends them. None of them is retried here.
import { propertyOf } from "../../common/list-page.js";
import { accountFailures } from "../../../generated/facts.js";
import { isPermanent } from "../../watch/retry-policy.js";

/** The body of a request that creates a batch. */
export interface BatchCreation {
  readonly input_file_id: string;
  readonly endpoint: string;
  readonly completion_window: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The requests of a run. Errors have a `status`, unless there was no response. */
export interface RunApi {
  upload(file: Blob, name: string, signal: AbortSignal): Promise<unknown>;
  /** Creates a batch. It cannot be aborted, because the batch may exist although the response is missing. */
  create(body: BatchCreation): Promise<unknown>;
  retrieve(id: string, signal: AbortSignal): Promise<unknown>;
  /** A page of the list, newest first. */
  list(after: string | undefined, signal: AbortSignal): Promise<unknown>;
  content(id: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  cancel(id: string): Promise<unknown>;
}

/** The number of batches of a page of the list. */
export const pageSize = 100;

/** A property that is a string with characters. */
export function stringProperty(value: unknown, name: string): string | undefined {
  const found = propertyOf(value, name);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** Whether a request may have had an effect although it failed: it timed out, or the server or the network broke. */
export function isAmbiguous(error: unknown): boolean {
  const status = propertyOf(error, "status");
  return typeof status !== "number" || status === 408 || status >= 500;
}

/** What the account must change before a request can succeed; undefined for other errors. */
export function accountHelp(error: unknown): string | undefined {
  const code = stringProperty(error, "code");
  return code !== undefined && Object.hasOwn(accountFailures, code) ? accountFailures[code] : undefined;
}

/** Whether waiting cannot help. */
export const isFinal = (error: unknown): boolean => accountHelp(error) !== undefined || isPermanent(error);

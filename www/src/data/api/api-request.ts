// Requests to the API: a response or its JSON on success, and otherwise an error with the API's own message.
import type { Api } from "./api.js";

/** How a request is sent. */
interface RequestOptions {
  readonly method: "GET" | "POST";
  readonly signal: AbortSignal;
}

/** How long a response may take to begin, in milliseconds. */
const timeout = 30_000;

/** An HTTP error response. The package's watcher reads `status` and `headers`. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly headers: Headers,
  ) {
    super(message);
  }
}

/** Whether an error says that a resource does not exist, or no longer exists. */
export const isNotFound = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 404 || error.status === 410);

/** The error for a request that got no response. */
export class UnreachableError extends Error {}

/** Sends a request and returns a successful response; otherwise throws {@link ApiError} or {@link UnreachableError}. */
export async function request(
  api: Api,
  path: string,
  { method = "GET", signal }: Partial<RequestOptions> = {},
): Promise<Response> {
  const timeoutController = new AbortController();
  const timer = setTimeout(() => timeoutController.abort(), timeout);
  let response: Response;
  try {
    response = await api.fetch(path, {
      method,
      signal: signal ? AbortSignal.any([signal, timeoutController.signal]) : timeoutController.signal,
    });
  } catch {
    signal?.throwIfAborted();
    throw new UnreachableError(
      timeoutController.signal.aborted
        ? `No response within ${timeout / 1000} seconds.`
        : "No response from the command that serves this page.",
    );
  } finally {
    // The timeout is for the headers only: the body of a large file may take longer.
    clearTimeout(timer);
  }
  if (response.ok) return response;
  const body = (await response.json().catch(() => undefined)) as { error?: { message?: unknown } } | undefined;
  const message = body?.error?.message;
  throw new ApiError(
    typeof message === "string" && message !== "" ? message : `The server returned HTTP ${response.status}.`,
    response.status,
    response.headers,
  );
}

/** Sends a request and returns the JSON of a successful response. */
export async function requestJson(api: Api, path: string, options?: Partial<RequestOptions>): Promise<unknown> {
  const response = await request(api, path, options);
  return response.json().catch(() => {
    throw new Error("The response isn’t JSON.");
  });
}

/** How to fix the cause of a failed request; `undefined` where retrying is all there is. */
export function helpFor(error: unknown): string | undefined {
  if (error instanceof UnreachableError)
    return "Check that batchlight board is still running. If not, start it again and open the link it prints.";
  if (error instanceof ApiError && (error.status === 401 || error.status === 403))
    return "Check OPENAI_API_KEY where you started batchlight board, then start it again.";
  return undefined;
}

// Turns the arguments of `fetch` into a request, and errors into responses.
import { messageOf } from "../common/thrown.js";
import { ApiError } from "./http/api-error.js";
import { BrokenConnection } from "./settings/faults.js";
import { MemoryBudgetExceeded } from "./state/memory-budget.js";

/**
 * Converts the arguments of `fetch` to a Request. Older clients pass a URL and a body of a Node library; a stream body
 * requires `duplex`.
 */
export const toRequest = (input: Request | string | URL, init: RequestInit | undefined): Request =>
  typeof input === "object" && "headers" in input && init === undefined
    ? input
    : new Request(input, { ...init, ...(init?.body && { duplex: "half" }) } as RequestInit);

/** Returns the response of a handler, or that to its error. Rejects for a simulated broken connection. */
export async function respond(
  handle: () => Response | Promise<Response>,
  log: (line: string) => void,
): Promise<Response> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof ApiError) return error.toResponse();
    if (error instanceof BrokenConnection) throw error.cause;
    const message = messageOf(error);
    if (error instanceof MemoryBudgetExceeded) return new ApiError("no_room", message).toResponse();
    log(`request failed with status 500: ${message}`);
    return new ApiError("failure", message).toResponse();
  }
}

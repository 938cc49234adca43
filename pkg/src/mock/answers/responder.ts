// What a responder receives and returns.
import type { InputRequest } from "./input-requests.js";

/** A request, as a responder gets it. */
export interface ResponderRequest extends InputRequest {
  /** The index in the input file, from 0. */
  readonly index: number;
}

/** The response of a responder. */
export interface ResponderResponse {
  /** The HTTP status. A status other than 2xx puts the line into the error file. Default: 200. */
  readonly status?: number | undefined;
  /** The body. Default: a simulated one, or an error for a status other than 2xx. */
  readonly body?: unknown;
  /** The text of a simulated body. */
  readonly content?: string | undefined;
}

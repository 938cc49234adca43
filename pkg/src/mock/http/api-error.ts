// Error responses in the API's format. Status, code and message come from the simulator's table, which names the source
// of each.
import { refusals } from "../../../generated/mock-tables.js";

/** The name of an error in the table. */
export type ApiErrorName = keyof typeof refusals;

/** An error that ends a request. `first` and `second` fill the placeholders of the message. */
export class ApiError {
  constructor(
    readonly name: ApiErrorName,
    readonly first: string = "",
    readonly second: string = "",
    readonly headers: Readonly<Record<string, string>> = {},
    /** The code, where the table has none. */
    readonly code: string | null = null,
  ) {}

  /** The error response. */
  toResponse(): Response {
    const { status, message, type, param, code: knownCode } = refusals[this.name];
    const code = knownCode ?? this.code;
    const fill = (text: string) => text.replaceAll("{a}", () => this.first).replaceAll("{b}", () => this.second);
    const error = { message: fill(message), type, param: (param && fill(param)) || null, code };
    return Response.json(
      { error },
      { status: this.name === "other" ? Number(this.first) : status, headers: this.headers },
    );
  }
}

/** Ends the request with an error. */
export function throwApiError(
  name: ApiErrorName,
  first?: string,
  second?: string,
  headers?: Record<string, string>,
): never {
  throw new ApiError(name, first, second, headers);
}

/** Describes the type of a value in the words of the API. */
export function describeType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isInteger(value) ? "an integer" : "a decimal";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

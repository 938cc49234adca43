// Answers with an error in the server's own shape. Status, code and text come from the simulator's table, which says
// the source of each.
import { refusals } from "../../generated/mock-tables.js";

/** What can be refused. */
export type ApiErrorName = keyof typeof refusals;

/** A refusal, thrown to end a request. */
export class ApiError {
  constructor(
    readonly name: ApiErrorName,
    readonly first: string = "",
    readonly second: string = "",
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The answer. */
  toResponse(): Response {
    const { status, message, type, param, code } = refusals[this.name];
    const fill = (text: string) => text.replaceAll("{a}", () => this.first).replaceAll("{b}", () => this.second);
    const error = { message: fill(message), type, param: param === null ? null : fill(param), code };
    return Response.json(
      { error },
      { status: this.name === "other" ? Number(this.first) : status, headers: this.headers },
    );
  }
}

/** Ends the request. */
export function throwApiError(
  name: ApiErrorName,
  first?: string,
  second?: string,
  headers?: Record<string, string>,
): never {
  throw new ApiError(name, first, second, headers);
}

/** What a value is, in words such as servers use. */
export function describeType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isInteger(value) ? "an integer" : "a decimal";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

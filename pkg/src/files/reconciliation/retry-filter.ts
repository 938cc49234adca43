// Selects the requests to retry.
import type { Retry } from "../../../generated/files-types.js";
import { verdicts as verdictNames } from "../../../generated/facts.js";
import { retryNames } from "../../../generated/files-boundary.js";
import { indexOfName } from "../../runtime/errors.js";
import { readOnce } from "../operations/options.js";
import type { RequestVerdict, RetryOptions } from "../types.js";

/**
 * Returns a predicate for a request and its retry advice.
 *
 * @throws {RangeError} for an unknown verdict or retry class
 */
export function retryFilter(options: RetryOptions | undefined): (request: RequestVerdict, advice: Retry) => boolean {
  const { causes, retry, where, ...own } = readOnce(options, ["verdicts", "retry", "causes", "where"]);
  const verdicts = own.verdicts ?? (causes ? ["failed", "incomplete"] : ["failed", "missing"]);
  const wanted = retry ?? (own.verdicts || causes ? "all" : "transient");
  for (const name of verdicts) indexOfName("verdicts", verdictNames, name);
  indexOfName("retry", [...retryNames, "all"], wanted);
  return (request, advice) =>
    verdicts.includes(request.verdict) &&
    (wanted === "all" || wanted === advice) &&
    (causes === undefined || request.cause === undefined || causes.includes(request.cause)) &&
    (where === undefined || where(request));
}

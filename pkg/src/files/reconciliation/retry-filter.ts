// Which requests are sent once more?
import type { Cause, Retry, Verdict } from "../../../generated/files-types.js";
import { readOnce } from "../operations/options.js";
import type { RequestVerdict } from "./reconcile.js";

/** Which requests to write. Each condition that is given has to be met. */
export interface RetryOptions {
  /** Those with one of these verdicts. Default: the failed ones where causes are given, else failed and missing. */
  readonly verdicts?: readonly Verdict[] | undefined;
  /** Requests with this retry advice. `transient` requests can be sent again unchanged, missing ones included. */
  readonly retry?: Retry | undefined;
  /** Of the failed ones, those that failed for one of these causes, by `id`. */
  readonly causes?: readonly Cause["id"][] | undefined;
  /** Those for which this answers true. */
  readonly where?: ((verdict: RequestVerdict) => boolean) | undefined;
}

/** A test of a request by the options. */
export function chosenBy(options: RetryOptions | undefined): (request: RequestVerdict, retry: Retry) => boolean {
  const { causes, retry, where, ...own } = readOnce(options, ["verdicts", "retry", "causes", "where"]);
  const verdicts = own.verdicts ?? (causes ? ["failed"] : ["failed", "missing"]);
  return (request, itsRetry) =>
    verdicts.includes(request.verdict) &&
    (retry === undefined || retry === itsRetry) &&
    (causes === undefined ||
      request.verdict !== "failed" ||
      (request.cause !== undefined && causes.includes(request.cause))) &&
    (where === undefined || where(request));
}

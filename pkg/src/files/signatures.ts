// The functions for files as every entry declares them. The entries differ in where these run, not in what they are.
import type { FixedInput, FixOptions } from "./operations/fix.js";
import type { CheckOptions } from "./operations/check.js";
import type { ByteSources } from "./operations/digest.js";
import type { FileOptions } from "./io/progress.js";
import type { JoinedResult } from "./reconciliation/join.js";
import type { ByteSource } from "./io/byte-source.js";
import type { BatchEndpoint } from "./jsonl-types.js";
import type { ReconcileOptions, ReconcileSources, Reconciliation } from "./reconciliation/reconcile.js";
import type { RetryOptions } from "./reconciliation/retry-filter.js";
import type { SplitOptions, SplitPlan } from "./operations/split.js";
import type { InputReport, ResultsDigest } from "../../generated/files-types.js";

/**
 * Checks an input file before it is sent: every line, by the rules that servers are known to refuse by. Bad input of
 * any kind is an issue, never an error.
 *
 * @param source the file: a Blob, a Response, a stream, bytes, text, an open file
 * @throws a `BatchlightFileError` if the source cannot be read, or the signal's reason
 * @example
 * import { checkInput } from "batchlight";
 * const report = await checkInput('{"custom_id": "1", "method": "POST", "url": "/v1/embeddings"}\n');
 * console.log(report.ok, report.issues[0].message);
 */
export declare function checkInput(source: ByteSource, options?: CheckOptions): Promise<InputReport>;

/**
 * Fixes what can be fixed in an input file without guessing, and lists what it changed.
 *
 * @example
 * import { fixInput } from "batchlight";
 * const { stream, report } = fixInput('[{"custom_id": "1"}, {"custom_id": "2"}]');
 * console.log(await new Response(stream).text());
 * console.log((await report).changed); // true
 */
export declare function fixInput(source: ByteSource, options?: FixOptions): FixedInput;

/**
 * Plans how an input file is split into files that stay under the limits, one model and one endpoint each. The files
 * are read from the source when their streams are: exact original bytes.
 */
export declare function splitInput(source: ByteSource, options?: SplitOptions): Promise<SplitPlan>;

/**
 * Reads output and error files by themselves: statuses, errors grouped by cause, tokens. Malformed lines are reported
 * and skipped.
 */
export declare function digestResults(sources: ByteSources, options?: FileOptions): Promise<ResultsDigest>;

/** Holds result files against their input files: what became of every request, in the order of the input. */
export declare function reconcile(sources: ReconcileSources, options?: ReconcileOptions): Promise<Reconciliation>;

/**
 * The exact original lines of chosen requests, as a new input file; without options those that failed for a passing
 * cause or are missing.
 */
export declare function writeRetry(reconciliation: Reconciliation, options?: RetryOptions): ReadableStream<Uint8Array>;

/** The best result line of each request, in the order of the input: one output file out of many attempts. */
export declare function mergeResults(reconciliation: Reconciliation): ReadableStream<Uint8Array>;

/** The requests and their results as objects, in the order of the input, read as they are asked for. */
export declare function joinResults<Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint>(
  reconciliation: Reconciliation,
): AsyncIterable<JoinedResult<Endpoint>>;

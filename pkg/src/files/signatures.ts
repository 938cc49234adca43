// The signatures of the functions for files. All entries have the same; they differ in the thread and the module.
import type { InputReport, ResultsDigest } from "../../generated/files-types.js";
import type {
  ByteSource,
  ByteSources,
  CheckOptions,
  FileOptions,
  FixedInput,
  FixOptions,
  ReconcileOptions,
  ReconcileSources,
  Reconciliation,
  SplitOptions,
  SplitPlan,
} from "./types.js";

/**
 * Checks every line of an input file against the rules by which servers refuse files. Invalid input of any kind is an
 * issue, not an error.
 *
 * @param source the file: a Blob, a Response, a stream, bytes, a string or an open file
 * @throws {BatchlightFileError} if the source cannot be read; the signal's reason if it is aborted
 * @example
 * import { checkInput } from "batchlight";
 * const report = await checkInput('{"custom_id": "1", "method": "POST", "url": "/v1/embeddings"}\n');
 * console.log(report.ok, report.issues[0].message);
 */
export declare function checkInput(source: ByteSource, options?: CheckOptions): Promise<InputReport>;

/**
 * Applies every fix to an input file that needs no guessing, and lists the changes.
 *
 * @example
 * import { fixInput } from "batchlight";
 * const { stream, report } = fixInput('[{"custom_id": "1"}, {"custom_id": "2"}]');
 * console.log(await new Response(stream).text());
 * console.log((await report).changed); // true
 */
export declare function fixInput(source: ByteSource, options?: FixOptions): FixedInput;

/**
 * Plans how an input file is split into files within the limits, each with one model and one endpoint. Their streams
 * read the exact lines from the source.
 *
 * @throws {BatchlightFileError} if the source cannot be read; the signal's reason if it is aborted
 */
export declare function splitInput(source: ByteSource, options?: SplitOptions): Promise<SplitPlan>;

/**
 * Summarizes output and error files without their input files: statuses, errors grouped by cause, tokens. Malformed
 * lines are reported and skipped.
 *
 * @throws {BatchlightFileError} if a source cannot be read; the signal's reason if it is aborted
 */
export declare function digestResults(sources: ByteSources, options?: FileOptions): Promise<ResultsDigest>;

/**
 * Matches result files with their input files: one verdict for each request, in input order.
 *
 * @throws {BatchlightFileError} if a source cannot be read; the signal's reason if it is aborted
 * @example
 * import { reconcile } from "batchlight";
 * const input = '{"custom_id": "a"}\n{"custom_id": "b"}\n';
 * const output = '{"custom_id": "a", "response": {"status_code": 200, "body": {}}}\n';
 * const reconciliation = await reconcile({ input, output });
 * console.log(reconciliation.succeeded, reconciliation.missing); // 1 1
 * console.log(await new Response(reconciliation.retry()).text()); // {"custom_id": "b"}
 */
export declare function reconcile(sources: ReconcileSources, options?: ReconcileOptions): Promise<Reconciliation>;

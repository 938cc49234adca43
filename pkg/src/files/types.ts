// The public types of the functions for files: sources, options and results. The types of JSONL lines are in
// jsonl-types.ts; the reports that the module writes are generated.
import type {
  Cause,
  FixReport,
  SkippedLines,
  ReconciliationReport,
  Retry,
  TokenEstimate,
  Verdict,
} from "../../generated/files-types.js";
import type { FileRole, ProfileName } from "../../generated/types.js";
import type { BatchEndpoint, BatchRequestInput, BatchRequestOutput } from "./jsonl-types.js";

/** A position and length of a read from a {@link FileHandleLike}. */
export interface HandleRead {
  /** The index in the buffer at which the first byte is stored. */
  readonly offset: number;
  /** The maximum number of bytes to read. */
  readonly length: number;
  /** The position in the file, in bytes; `null` for the current position. */
  readonly position: number | null;
}

/** The result of a read from a {@link FileHandleLike}. */
export interface HandleReadResult {
  /** The number of bytes that were read; 0 at the end of the file. */
  readonly bytesRead: number;
}

/** The size and type of an open file. */
export interface HandleStat {
  /** The size in bytes. */
  readonly size: number;
  /** Whether it is a regular file. A pipe is not; it can be read only once. */
  isFile?(): boolean;
}

/**
 * An open file, such as a `FileHandle` of Node's `node:fs/promises`. It can be read at any position and repeatedly. The
 * package does not close it.
 */
export interface FileHandleLike {
  /** Reads into a buffer. */
  read(buffer: Uint8Array, options: HandleRead): PromiseLike<HandleReadResult>;
  /** Returns the size and type of the file. */
  stat(): PromiseLike<HandleStat>;
}

/**
 * A source of a file's bytes. A string is the content of a file, not its name. Blobs, files, bytes, strings and file
 * handles can be read repeatedly. Other sources can be read only once; functions that need their bytes again copy them
 * to a Blob. A Node stream is an async iterable.
 */
export type ByteSource =
  | Blob
  | Response
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | Uint8Array
  | ArrayBuffer
  | string
  | FileHandleLike;

/** One source or several. */
export type ByteSources = ByteSource | readonly ByteSource[];

/** The progress of an operation. */
export interface FileProgress {
  /** The number of bytes that have been read from all sources. */
  readonly bytes: number;
  /** The size of all sources in bytes; absent if the size of one is unknown. */
  readonly total?: number | undefined;
  /** The number of lines that have been read. */
  readonly lines: number;
  /**
   * The memory of the operation's module instance in bytes. WebAssembly memory never shrinks, so this is also the
   * peak; up to 4 MiB of it can be from an earlier operation.
   */
  readonly memory: number;
}

/** The options of every operation on files. */
export interface FileOptions {
  /** Cancels the operation: it closes its sources and rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the progress at most ten times a second, and once at the end. */
  readonly onProgress?: ((progress: FileProgress) => void) | undefined;
}

/** The limits of an input file. Default: the limits of the profile. */
export interface InputLimits {
  /** The maximum number of requests. */
  readonly requests?: number | undefined;
  /** The maximum number of bytes. */
  readonly bytes?: number | undefined;
  /** The maximum number of embedding inputs in all requests. */
  readonly embeddingInputs?: number | undefined;
}

/** The options of {@link checkInput}. */
export interface CheckOptions extends FileOptions {
  /** The endpoint of the batch. Default: the endpoint of the first request. */
  readonly endpoint?: string | undefined;
  /** The provider whose rules apply. Default: `openai`. */
  readonly profile?: ProfileName | undefined;
  /** Limits that replace those of the profile. */
  readonly limits?: InputLimits | undefined;
  /** The maximum number of issues that are listed for each code; the others are only counted. Default: 20. */
  readonly maxIssues?: number | undefined;
}

/** The options of {@link fixInput}. */
export interface FixOptions extends FileOptions {
  /**
   * Adds a unique custom_id to each request without one: `true` for `request-1` and so on, or a string for another
   * prefix than `request-`. The source is then read twice. Default: `false`.
   */
  readonly assignIds?: boolean | string | undefined;
}

/** The result of {@link fixInput}. */
export interface FixedInput {
  /** The fixed file. The source is read only when this stream is read, and at the same pace. */
  readonly stream: ReadableStream<Uint8Array>;
  /** The changes. Resolves when the stream has been read to its end; rejects if it fails or is canceled. */
  readonly report: Promise<FixReport>;
}

/** The limits of the files that an input file is split into. Default: the limits of the profile. */
export interface SplitLimits extends InputLimits {
  /** The maximum number of input tokens, estimated. Default: unlimited, because the servers' limits vary by account. */
  readonly tokens?: number | undefined;
}

/** The options of {@link splitInput}. */
export interface SplitOptions extends FileOptions {
  /** The provider whose limits apply. Default: `openai`. */
  readonly profile?: ProfileName | undefined;
  /** Limits that replace those of the profile. */
  readonly limits?: SplitLimits | undefined;
  /** The prefix of file names, with or without `.jsonl`: `jobs` gives `jobs-1.jsonl` and so on. Default: `batch`. */
  readonly name?: string | undefined;
}

/** One of the files that an input file is split into. */
export interface Shard {
  /** The file name. */
  readonly name: string;
  /** The model of all its requests. */
  readonly model?: string | undefined;
  /** The endpoint of all its requests. */
  readonly endpoint?: string | undefined;
  /** The number of requests. */
  readonly requests: number;
  /** The size in bytes. */
  readonly bytes: number;
  /** The number of embedding inputs in all requests. */
  readonly embeddingInputs: number;
  /** An estimate of the input tokens of all requests. */
  readonly inputTokens: TokenEstimate;
  /**
   * Returns the exact lines of the source. Each call reads them again. The stream fails with a `BatchlightFileError` if
   * a line has changed since the file was split.
   */
  stream(): ReadableStream<Uint8Array>;
}

/** The requests of each shard, as plain data. */
export interface SplitManifest {
  /** The shards, in order. */
  readonly shards: readonly {
    /** The file name. */
    readonly name: string;
    /** The model of all its requests. */
    readonly model?: string | undefined;
    /** The endpoint of all its requests. */
    readonly endpoint?: string | undefined;
    /** The number of requests. */
    readonly requests: number;
    /** The size in bytes. */
    readonly bytes: number;
    /** The custom_ids of its requests, in order. */
    readonly custom_ids: readonly string[];
  }[];
  /** The lines that are in no shard, each with the reason. A long list is truncated. */
  readonly skipped: readonly SkippedLines[];
  /** The number of lines that are in no shard. */
  readonly skippedCount: number;
}

/** The result of {@link splitInput}. */
export interface SplitPlan {
  /** The shards, in order. */
  readonly shards: readonly Shard[];
  /** The requests of each shard. */
  readonly manifest: SplitManifest;
}

/** The result files of one role: one, or one for each batch. `undefined` stands for a batch without such a file. */
export type ResultSources = ByteSource | readonly (ByteSource | undefined)[];

/**
 * The files of one or more batches. Output and error files at the same index belong to the same batch. Attempts are in
 * chronological order.
 */
export interface ReconcileSources {
  /** The input files. Without them, every custom_id that has a result counts as a request. */
  readonly input?: ByteSources | undefined;
  /** The output files. */
  readonly output?: ResultSources | undefined;
  /** The error files. */
  readonly error?: ResultSources | undefined;
}

/** The options of {@link reconcile}. */
export interface ReconcileOptions extends FileOptions {
  /**
   * The batch of the files, or the batches in the order of their files, as objects or JSON. Their request counts are
   * compared with the files.
   */
  readonly batch?: unknown;
}

/** The bytes of a result line in a result file. */
export interface ResultRange {
  /** The role of the file. */
  readonly file: Exclude<FileRole, "input">;
  /** The index of the file among the files of its role. */
  readonly index: number;
  /** The first byte. */
  readonly offset: number;
  /** The length in bytes, without the line break. */
  readonly length: number;
}

/** The properties that every {@link RequestVerdict} has. */
export interface RequestInfo {
  /** The custom_id. One longer than 1 KiB is truncated. */
  readonly custom_id: string;
  /** The line in the input file, from 1; absent without input files. */
  readonly line?: number | undefined;
  /** The index of the input file; absent without input files. */
  readonly shard?: number | undefined;
  /** The number of attempts that have a result for this request. */
  readonly attempts: number;
  /** The HTTP status of the best result. */
  readonly statusCode?: number | undefined;
}

/** A request that succeeded. */
export interface SucceededRequest extends RequestInfo {
  /** It has a successful result. */
  readonly verdict: "succeeded";
  /** The first successful result. */
  readonly result: ResultRange;
  /** Only failed and incomplete requests have a cause. */
  readonly cause?: undefined;
}

/** A request that failed. */
export interface FailedRequest extends RequestInfo {
  /** It has only failed results. */
  readonly verdict: "failed";
  /** The `id` of the cause in `causes`. */
  readonly cause: Cause["id"];
  /** The first failed result of the last attempt. */
  readonly result: ResultRange;
}

/** A request whose answer is not what was asked for, although the server calls it completed. */
export interface IncompleteRequest extends RequestInfo {
  /** Its answer is cut off, filtered, refused or empty. */
  readonly verdict: "incomplete";
  /**
   * Why: `max_output_tokens`, `content_filter`, `refusal`, `empty_answer`, or `incomplete` for other reasons of the
   * server. The `code` of its cause.
   */
  readonly reason: string;
  /** The `id` of the cause in `causes`. */
  readonly cause: Cause["id"];
  /** The first incomplete result of the last attempt that has one. */
  readonly result: ResultRange;
}

/** A request without a result. */
export interface MissingRequest extends RequestInfo {
  /** It has no result. */
  readonly verdict: "missing";
  /** Only requests with a result have one. */
  readonly result?: undefined;
  /** Only failed and incomplete requests have a cause. */
  readonly cause?: undefined;
}

/** A request whose results are ambiguous. */
export interface AmbiguousRequest extends RequestInfo {
  /** Several requests have its custom_id (`duplicate`), or its results contradict each other (`conflicting`). */
  readonly verdict: "duplicate" | "conflicting";
  /** The best result of this custom_id, if any. */
  readonly result?: ResultRange | undefined;
  /** Only failed and incomplete requests have a cause. */
  readonly cause?: undefined;
}

/** A request and its verdict. */
export type RequestVerdict = SucceededRequest | IncompleteRequest | FailedRequest | MissingRequest | AmbiguousRequest;

/**
 * The conditions for the requests to retry. A request must meet all of them. Without conditions, the requests that can
 * succeed unchanged: those that failed for a `transient` cause, and the missing ones.
 */
export interface RetryOptions {
  /**
   * The verdicts. Default: `failed` and `missing`, or `failed` and `incomplete` if `causes` is set. An incomplete
   * answer is only retried by this option or by its cause: sent again unchanged, it ends in the same way.
   */
  readonly verdicts?: readonly Verdict[] | undefined;
  /**
   * The retry advice. `transient` requests can be sent again unchanged; they include the missing ones. Default:
   * `transient`, or `all` if `verdicts` or `causes` is set.
   */
  readonly retry?: Retry | "all" | undefined;
  /** The causes of failed and incomplete requests, by `id`. Does not apply to other verdicts. */
  readonly causes?: readonly Cause["id"][] | undefined;
  /** A predicate. */
  readonly where?: ((verdict: RequestVerdict) => boolean) | undefined;
}

/** A request joined with its result. */
export interface JoinedResult<Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint> {
  /** The custom_id. */
  readonly custom_id: string;
  /** The line of the input file; absent without input files. */
  readonly request?: BatchRequestInput<Endpoint> | undefined;
  /** The response of the best result. */
  readonly response?: NonNullable<BatchRequestOutput<Endpoint>["response"]> | undefined;
  /** The error of the best result. */
  readonly error?: NonNullable<BatchRequestOutput<Endpoint>["error"]> | undefined;
  /** The request's verdict. */
  readonly verdict: RequestVerdict;
}

/** The result of {@link reconcile}. Its methods read the files again, so the sources must not change meanwhile. */
export interface Reconciliation extends ReconciliationReport {
  /** Iterates over the verdicts of all requests, in input order. */
  verdicts(): Iterable<RequestVerdict>;

  /** Returns the verdict of the first request with a custom_id, which must be complete even if it is long. */
  verdictOf(customId: string): RequestVerdict | undefined;

  /**
   * Returns the exact input lines of the requests to retry, as a new input file: those that meet the conditions, or by
   * default those that are missing or failed for a transient cause.
   *
   * @throws {RangeError} for an unknown verdict or retry class
   */
  retry(options?: RetryOptions): ReadableStream<Uint8Array>;

  /** Returns the best result line of each request, in input order: one result file from several attempts. */
  merge(): ReadableStream<Uint8Array>;

  /** Iterates over the requests with their results as objects, in input order. Reads them on demand. */
  join<Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint>(): AsyncIterable<JoinedResult<Endpoint>>;
}

import { FileRole as FileRole$1, ProfileName } from './index.js';
export { BatchlightLoadError, FileRole, LoadErrorCode, isBatchlightLoadError } from './index.js';

/**
 * The role of a file in a batch.
 *
 * - `input`: The input file, with the requests
 * - `output`: The output file, with the results of successful requests
 * - `error`: The error file, with the errors of failed requests
 */
type FileRole = "input" | "output" | "error";
/**
 * How serious an issue is, from the lowest level to the highest.
 *
 * - `note`: A harmless deviation, such as one that the profile accepts
 * - `warning`: Valid, but suspicious
 * - `error`: Invalid
 */
type Level = "note" | "warning" | "error";

/**
 * A cause of failures, shared by several requests.
 */
interface Cause {
    /**
     * Its number in this report, from 1, in the order in which causes appear in the files.
     */
    readonly id: number;
    /**
     * The verdict of its requests: `failed`, or `incomplete` for answers that are cut off, filtered, refused
     * or empty.
     */
    readonly verdict: CauseVerdict;
    /**
     * The HTTP status; absent if the request was never answered.
     */
    readonly statusCode?: number;
    /**
     * The error's code, or its type if it has no code.
     */
    readonly code?: string;
    /**
     * The message. Numbers, ids and quoted values that differ between the requests are replaced by `…`.
     */
    readonly message: string;
    /**
     * The message with all its numbers, ids and quoted values replaced by `…`. Causes of several reports are
     * the same if verdict, status, code and this are.
     */
    readonly normalizedMessage: string;
    /**
     * Whether a retry can succeed.
     */
    readonly retry: Retry;
    /**
     * Who is responsible.
     */
    readonly responsibility: Responsibility;
    /**
     * A description of the cause.
     */
    readonly meaning: string;
    /**
     * How to fix it.
     */
    readonly advice: string;
    /**
     * The number of requests.
     */
    readonly count: number;
    /**
     * The `custom_id`s of the first five requests.
     */
    readonly examples: readonly string[];
}
/**
 * The verdict on the requests of a cause.
 *
 * - `failed`: The request failed
 * - `incomplete`: The answer is cut off, filtered, refused or empty
 */
type CauseVerdict = "failed" | "incomplete";
/**
 * The number of failures with an error code.
 */
interface CodeCount {
    /**
     * The error's code, or its type if it has no code.
     */
    readonly code: string;
    /**
     * The number of failures.
     */
    readonly count: number;
}
/**
 * A difference between the files and the counts of a batch.
 */
interface CountIssue {
    /**
     * The code, such as `completed_differs`.
     */
    readonly code: string;
    /**
     * The level.
     */
    readonly level: Level;
    /**
     * The index of the batch, from 0.
     */
    readonly batch: number;
    /**
     * The number that the batch has.
     */
    readonly expected: number;
    /**
     * The number that was found in the files.
     */
    readonly found: number;
    /**
     * The issue in one line.
     */
    readonly message: string;
    /**
     * How to fix it.
     */
    readonly help: string;
}
/**
 * The number of requests of an endpoint.
 */
interface EndpointRequests {
    /**
     * The `url` of the requests.
     */
    readonly endpoint: string;
    /**
     * The number of requests.
     */
    readonly requests: number;
}
/**
 * A place in a file.
 */
interface FilePlace {
    /**
     * The line number, from 1. Blank lines count.
     */
    readonly line: number;
    /**
     * The column, from 1, in UTF-16 code units.
     */
    readonly column: number;
    /**
     * The offset in the file, in bytes.
     */
    readonly offset: number;
}
/**
 * A change.
 */
interface FixChange {
    /**
     * The code of the issue that the change fixes.
     */
    readonly code: string;
    /**
     * The line number in the original file, from 1.
     */
    readonly line: number;
    /**
     * A description of the change in one line.
     */
    readonly message: string;
}
/**
 * The number of changes of a code.
 */
interface FixCount {
    /**
     * The code.
     */
    readonly code: string;
    /**
     * The number of changes.
     */
    readonly count: number;
}
/**
 * The changes of a file, and its size after them.
 */
interface FixReport {
    /**
     * Whether the file was changed.
     */
    readonly changed: boolean;
    /**
     * The changes, in the order of the file; the first 20 of each kind.
     */
    readonly changes: readonly FixChange[];
    /**
     * The number of changes of each code.
     */
    readonly counts: readonly FixCount[];
    /**
     * The number of bytes of the fixed file.
     */
    readonly bytes: number;
    /**
     * The number of lines of the fixed file.
     */
    readonly lines: number;
    /**
     * The number of lines of the fixed file that are objects.
     */
    readonly requests: number;
}
/**
 * An issue of an input file.
 */
interface InputIssue {
    /**
     * The code, such as `invalid_json_line`. It is the code of the server if that is known.
     */
    readonly code: string;
    /**
     * The level. The server rejects a file with an `error`; a request with a `warning` probably fails.
     */
    readonly level: Level;
    /**
     * The line number, from 1. Blank lines count.
     */
    readonly line: number;
    /**
     * The column, from 1, in UTF-16 code units as editors count them.
     */
    readonly column: number;
    /**
     * The offset in the file, in bytes.
     */
    readonly offset: number;
    /**
     * The number of bytes; absent if the issue is a position, or if something is missing.
     */
    readonly length?: number;
    /**
     * The JSON Pointer (RFC 6901) of the value in the line; empty for the line itself.
     */
    readonly pointer: string;
    /**
     * The name of the parameter as servers report it, such as `body.model`; absent if no server is known to
     * report it.
     */
    readonly param?: string;
    /**
     * The issue in one line.
     */
    readonly message: string;
    /**
     * The expected value, in words.
     */
    readonly expected: string;
    /**
     * The value that was found. Strings of the file are quoted and truncated to 80 characters.
     */
    readonly found: string;
    /**
     * How to fix it.
     */
    readonly help: string;
    /**
     * Whether a fix solves it.
     */
    readonly fixable: boolean;
    /**
     * A related place, such as the first line with the same custom_id.
     */
    readonly related?: FilePlace;
}
/**
 * The report of the check of an input file.
 */
interface InputReport {
    /**
     * Whether no issue is an error.
     */
    readonly ok: boolean;
    /**
     * The number of bytes of the file.
     */
    readonly bytes: number;
    /**
     * The number of lines, including blank lines.
     */
    readonly lines: number;
    /**
     * The number of requests: lines that are an object, valid or not.
     */
    readonly requests: number;
    /**
     * The models, in the order of the file; at most 256.
     */
    readonly models: readonly ModelRequests[];
    /**
     * The urls, in the order of the file; at most 256.
     */
    readonly endpoints: readonly EndpointRequests[];
    /**
     * The number of embedding inputs of all requests.
     */
    readonly embeddingInputs: number;
    /**
     * The estimated number of input tokens. Embedded files and images are not counted.
     */
    readonly inputTokens: TokenEstimate;
    /**
     * The issues, in the order of the file, those of the whole file last; the first ones of each code.
     */
    readonly issues: readonly InputIssue[];
    /**
     * The number of issues of each code and level.
     */
    readonly counts: readonly IssueCount[];
    /**
     * The number of issues that a fix solves, including those that are not listed.
     */
    readonly fixable: number;
}
/**
 * The number of issues of a code and level, kept or not.
 */
interface IssueCount {
    /**
     * The code.
     */
    readonly code: string;
    /**
     * The level.
     */
    readonly level: Level;
    /**
     * The number of issues.
     */
    readonly count: number;
}
/**
 * The issues of one kind.
 */
interface IssueList {
    /**
     * The number of issues.
     */
    readonly count: number;
    /**
     * The first 20 issues.
     */
    readonly lines: readonly ResultIssue[];
}
/**
 * The number of requests of a model.
 */
interface ModelRequests {
    /**
     * The model.
     */
    readonly model: string;
    /**
     * The number of requests.
     */
    readonly requests: number;
}
/**
 * The tokens that all requests of a model used.
 */
interface ModelUsage {
    /**
     * The model; absent for results without a model, and for the models after the 256th.
     */
    readonly model?: string;
    /**
     * The number of results with a usage.
     */
    readonly requests: number;
    /**
     * The input tokens.
     */
    readonly inputTokens: number;
    /**
     * The input tokens that were cached; absent if no result has the number.
     */
    readonly cachedTokens?: number;
    /**
     * The input tokens that were written to the cache; absent if no result has the number.
     */
    readonly cacheWriteTokens?: number;
    /**
     * The output tokens.
     */
    readonly outputTokens: number;
    /**
     * The output tokens for reasoning; absent if no result has the number.
     */
    readonly reasoningTokens?: number;
    /**
     * All tokens.
     */
    readonly totalTokens: number;
    /**
     * Every other number of the details by its name, such as `audio_tokens`, if it is not 0; at most 32
     * names for each model.
     */
    readonly details: readonly UsageDetail[];
}
/**
 * The numbers and issues of a reconciliation.
 */
interface ReconciliationReport {
    /**
     * Whether every request succeeded, is incomplete, or failed. Without an input file, this is known only
     * if the counts of the batches add up to the number of requests with a result.
     */
    readonly complete: boolean;
    /**
     * The number of requests in the input files; without an input file, the number of `custom_id`s that have
     * a result.
     */
    readonly requests: number;
    /**
     * The number of requests that succeeded.
     */
    readonly succeeded: number;
    /**
     * The number of requests whose answer is cut off, filtered, refused or empty. The batch counts them as
     * completed.
     */
    readonly incomplete: number;
    /**
     * The number of requests that failed.
     */
    readonly failed: number;
    /**
     * The number of requests without a result line.
     */
    readonly missing: number;
    /**
     * The number of requests whose `custom_id` is on several input lines.
     */
    readonly duplicate: number;
    /**
     * The number of requests with conflicting results.
     */
    readonly conflicting: number;
    /**
     * The number of result lines whose `custom_id` is in no input file.
     */
    readonly unknown: number;
    /**
     * The number of result lines that repeat an earlier one without a conflict.
     */
    readonly repeated: number;
    /**
     * The causes of the failures and of the incomplete answers, the most frequent first.
     */
    readonly causes: readonly Cause[];
    /**
     * The tokens used, by model. All attempts count; repeated results count once.
     */
    readonly usage: readonly ModelUsage[];
    /**
     * The lines that are not a valid request or result. They are skipped.
     */
    readonly malformed: IssueList;
    /**
     * The lines without a `custom_id`. They belong to no verdict.
     */
    readonly withoutCustomId: IssueList;
    /**
     * The input lines whose `custom_id` is on an earlier line, with that line.
     */
    readonly duplicates: IssueList;
    /**
     * The requests with conflicting results, with two of them.
     */
    readonly conflicts: IssueList;
    /**
     * The `custom_id`s that have results and are in no input file, with the line of the best result.
     */
    readonly unknownLines: IssueList;
    /**
     * The differences between the files and the counts of the batches.
     */
    readonly countIssues: readonly CountIssue[];
}
/**
 * Who is responsible for a failure.
 *
 * - `request`: What the request asks for
 * - `account`: The key, the project or its limits
 * - `batch`: The batch ended before the request was run
 * - `server`: The server
 * - `unknown`: The cause is unknown
 */
type Responsibility = "request" | "account" | "batch" | "server" | "unknown";
/**
 * An issue of a result file.
 */
interface ResultIssue {
    /**
     * The code, such as `invalid_json_line`.
     */
    readonly code: string;
    /**
     * The level.
     */
    readonly level: Level;
    /**
     * The role of the file.
     */
    readonly file: FileRole;
    /**
     * The index of the file among the files of this role, from 0.
     */
    readonly index: number;
    /**
     * The line number, from 1. Blank lines count.
     */
    readonly line: number;
    /**
     * The column, from 1, in UTF-16 code units as editors count them.
     */
    readonly column: number;
    /**
     * The offset in the file, in bytes.
     */
    readonly offset: number;
    /**
     * The `custom_id`, truncated to 200 characters.
     */
    readonly customId?: string;
    /**
     * The issue in one line.
     */
    readonly message: string;
    /**
     * The expected value, in words.
     */
    readonly expected: string;
    /**
     * The value that was found. Strings of the file are quoted and truncated to 80 characters.
     */
    readonly found: string;
    /**
     * How to fix it.
     */
    readonly help: string;
    /**
     * A related place, such as the first of two lines with the same `custom_id`.
     */
    readonly related?: ResultPlace;
}
/**
 * A place in one of several files.
 */
interface ResultPlace {
    /**
     * The role of the file.
     */
    readonly file: FileRole;
    /**
     * The index of the file among the files of this role, from 0.
     */
    readonly index: number;
    /**
     * The line number, from 1. Blank lines count.
     */
    readonly line: number;
    /**
     * The column, from 1, in UTF-16 code units as editors count them.
     */
    readonly column: number;
    /**
     * The offset in the file, in bytes.
     */
    readonly offset: number;
}
/**
 * The digest of result files.
 */
interface ResultsDigest {
    /**
     * The number of lines that are not blank: successes, incomplete answers, failures and malformed lines.
     */
    readonly lines: number;
    /**
     * The number of results with a body, a status of 200 to 299, no error and a complete answer.
     */
    readonly succeeded: number;
    /**
     * The number of results whose answer is cut off, filtered, refused or empty. The batch counts them as
     * completed.
     */
    readonly incomplete: number;
    /**
     * The number of results with an error, without a body or with another status.
     */
    readonly failed: number;
    /**
     * The HTTP statuses, the most frequent first.
     */
    readonly statusCodes: readonly StatusCount[];
    /**
     * The error codes, the most frequent first. The codes of causes beyond the 500th are not included.
     */
    readonly errorCodes: readonly CodeCount[];
    /**
     * The causes of failures and of incomplete answers, the most frequent first.
     */
    readonly causes: readonly Cause[];
    /**
     * The tokens used, by model.
     */
    readonly usage: readonly ModelUsage[];
    /**
     * The lines that are not a valid result. They are skipped.
     */
    readonly malformed: IssueList;
    /**
     * The results without a `custom_id`. They are counted above.
     */
    readonly withoutCustomId: IssueList;
}
/**
 * Whether a failed request can succeed if it is sent again.
 *
 * - `transient`: Yes, unchanged: the cause is temporary
 * - `permanent`: Only after a change: an unchanged request fails again
 * - `unknown`: The cause is unknown
 */
type Retry = "transient" | "permanent" | "unknown";
/**
 * Adjacent lines that are in no shard for the same reason.
 */
interface SkippedLines {
    /**
     * The first line, from 1.
     */
    readonly line: number;
    /**
     * The last line.
     */
    readonly until: number;
    /**
     * The code of the issue.
     */
    readonly code: string;
    /**
     * The reason in words.
     */
    readonly reason: string;
}
/**
 * The number of results with an HTTP status.
 */
interface StatusCount {
    /**
     * The status. Some servers send 0.
     */
    readonly statusCode: number;
    /**
     * The number of results.
     */
    readonly count: number;
}
/**
 * An estimated number of tokens.
 */
interface TokenEstimate {
    /**
     * The estimate.
     */
    readonly estimate: number;
    /**
     * The low end of the range: 0.8 of the estimate.
     */
    readonly low: number;
    /**
     * The high end of the range: 1.3 of the estimate.
     */
    readonly high: number;
}
/**
 * A number that the details of `usage` have besides those of `ModelUsage`, summed.
 */
interface UsageDetail {
    /**
     * The name with that of its object, such as `prompt_tokens_details.audio_tokens`.
     */
    readonly name: string;
    /**
     * The sum.
     */
    readonly count: number;
}
/**
 * The verdict on a request.
 *
 * - `succeeded`: The request has a complete answer
 * - `incomplete`: The request has an answer that is cut off, filtered, refused or empty, although the server counts it as completed
 * - `failed`: The request only has failures
 * - `missing`: The request has no result line
 * - `duplicate`: Several input lines have the same `custom_id`, so results cannot be matched to one of them
 * - `conflicting`: Results conflict: an answer and a different result of one attempt, or two different successes
 */
type Verdict = "succeeded" | "incomplete" | "failed" | "missing" | "duplicate" | "conflicting";

/** The endpoints that are documented for batches. Servers have others, so every parameter also accepts any string. */
type BatchEndpoint = keyof BatchRequestBodies;
/** An object type that also accepts unknown properties. */
type WithMore<T> = T | (T & Readonly<Record<string, unknown>>);
/** The request bodies by endpoint: the required properties, and those that batches restrict. */
interface BatchRequestBodies {
    /** The body of a request for a response. */
    "/v1/responses": {
        /** The model. */
        readonly model?: string | undefined;
        /** The input: a string, or a list of items. */
        readonly input?: string | readonly object[] | undefined;
        /** Batches do not support streaming. */
        readonly stream?: false | null | undefined;
    };
    /** The body of a request for a chat completion. */
    "/v1/chat/completions": {
        /** The model. */
        readonly model: string;
        /** The messages of the conversation. */
        readonly messages: readonly object[];
        /** Batches do not support streaming. */
        readonly stream?: false | null | undefined;
    };
    /** The body of a request for embeddings. */
    "/v1/embeddings": {
        /** The model. */
        readonly model: string;
        /** The input: a string or an array of tokens, or a list of these. */
        readonly input: string | readonly string[] | readonly number[] | readonly (readonly number[])[];
    };
    /** The body of a request for a legacy completion. */
    "/v1/completions": {
        /** The model. */
        readonly model: string;
        /** The prompt. */
        readonly prompt: string | readonly string[] | readonly number[] | readonly (readonly number[])[] | null;
        /** Batches do not support streaming. */
        readonly stream?: false | null | undefined;
    };
    /** The body of a request for a moderation. */
    "/v1/moderations": {
        /** The model. */
        readonly model?: string | undefined;
        /** The input to classify. */
        readonly input: string | readonly string[] | readonly object[];
    };
    /** The body of a request for generated images. */
    "/v1/images/generations": {
        /** The model. */
        readonly model?: string | null | undefined;
        /** A description of the images. */
        readonly prompt: string;
    };
    /** The body of a request for edited images. */
    "/v1/images/edits": {
        /** The model. */
        readonly model?: string | null | undefined;
        /** A description of the edit. */
        readonly prompt: string;
    };
    /** The body of a request for a video. */
    "/v1/videos": {
        /** The model. */
        readonly model?: string | undefined;
        /** A description of the video. */
        readonly prompt: string;
    };
}
/** The bodies of successful responses by endpoint. */
interface BatchResponseBodies {
    /** A response. */
    "/v1/responses": {
        /** The id. */
        readonly id: string;
        /** The model. */
        readonly model: string;
        /** The output items. */
        readonly output: readonly object[];
    };
    /** A chat completion. */
    "/v1/chat/completions": {
        /** The id. */
        readonly id: string;
        /** The model. */
        readonly model: string;
        /** The choices. */
        readonly choices: readonly object[];
    };
    /** Embeddings. */
    "/v1/embeddings": {
        /** The model. */
        readonly model: string;
        /** The embeddings. */
        readonly data: readonly object[];
    };
    /** A legacy completion. */
    "/v1/completions": {
        /** The id. */
        readonly id: string;
        /** The model. */
        readonly model: string;
        /** The choices. */
        readonly choices: readonly object[];
    };
    /** A moderation. */
    "/v1/moderations": {
        /** The id. */
        readonly id: string;
        /** The model. */
        readonly model: string;
        /** The results. */
        readonly results: readonly object[];
    };
    /** Generated images. */
    "/v1/images/generations": {
        /** The creation time in Unix seconds. */
        readonly created: number;
        /** The images. */
        readonly data?: readonly object[] | undefined;
    };
    /** Edited images. */
    "/v1/images/edits": {
        /** The creation time in Unix seconds. */
        readonly created: number;
        /** The images. */
        readonly data?: readonly object[] | undefined;
    };
    /** A video job. */
    "/v1/videos": {
        /** The id. */
        readonly id: string;
        /** The model. */
        readonly model: string;
        /** The status of the job. */
        readonly status: string;
    };
}
/** The body type of an endpoint; for an unknown endpoint, any object. */
type BodyOf<Bodies, Endpoint extends string> = Endpoint extends keyof Bodies ? WithMore<Bodies[Endpoint]> : Readonly<Record<string, unknown>>;
/**
 * A line of an input file: a request.
 *
 * @example
 * const line: BatchRequestInput<"/v1/embeddings"> = {
 *   custom_id: "1",
 *   method: "POST",
 *   url: "/v1/embeddings",
 *   body: { model: "text-embedding-3-small", input: "a light for every batch", dimensions: 256 },
 * };
 */
interface BatchRequestInput<Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint, Body = BodyOf<BatchRequestBodies, Endpoint>> {
    /** The caller's id for the request, unique in the file. The result line has the same. */
    readonly custom_id: string;
    /** The HTTP method. */
    readonly method: "POST";
    /** The endpoint of the batch. */
    readonly url: Endpoint;
    /** The request body. */
    readonly body: Body;
}
/** A line of an output or error file: the result of a request. */
interface BatchRequestOutput<Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint, Body = BodyOf<BatchResponseBodies, Endpoint>> {
    /** The id of the line. Some servers omit it. */
    readonly id?: string | undefined;
    /** The caller's id for the request. */
    readonly custom_id: string;
    /** The response of the endpoint; null if the request was not executed. */
    readonly response: {
        /** The HTTP status. */
        readonly status_code: number;
        /** The server's id for the request, for support. */
        readonly request_id: string;
        /** The response body: an error for status codes other than 200. */
        readonly body: Body | BatchErrorBody;
    } | null;
    /** Why there is no response, such as `batch_expired`. An error of the endpoint is in the response instead. */
    readonly error?: {
        /** The error code. */
        readonly code?: string | undefined;
        /** A human-readable message. */
        readonly message?: string | undefined;
    } | null | undefined;
}
/** The body of an error response. */
interface BatchErrorBody {
    /** The error. */
    readonly error: {
        /** A human-readable message. */
        readonly message: string;
        /** The type of error. */
        readonly type?: string | null | undefined;
        /** The invalid parameter of the request. */
        readonly param?: string | null | undefined;
        /** The error code. */
        readonly code?: string | null | undefined;
    };
}

/** A position and length of a read from a {@link FileHandleLike}. */
interface HandleRead {
    /** The index in the buffer at which the first byte is stored. */
    readonly offset: number;
    /** The maximum number of bytes to read. */
    readonly length: number;
    /** The position in the file, in bytes; `null` for the current position. */
    readonly position: number | null;
}
/** The result of a read from a {@link FileHandleLike}. */
interface HandleReadResult {
    /** The number of bytes that were read; 0 at the end of the file. */
    readonly bytesRead: number;
}
/** The size and type of an open file. */
interface HandleStat {
    /** The size in bytes. */
    readonly size: number;
    /** Whether it is a regular file. A pipe is not; it can be read only once. */
    isFile?(): boolean;
}
/**
 * An open file, such as a `FileHandle` of Node's `node:fs/promises`. It can be read at any position and repeatedly. The
 * package does not close it.
 */
interface FileHandleLike {
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
type ByteSource = Blob | Response | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Uint8Array | ArrayBuffer | string | FileHandleLike;
/** One source or several. */
type ByteSources = ByteSource | readonly ByteSource[];
/** The progress of an operation. */
interface FileProgress {
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
interface FileOptions {
    /** Cancels the operation: it closes its sources and rejects with the signal's reason. */
    readonly signal?: AbortSignal | undefined;
    /** Called with the progress at most ten times a second, and once at the end. */
    readonly onProgress?: ((progress: FileProgress) => void) | undefined;
}
/** The limits of an input file. Default: the limits of the profile. */
interface InputLimits {
    /** The maximum number of requests. */
    readonly requests?: number | undefined;
    /** The maximum number of bytes. */
    readonly bytes?: number | undefined;
    /** The maximum number of embedding inputs in all requests. */
    readonly embeddingInputs?: number | undefined;
}
/** The options of {@link checkInput}. */
interface CheckOptions extends FileOptions {
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
interface FixOptions extends FileOptions {
    /**
     * Adds a unique custom_id to each request without one: `true` for `request-1` and so on, or a string for another
     * prefix than `request-`. The source is then read twice. Default: `false`.
     */
    readonly assignIds?: boolean | string | undefined;
}
/** The result of {@link fixInput}. */
interface FixedInput {
    /** The fixed file. The source is read only when this stream is read, and at the same pace. */
    readonly stream: ReadableStream<Uint8Array>;
    /** The changes. Resolves when the stream has been read to its end; rejects if it fails or is canceled. */
    readonly report: Promise<FixReport>;
}
/** The limits of the files that an input file is split into. Default: the limits of the profile. */
interface SplitLimits extends InputLimits {
    /** The maximum number of input tokens, estimated. Default: unlimited, because the servers' limits vary by account. */
    readonly tokens?: number | undefined;
}
/** The options of {@link splitInput}. */
interface SplitOptions extends FileOptions {
    /** The provider whose limits apply. Default: `openai`. */
    readonly profile?: ProfileName | undefined;
    /** Limits that replace those of the profile. */
    readonly limits?: SplitLimits | undefined;
    /** The prefix of file names, with or without `.jsonl`: `jobs` gives `jobs-1.jsonl` and so on. Default: `batch`. */
    readonly name?: string | undefined;
}
/** One of the files that an input file is split into. */
interface Shard {
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
interface SplitManifest {
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
interface SplitPlan {
    /** The shards, in order. */
    readonly shards: readonly Shard[];
    /** The requests of each shard. */
    readonly manifest: SplitManifest;
}
/** The result files of one role: one, or one for each batch. `undefined` stands for a batch without such a file. */
type ResultSources = ByteSource | readonly (ByteSource | undefined)[];
/**
 * The files of one or more batches. Output and error files at the same index belong to the same batch. Attempts are in
 * chronological order.
 */
interface ReconcileSources {
    /** The input files. Without them, every custom_id that has a result counts as a request. */
    readonly input?: ByteSources | undefined;
    /** The output files. */
    readonly output?: ResultSources | undefined;
    /** The error files. */
    readonly error?: ResultSources | undefined;
}
/** The options of {@link reconcile}. */
interface ReconcileOptions extends FileOptions {
    /**
     * The batch of the files, or the batches in the order of their files, as objects or JSON. Their request counts are
     * compared with the files.
     */
    readonly batch?: unknown;
}
/** The bytes of a result line in a result file. */
interface ResultRange {
    /** The role of the file. */
    readonly file: Exclude<FileRole$1, "input">;
    /** The index of the file among the files of its role. */
    readonly index: number;
    /** The first byte. */
    readonly offset: number;
    /** The length in bytes, without the line break. */
    readonly length: number;
}
/** The properties that every {@link RequestVerdict} has. */
interface RequestInfo {
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
interface SucceededRequest extends RequestInfo {
    /** It has a successful result. */
    readonly verdict: "succeeded";
    /** The first successful result. */
    readonly result: ResultRange;
    /** Only failed and incomplete requests have a cause. */
    readonly cause?: undefined;
}
/** A request that failed. */
interface FailedRequest extends RequestInfo {
    /** It has only failed results. */
    readonly verdict: "failed";
    /** The `id` of the cause in `causes`. */
    readonly cause: Cause["id"];
    /** The first failed result of the last attempt. */
    readonly result: ResultRange;
}
/** A request whose answer is not what was asked for, although the server calls it completed. */
interface IncompleteRequest extends RequestInfo {
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
interface MissingRequest extends RequestInfo {
    /** It has no result. */
    readonly verdict: "missing";
    /** Only requests with a result have one. */
    readonly result?: undefined;
    /** Only failed and incomplete requests have a cause. */
    readonly cause?: undefined;
}
/** A request whose results are ambiguous. */
interface AmbiguousRequest extends RequestInfo {
    /** Several requests have its custom_id (`duplicate`), or its results contradict each other (`conflicting`). */
    readonly verdict: "duplicate" | "conflicting";
    /** The best result of this custom_id, if any. */
    readonly result?: ResultRange | undefined;
    /** Only failed and incomplete requests have a cause. */
    readonly cause?: undefined;
}
/** A request and its verdict. */
type RequestVerdict = SucceededRequest | IncompleteRequest | FailedRequest | MissingRequest | AmbiguousRequest;
/**
 * The conditions for the requests to retry. A request must meet all of them. Without conditions, the requests that can
 * succeed unchanged: those that failed for a `transient` cause, and the missing ones.
 */
interface RetryOptions {
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
interface JoinedResult<Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint> {
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
interface Reconciliation extends ReconciliationReport {
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
declare function checkInput(source: ByteSource, options?: CheckOptions): Promise<InputReport>;
/**
 * Applies every fix to an input file that needs no guessing, and lists the changes.
 *
 * @example
 * import { fixInput } from "batchlight";
 * const { stream, report } = fixInput('[{"custom_id": "1"}, {"custom_id": "2"}]');
 * console.log(await new Response(stream).text());
 * console.log((await report).changed); // true
 */
declare function fixInput(source: ByteSource, options?: FixOptions): FixedInput;
/**
 * Plans how an input file is split into files within the limits, each with one model and one endpoint. Their streams
 * read the exact lines from the source.
 *
 * @throws {BatchlightFileError} if the source cannot be read; the signal's reason if it is aborted
 */
declare function splitInput(source: ByteSource, options?: SplitOptions): Promise<SplitPlan>;
/**
 * Summarizes output and error files without their input files: statuses, errors grouped by cause, tokens. Malformed
 * lines are reported and skipped.
 *
 * @throws {BatchlightFileError} if a source cannot be read; the signal's reason if it is aborted
 */
declare function digestResults(sources: ByteSources, options?: FileOptions): Promise<ResultsDigest>;
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
declare function reconcile(sources: ReconcileSources, options?: ReconcileOptions): Promise<Reconciliation>;

/**
 * Why a source cannot be read:
 * - `wrong_source`: the value is not a source of bytes, or it was already read or locked
 * - `unreadable_source`: reading failed, or the file changed between two reads; `cause` is the source's own error
 */
type FileErrorCode = "wrong_source" | "unreadable_source";
/**
 * Thrown for a source that cannot be read. Invalid content is an issue instead. Identified by its `name`: see
 * {@link isBatchlightFileError}.
 */
interface BatchlightFileError extends Error {
    /** Identifies the class of errors. */
    readonly name: "BatchlightFileError";
    /** Why the source cannot be read. */
    readonly code: FileErrorCode;
}
/** Whether a caught value is a {@link BatchlightFileError}. */
declare const isBatchlightFileError: (error: unknown) => error is BatchlightFileError;

export { checkInput, digestResults, fixInput, isBatchlightFileError, reconcile, splitInput };
export type { AmbiguousRequest, BatchEndpoint, BatchErrorBody, BatchRequestBodies, BatchRequestInput, BatchRequestOutput, BatchResponseBodies, BatchlightFileError, BodyOf, ByteSource, ByteSources, Cause, CauseVerdict, CheckOptions, CodeCount, CountIssue, EndpointRequests, FailedRequest, FileErrorCode, FileHandleLike, FileOptions, FilePlace, FileProgress, FixChange, FixCount, FixOptions, FixReport, FixedInput, HandleRead, HandleReadResult, HandleStat, IncompleteRequest, InputIssue, InputLimits, InputReport, IssueCount, IssueList, JoinedResult, MissingRequest, ModelRequests, ModelUsage, ReconcileOptions, ReconcileSources, Reconciliation, ReconciliationReport, RequestInfo, RequestVerdict, Responsibility, ResultIssue, ResultPlace, ResultRange, ResultSources, ResultsDigest, Retry, RetryOptions, Shard, SkippedLines, SplitLimits, SplitManifest, SplitOptions, SplitPlan, StatusCount, SucceededRequest, TokenEstimate, UsageDetail, Verdict, WithMore };

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
 * Who is responsible for a failure.
 *
 * - `request`: What the request asks for
 * - `account`: The key, the project or its limits
 * - `batch`: The batch ended before the request was run
 * - `server`: The server
 * - `unknown`: The cause is unknown
 */
type Blame = "request" | "account" | "batch" | "server" | "unknown";
/**
 * A cause of failure, shared by many requests.
 */
interface Cause {
    /**
     * Its number in this report, from 1, in the order in which causes appear in the files.
     */
    readonly id: number;
    /**
     * The HTTP status; absent when the request was never answered.
     */
    readonly statusCode?: number;
    /**
     * The error's code, or its type where it has none.
     */
    readonly code?: string;
    /**
     * The message; where it differs from request to request, numbers, ids and quoted values stand as `…`.
     */
    readonly message: string;
    /**
     * Whether sending again may help.
     */
    readonly retry: Retry;
    /**
     * Whose doing it is.
     */
    readonly blame: Blame;
    /**
     * What happened, in plain words.
     */
    readonly meaning: string;
    /**
     * What to do.
     */
    readonly advice: string;
    /**
     * How many requests failed of it.
     */
    readonly count: number;
    /**
     * Some `custom_id`s among them.
     */
    readonly examples: readonly string[];
}
/**
 * How many failures have an error code.
 */
interface CodeCount {
    /**
     * The error's code, or its type where it has none.
     */
    readonly code: string;
    /**
     * How many failures have it.
     */
    readonly count: number;
}
/**
 * Where the files and a batch's own counts disagree.
 */
interface CountIssue {
    /**
     * The code, such as `completed_differs`.
     */
    readonly code: string;
    /**
     * How grave it is.
     */
    readonly level: Level;
    /**
     * Which batch, from 0.
     */
    readonly batch: number;
    /**
     * What the batch counts.
     */
    readonly expected: number;
    /**
     * What the files hold.
     */
    readonly found: number;
    /**
     * The whole of it in one line.
     */
    readonly message: string;
    /**
     * What to do about it.
     */
    readonly help: string;
}
/**
 * How many requests go to an endpoint.
 */
interface EndpointRequests {
    /**
     * The endpoint, as the requests have it in `url`.
     */
    readonly endpoint: string;
    /**
     * How many requests go there.
     */
    readonly requests: number;
}
/**
 * A place in a file.
 */
interface FilePlace {
    /**
     * The line, from 1; blank lines count.
     */
    readonly line: number;
    /**
     * The column, from 1, in UTF-16 units.
     */
    readonly column: number;
    /**
     * The same place in bytes, from the beginning of the file.
     */
    readonly offset: number;
}
/**
 * A change.
 */
interface FixChange {
    /**
     * The code of the issue that is gone by it.
     */
    readonly code: string;
    /**
     * The line, from 1, as the file was.
     */
    readonly line: number;
    /**
     * What was done, in one line.
     */
    readonly message: string;
}
/**
 * How many changes of a code there are.
 */
interface FixCount {
    /**
     * The code.
     */
    readonly code: string;
    /**
     * How many.
     */
    readonly count: number;
}
/**
 * What was changed in a file, and what has come of it.
 */
interface FixReport {
    /**
     * Whether anything was.
     */
    readonly changed: boolean;
    /**
     * The changes, in the order of the file; the first 20 of each kind.
     */
    readonly changes: readonly FixChange[];
    /**
     * How many changes there are of each code.
     */
    readonly counts: readonly FixCount[];
    /**
     * How many bytes the file has now.
     */
    readonly bytes: number;
    /**
     * How many lines it has now.
     */
    readonly lines: number;
    /**
     * How many of them are objects that can be read.
     */
    readonly requests: number;
}
/**
 * One thing that is wrong with a file, or odd about it.
 */
interface InputIssue {
    /**
     * The code: the server's own where one is known, such as `invalid_json_line`.
     */
    readonly code: string;
    /**
     * How grave it is: the server refuses the file for an `error`, and a request will probably fail for a
     * `warning`.
     */
    readonly level: Level;
    /**
     * The line, from 1; blank lines count.
     */
    readonly line: number;
    /**
     * The column, from 1, in UTF-16 units as editors count them.
     */
    readonly column: number;
    /**
     * Where it begins in the file, in bytes from 0.
     */
    readonly offset: number;
    /**
     * How many bytes it takes; absent for what is a point in the file, or missing.
     */
    readonly length?: number;
    /**
     * Where in the value of the line, as JSON Pointer (RFC 6901); empty for the line itself.
     */
    readonly pointer: string;
    /**
     * The member at fault as servers name it, such as `body.model`; absent where no server is known to.
     */
    readonly param?: string;
    /**
     * The whole of it in one line.
     */
    readonly message: string;
    /**
     * What was expected there.
     */
    readonly expected: string;
    /**
     * What was found there. Text of the file is quoted and cut to 80 characters.
     */
    readonly found: string;
    /**
     * What to do about it.
     */
    readonly help: string;
    /**
     * Whether fix solves it.
     */
    readonly fixable: boolean;
    /**
     * The other place it is about, such as the line that has the same custom_id first.
     */
    readonly related?: FilePlace;
}
/**
 * What a check of an input file found.
 */
interface InputReport {
    /**
     * Whether no issue is an error.
     */
    readonly ok: boolean;
    /**
     * How many bytes the file has.
     */
    readonly bytes: number;
    /**
     * How many lines it has, blank ones included.
     */
    readonly lines: number;
    /**
     * How many of them hold a request: an object, whatever is wrong with it.
     */
    readonly requests: number;
    /**
     * The models, in the order of the file; of very many the first 256.
     */
    readonly models: readonly ModelRequests[];
    /**
     * The urls, in the order of the file; of very many the first 256.
     */
    readonly endpoints: readonly EndpointRequests[];
    /**
     * How many inputs its embeddings requests have in all.
     */
    readonly embeddingInputs: number;
    /**
     * How many tokens its prompts have, about; embedded files and images are not counted.
     */
    readonly inputTokens: TokenEstimate;
    /**
     * What is wrong, in the order of the file; the first few of each code.
     */
    readonly issues: readonly InputIssue[];
    /**
     * How many issues there are of each code and level.
     */
    readonly counts: readonly IssueCount[];
    /**
     * The number of issues that fix solves, including those that are not listed.
     */
    readonly fixable: number;
}
/**
 * How many issues of a code and level there are, kept or not.
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
     * How many.
     */
    readonly count: number;
}
/**
 * Lines that are in no shard.
 */
interface LeftOut {
    /**
     * The line, from 1.
     */
    readonly line: number;
    /**
     * The last line that follows it directly with the same reason; the line itself if none does.
     */
    readonly until: number;
    /**
     * The code of the issue that is the reason.
     */
    readonly code: string;
    /**
     * The reason in words.
     */
    readonly reason: string;
}
/**
 * Issues of one kind: the first 20, and how many there are.
 */
interface Listed {
    /**
     * How many there are.
     */
    readonly count: number;
    /**
     * The first of them.
     */
    readonly lines: readonly ResultIssue[];
}
/**
 * How many requests name a model.
 */
interface ModelRequests {
    /**
     * The model.
     */
    readonly model: string;
    /**
     * How many requests name it.
     */
    readonly requests: number;
}
/**
 * The tokens that all requests of one model used.
 */
interface ModelUsage {
    /**
     * The model as the results name it; absent for results that name none, and for models beyond 256.
     */
    readonly model?: string;
    /**
     * How many results told their usage.
     */
    readonly requests: number;
    /**
     * Tokens read.
     */
    readonly inputTokens: number;
    /**
     * Of these, tokens that were cached; absent when no result tells.
     */
    readonly cachedTokens?: number;
    /**
     * Tokens written.
     */
    readonly outputTokens: number;
    /**
     * Of these, tokens spent on reasoning; absent when no result tells.
     */
    readonly reasoningTokens?: number;
    /**
     * Tokens in all.
     */
    readonly totalTokens: number;
}
/**
 * What became of the requests, in numbers, with what is wrong. The verdicts themselves are the
 * `Reconciler`'s.
 */
interface ReconciliationReport {
    /**
     * Whether every request has one verdict, succeeded or failed. Without an input file that is known only
     * of batches that count as many requests as there are results.
     */
    readonly complete: boolean;
    /**
     * The requests of the input files; without an input file, the ids that have a result.
     */
    readonly requests: number;
    /**
     * Register that succeeded.
     */
    readonly succeeded: number;
    /**
     * Register that failed.
     */
    readonly failed: number;
    /**
     * Register without a result line.
     */
    readonly missing: number;
    /**
     * Register whose `custom_id` stands on several input lines.
     */
    readonly duplicate: number;
    /**
     * Register whose results disagree.
     */
    readonly conflicting: number;
    /**
     * Result lines whose `custom_id` is in no input file.
     */
    readonly unknown: number;
    /**
     * Result lines that say again what an earlier one said; no conflict.
     */
    readonly repeated: number;
    /**
     * Why requests failed, the most frequent cause first.
     */
    readonly causes: readonly Cause[];
    /**
     * Tokens used, by model; of every attempt, but once for a result that is repeated.
     */
    readonly usage: readonly ModelUsage[];
    /**
     * Lines that hold no request or result: passed over.
     */
    readonly malformed: Listed;
    /**
     * Lines without a `custom_id`: nothing can be said of their requests.
     */
    readonly withoutCustomId: Listed;
    /**
     * Input lines whose `custom_id` stands on an earlier one, with both lines.
     */
    readonly duplicates: Listed;
    /**
     * Register whose results disagree, with two of these.
     */
    readonly conflicts: Listed;
    /**
     * Ids that have results and are in no input file, with the line of their best result.
     */
    readonly unknownLines: Listed;
    /**
     * Where files and the batches' own counts disagree.
     */
    readonly countIssues: readonly CountIssue[];
}
/**
 * One thing that is wrong with a line of a result file.
 */
interface ResultIssue {
    /**
     * The code, such as `invalid_json_line`.
     */
    readonly code: string;
    /**
     * How grave it is.
     */
    readonly level: Level;
    /**
     * Which kind of file it stands in.
     */
    readonly file: FileRole;
    /**
     * Which of these files, from 0.
     */
    readonly index: number;
    /**
     * The line, from 1; blank lines count.
     */
    readonly line: number;
    /**
     * The column, from 1, in UTF-16 units as editors count them.
     */
    readonly column: number;
    /**
     * The same place in bytes, from the beginning of the file.
     */
    readonly offset: number;
    /**
     * The request it is about, cut to 200 characters.
     */
    readonly customId?: string;
    /**
     * The whole of it in one line.
     */
    readonly message: string;
    /**
     * What was expected there.
     */
    readonly expected: string;
    /**
     * What was found there. Text of the file is quoted and cut to 80 characters.
     */
    readonly found: string;
    /**
     * What to do about it.
     */
    readonly help: string;
    /**
     * The other place it is about, such as the first of two lines with one `custom_id`.
     */
    readonly related?: ResultPlace;
}
/**
 * A place in one of several files.
 */
interface ResultPlace {
    /**
     * Which kind of file.
     */
    readonly file: FileRole;
    /**
     * Which of these files, from 0.
     */
    readonly index: number;
    /**
     * The line, from 1; blank lines count.
     */
    readonly line: number;
    /**
     * The column, from 1, in UTF-16 units as editors count them.
     */
    readonly column: number;
    /**
     * The same place in bytes, from the beginning of the file.
     */
    readonly offset: number;
}
/**
 * What result files say.
 */
interface ResultsDigest {
    /**
     * Lines that are not blank: those that succeeded, failed, or are malformed.
     */
    readonly lines: number;
    /**
     * Results with a body, a status of 200 to 299 and no error.
     */
    readonly succeeded: number;
    /**
     * Results without.
     */
    readonly failed: number;
    /**
     * HTTP statuses, the most frequent first.
     */
    readonly statusCodes: readonly StatusCount[];
    /**
     * Error codes, the most frequent first; those of more than 500 causes are not told apart.
     */
    readonly errorCodes: readonly CodeCount[];
    /**
     * Failures grouped by what they have in common, the most frequent first.
     */
    readonly causes: readonly Cause[];
    /**
     * Tokens used, by model.
     */
    readonly usage: readonly ModelUsage[];
    /**
     * Lines that hold no result: passed over.
     */
    readonly malformed: Listed;
    /**
     * Results that do not say which request they are about; they are counted above all the same.
     */
    readonly withoutCustomId: Listed;
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
 * How many results have an HTTP status.
 */
interface StatusCount {
    /**
     * The status; 0 as some servers send it.
     */
    readonly statusCode: number;
    /**
     * How many results have it.
     */
    readonly count: number;
}
/**
 * An estimate of tokens.
 */
interface TokenEstimate {
    /**
     * The estimate.
     */
    readonly estimate: number;
    /**
     * Rarely fewer: 0.8 of the estimate.
     */
    readonly low: number;
    /**
     * Rarely more: 1.3 of the estimate.
     */
    readonly high: number;
}
/**
 * What became of a request.
 *
 * - `succeeded`: It has a success
 * - `failed`: It has failures only
 * - `missing`: It has no result line
 * - `duplicate`: Its `custom_id` stands on several input lines: which one a result is about cannot be known
 * - `conflicting`: Its results disagree: a success and a failure in one attempt, or two different successes
 */
type Verdict = "succeeded" | "failed" | "missing" | "duplicate" | "conflicting";

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
     * The memory of the operation's module instance in bytes. WebAssembly memory never shrinks, so this is also the peak.
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
    readonly leftOut: readonly LeftOut[];
    /** The number of lines that are in no shard. */
    readonly leftOutCount: number;
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
    /** Only failed requests have a cause. */
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
/** A request without a result. */
interface MissingRequest extends RequestInfo {
    /** It has no result. */
    readonly verdict: "missing";
    /** Only requests with a result have one. */
    readonly result?: undefined;
    /** Only failed requests have a cause. */
    readonly cause?: undefined;
}
/** A request whose results are ambiguous. */
interface AmbiguousRequest extends RequestInfo {
    /** Several requests have its custom_id (`duplicate`), or its results contradict each other (`conflicting`). */
    readonly verdict: "duplicate" | "conflicting";
    /** The best result of this custom_id, if any. */
    readonly result?: ResultRange | undefined;
    /** Only failed requests have a cause. */
    readonly cause?: undefined;
}
/** A request and its verdict. */
type RequestVerdict = SucceededRequest | FailedRequest | MissingRequest | AmbiguousRequest;
/** The conditions for the requests to retry. A request must meet all of them. */
interface RetryOptions {
    /** The verdicts. Default: `failed` if `causes` is set, else `failed` and `missing`. */
    readonly verdicts?: readonly Verdict[] | undefined;
    /** The retry advice. `transient` requests can be sent again unchanged; they include the missing ones. */
    readonly retry?: Retry | undefined;
    /** The causes of failed requests, by `id`. Does not apply to other verdicts. */
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
     * default all failed and missing ones.
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
export type { AmbiguousRequest, BatchEndpoint, BatchErrorBody, BatchRequestBodies, BatchRequestInput, BatchRequestOutput, BatchResponseBodies, BatchlightFileError, Blame, BodyOf, ByteSource, ByteSources, Cause, CheckOptions, CodeCount, CountIssue, EndpointRequests, FailedRequest, FileErrorCode, FileHandleLike, FileOptions, FilePlace, FileProgress, FixChange, FixCount, FixOptions, FixReport, FixedInput, HandleRead, HandleReadResult, HandleStat, InputIssue, InputLimits, InputReport, IssueCount, JoinedResult, LeftOut, Listed, MissingRequest, ModelRequests, ModelUsage, ReconcileOptions, ReconcileSources, Reconciliation, ReconciliationReport, RequestInfo, RequestVerdict, ResultIssue, ResultPlace, ResultRange, ResultSources, ResultsDigest, Retry, RetryOptions, Shard, SplitLimits, SplitManifest, SplitOptions, SplitPlan, StatusCount, SucceededRequest, TokenEstimate, Verdict, WithMore };

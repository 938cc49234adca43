import { ProfileName } from './index.js';

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
 * Which of a batch's files a line stands in.
 *
 * - `input`: The requests
 * - `output`: The answers
 * - `error`: The requests that have no good answer
 */
type FileRole = "input" | "output" | "error";
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
    readonly related?: ResultPlace$1;
}
/**
 * A place in one of several files.
 */
interface ResultPlace$1 {
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

/** How far an operation is. */
interface FileProgress {
    /** How many bytes have been read, of all sources together. */
    readonly bytes: number;
    /** How many there are, where every source tells its size. */
    readonly total?: number | undefined;
    /** How many lines have ended. */
    readonly lines: number;
    /**
     * How many bytes of memory the module holds for this operation. It never gives any back, so this is the most it has
     * needed.
     */
    readonly memory: number;
}
/** What every operation on files takes. */
interface FileOptions {
    /** Calls the operation off: it lets go of its sources and is rejected with the signal's reason. */
    readonly signal?: AbortSignal | undefined;
    /** Is told how far the operation is: ten times a second at most, and once at the end. */
    readonly onProgress?: ((progress: FileProgress) => void) | undefined;
}

/** Which part of a file is read, and where to. */
interface HandleRead {
    /** Where in the buffer the first byte goes. */
    readonly offset: number;
    /** How many bytes at most. */
    readonly length: number;
    /** Where in the file to begin; `null`: where it stands. */
    readonly position: number | null;
}
/** What a read tells. */
interface HandleReadResult {
    /** How many bytes were read; none at the end. */
    readonly bytesRead: number;
}
/** What an open file tells of itself. */
interface HandleStat {
    /** How many bytes it has. */
    readonly size: number;
    /** Whether it is a file; a pipe, which can be read once only, is none. */
    isFile?(): boolean;
}
/**
 * An open file, as Node's `open` of `node:fs/promises` gives it: read at any place, as often as needed. It is not
 * closed.
 */
interface FileHandleLike {
    /** Reads into a buffer. */
    read(buffer: Uint8Array, options: HandleRead): PromiseLike<HandleReadResult>;
    /** Tells of the file. */
    stat(): PromiseLike<HandleStat>;
}
/**
 * Where a file's bytes come from. Text is the file's content, not its name. Blobs, files, bytes, text and file handles
 * are read as often as needed; the rest can be read once, and is gathered in a Blob where its bytes are needed again. A
 * Node stream is an async iterable.
 */
type ByteSource = Blob | Response | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Uint8Array | ArrayBuffer | string | FileHandleLike;

/** How to fix an input file. */
interface FixOptions extends FileOptions {
    /**
     * Gives requests without a custom_id one that no other request has: `true` for `request-1` and so on, or the text
     * that they begin with. The source is then read twice. Default: they stay as they are.
     */
    readonly assignIds?: boolean | string | undefined;
}
/** A file being fixed. */
interface FixedInput {
    /** The fixed file. Nothing is read before this is, and only as fast as this is. */
    readonly stream: ReadableStream<Uint8Array>;
    /** What was changed, once the stream has been read to its end; rejected if it fails or is cancelled. */
    readonly report: Promise<FixReport>;
}

/** Limits of an input file, in place of those of the profile. */
interface InputLimits {
    /** The most requests. */
    readonly requests?: number | undefined;
    /** The most bytes. */
    readonly bytes?: number | undefined;
    /** The most embedding inputs of all requests together. */
    readonly embeddingInputs?: number | undefined;
}
/** How to check an input file. */
interface CheckOptions extends FileOptions {
    /** The endpoint the batch will have. Default: the first request's. */
    readonly endpoint?: string | undefined;
    /** Whose rules the file is checked by. Default: `openai`. */
    readonly profile?: ProfileName | undefined;
    /** Limits in place of the profile's. */
    readonly limits?: InputLimits | undefined;
    /** How many issues of each code are kept; the rest is counted. Default: 20. */
    readonly keep?: number | undefined;
}

/** One source or several. */
type ByteSources = ByteSource | readonly ByteSource[];

/** The endpoints that batches are documented for; servers have more, so wherever one is given any text will do. */
type BatchEndpoint = keyof BatchRequestBodies;
/** A type, with whatever members an object has besides. */
type WithMore<T> = T | (T & Readonly<Record<string, unknown>>);
/** What an endpoint's request must have, and what batches forbid, by endpoint. */
interface BatchRequestBodies {
    /** A response. */
    "/v1/responses": {
        /** The model that answers. */
        readonly model?: string | undefined;
        /** What is asked: text, or a list of items. */
        readonly input?: string | readonly object[] | undefined;
        /** Batches do not stream. */
        readonly stream?: false | null | undefined;
    };
    /** A chat completion. */
    "/v1/chat/completions": {
        /** The model that answers. */
        readonly model: string;
        /** The conversation so far. */
        readonly messages: readonly object[];
        /** Batches do not stream. */
        readonly stream?: false | null | undefined;
    };
    /** Embeddings. */
    "/v1/embeddings": {
        /** The model that embeds. */
        readonly model: string;
        /** What to embed: a text or its tokens, or many of either. */
        readonly input: string | readonly string[] | readonly number[] | readonly (readonly number[])[];
    };
    /** A completion of the older kind. */
    "/v1/completions": {
        /** The model that answers. */
        readonly model: string;
        /** What to go on from. */
        readonly prompt: string | readonly string[] | readonly number[] | readonly (readonly number[])[] | null;
        /** Batches do not stream. */
        readonly stream?: false | null | undefined;
    };
    /** Moderations. */
    "/v1/moderations": {
        /** The model that judges. */
        readonly model?: string | undefined;
        /** What is judged. */
        readonly input: string | readonly string[] | readonly object[];
    };
    /** Images made from a description. */
    "/v1/images/generations": {
        /** The model that draws. */
        readonly model?: string | null | undefined;
        /** What to draw. */
        readonly prompt: string;
    };
    /** Images made from others. */
    "/v1/images/edits": {
        /** The model that draws. */
        readonly model?: string | null | undefined;
        /** What to make of them. */
        readonly prompt: string;
    };
    /** A video. */
    "/v1/videos": {
        /** The model that films. */
        readonly model?: string | undefined;
        /** What to film. */
        readonly prompt: string;
    };
}
/** What an endpoint answers when it has succeeded, by endpoint. */
interface BatchResponseBodies {
    /** A response. */
    "/v1/responses": {
        /** Its id. */
        readonly id: string;
        /** The model that answered. */
        readonly model: string;
        /** What it answered, item by item. */
        readonly output: readonly object[];
    };
    /** A chat completion. */
    "/v1/chat/completions": {
        /** Its id. */
        readonly id: string;
        /** The model that answered. */
        readonly model: string;
        /** The answers. */
        readonly choices: readonly object[];
    };
    /** Embeddings. */
    "/v1/embeddings": {
        /** The model that embedded. */
        readonly model: string;
        /** The embeddings. */
        readonly data: readonly object[];
    };
    /** A completion of the older kind. */
    "/v1/completions": {
        /** Its id. */
        readonly id: string;
        /** The model that answered. */
        readonly model: string;
        /** The answers. */
        readonly choices: readonly object[];
    };
    /** Moderations. */
    "/v1/moderations": {
        /** Its id. */
        readonly id: string;
        /** The model that judged. */
        readonly model: string;
        /** The verdicts. */
        readonly results: readonly object[];
    };
    /** Images made from a description. */
    "/v1/images/generations": {
        /** When they were made, in Unix seconds. */
        readonly created: number;
        /** The images. */
        readonly data?: readonly object[] | undefined;
    };
    /** Images made from others. */
    "/v1/images/edits": {
        /** When they were made, in Unix seconds. */
        readonly created: number;
        /** The images. */
        readonly data?: readonly object[] | undefined;
    };
    /** A video, or how far it is. */
    "/v1/videos": {
        /** Its id. */
        readonly id: string;
        /** The model that films. */
        readonly model: string;
        /** How far it is. */
        readonly status: string;
    };
}
/** The bodies of an endpoint; of one that is not known, whatever object. */
type BodyOf<Bodies, Endpoint extends string> = Endpoint extends keyof Bodies ? WithMore<Bodies[Endpoint]> : Readonly<Record<string, unknown>>;
/**
 * One line of an input file: one request.
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
    /** The caller's own name for the request, which its result comes back with: unique in the file. */
    readonly custom_id: string;
    /** Always this one. */
    readonly method: "POST";
    /** The endpoint of the batch. */
    readonly url: Endpoint;
    /** The request itself. */
    readonly body: Body;
}
/** One line of an output or error file: what became of one request. */
interface BatchRequestOutput<Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint, Body = BodyOf<BatchResponseBodies, Endpoint>> {
    /** The line's id. Not every server sends one. */
    readonly id?: string | undefined;
    /** The caller's own name for the request. */
    readonly custom_id: string;
    /** What the endpoint answered; null where the request did not get that far. */
    readonly response: {
        /** The HTTP status. */
        readonly status_code: number;
        /** The request's id, for OpenAI's support. */
        readonly request_id: string;
        /** The answer, or for another status than 200 the error. */
        readonly body: Body | BatchErrorBody;
    } | null;
    /**
     * Why there is no response: the request expired, was cancelled, or took too long. Errors of the endpoint stand in its
     * response.
     */
    readonly error?: {
        /** The kind of error. */
        readonly code?: string | undefined;
        /** What went wrong, for people. */
        readonly message?: string | undefined;
    } | null | undefined;
}
/** What an endpoint answers when it has failed. */
interface BatchErrorBody {
    /** What went wrong. */
    readonly error: {
        /** For people. */
        readonly message: string;
        /** The family of errors. */
        readonly type?: string | null | undefined;
        /** Which member of the request is at fault. */
        readonly param?: string | null | undefined;
        /** The kind of error. */
        readonly code?: string | null | undefined;
    };
}

/** Where a result line is. */
interface ResultPlace {
    /** In which kind of file. */
    readonly file: "output" | "error";
    /** In which of these. */
    readonly index: number;
    /** Where it begins, in bytes. */
    readonly offset: number;
    /** How many bytes it has, without its end. */
    readonly length: number;
}
/** A request, and what became of it. */
interface RequestVerdict {
    /** The caller's own name for it; of one longer than 1 KiB the beginning. */
    readonly custom_id: string;
    /** Its line in the input file, from 1; absent when no input file was given. */
    readonly line?: number | undefined;
    /** Its input file, from 0; absent likewise. */
    readonly shard?: number | undefined;
    /** What became of it. */
    readonly verdict: Verdict;
    /** Why it failed: the `id` of a cause. */
    readonly cause?: Cause["id"] | undefined;
    /** The HTTP status of its best result. */
    readonly statusCode?: number | undefined;
    /** How many results it has. */
    readonly attempts: number;
    /** Its best result. */
    readonly result?: ResultPlace | undefined;
}
/** One file, or several; a place among several may be left empty. */
type ResultSources = ByteSource | readonly (ByteSource | undefined)[];
/**
 * The files to hold against each other. Result files at one place of the two lists are of one batch; leave a place
 * empty where a batch has no such file. Attempts go in order, the earlier batch first.
 */
interface ReconcileSources {
    /** The input files: what was asked. Without any, every id that has a result is a request. */
    readonly input?: ByteSource | readonly ByteSource[] | undefined;
    /** The output files: what was answered. */
    readonly output?: ResultSources | undefined;
    /** The error files: what failed. */
    readonly error?: ResultSources | undefined;
}
/** How to reconcile. */
interface ReconcileOptions extends FileOptions {
    /**
     * The batch that the files are of, or the batches in the order of their files: what they count is held against the
     * files.
     */
    readonly batch?: unknown;
}
/** What became of every request. */
interface Reconciliation extends ReconciliationReport {
    /** Every request, in the order of the input. */
    verdicts(): Iterable<RequestVerdict>;
    /** One request, by its whole custom_id; the first of several that have it. */
    verdictOf(customId: string): RequestVerdict | undefined;
}

/** A request with what became of it. */
interface JoinedResult<Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint> {
    /** The caller's own name for it. */
    readonly custom_id: string;
    /** The line of the input file; absent when no input file was given. */
    readonly request?: BatchRequestInput<Endpoint> | undefined;
    /** What the endpoint answered. */
    readonly response?: NonNullable<BatchRequestOutput<Endpoint>["response"]> | undefined;
    /** Why there is no answer. */
    readonly error?: NonNullable<BatchRequestOutput<Endpoint>["error"]> | undefined;
    /** What became of it. */
    readonly verdict: RequestVerdict;
}

/** Which requests to write. Each condition that is given has to be met. */
interface RetryOptions {
    /** Those with one of these verdicts. Default: the failed ones where causes are given, else failed and missing. */
    readonly verdicts?: readonly Verdict[] | undefined;
    /** Requests with this retry advice. `transient` requests can be sent again unchanged, missing ones included. */
    readonly retry?: Retry | undefined;
    /** Of the failed ones, those that failed for one of these causes, by `id`. */
    readonly causes?: readonly Cause["id"][] | undefined;
    /** Those for which this answers true. */
    readonly where?: ((verdict: RequestVerdict) => boolean) | undefined;
}

/** How to split an input file. */
interface SplitOptions extends FileOptions {
    /** The most requests of a file. Default: the profile's limit. */
    readonly requests?: number | undefined;
    /** The most bytes of a file. Default: the profile's limit. */
    readonly bytes?: number | undefined;
    /** The most embedding inputs of a file. Default: the profile's limit. */
    readonly embeddingInputs?: number | undefined;
    /** The most input tokens of a file, by estimate. Default: no limit, as servers' limits go by account. */
    readonly tokens?: number | undefined;
    /** Whose limits are the default. Default: `openai`. */
    readonly profile?: ProfileName | undefined;
    /**
     * What the files' names begin with, with or without `.jsonl`: `jobs` makes `jobs-1.jsonl` and so on. Default:
     * `batch`.
     */
    readonly name?: string | undefined;
}
/** One of the files that an input file is split into. */
interface Shard {
    /** What it is called. */
    readonly name: string;
    /** The model of its requests. */
    readonly model?: string | undefined;
    /** Their endpoint. */
    readonly endpoint?: string | undefined;
    /** How many there are. */
    readonly requests: number;
    /** How many bytes it has. */
    readonly bytes: number;
    /** How many inputs its embeddings requests have in all. */
    readonly embeddingInputs: number;
    /** How many tokens its prompts have, about. */
    readonly inputTokens: TokenEstimate;
    /**
     * Its bytes: the lines as they were. Read from the source anew whenever this is called; a line that has changed since
     * then is a `BatchlightFileError`.
     */
    stream(): ReadableStream<Uint8Array>;
}
/** Which request went where; it can be written as JSON. */
interface SplitManifest {
    /** The files, in order. */
    readonly shards: readonly {
        /** What the file is called. */
        readonly name: string;
        /** The model of its requests. */
        readonly model?: string | undefined;
        /** Their endpoint. */
        readonly endpoint?: string | undefined;
        /** How many there are. */
        readonly requests: number;
        /** How many bytes the file has. */
        readonly bytes: number;
        /** Their custom_ids, in order. */
        readonly custom_ids: readonly string[];
    }[];
    /** The lines that went nowhere, each with the reason; of very many the first. */
    readonly leftOut: readonly LeftOut[];
    /** How many lines went nowhere. */
    readonly leftOutCount: number;
}
/** How an input file is split. */
interface SplitPlan {
    /** The files. */
    readonly shards: readonly Shard[];
    /** Which request went where. */
    readonly manifest: SplitManifest;
}

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
declare function checkInput(source: ByteSource, options?: CheckOptions): Promise<InputReport>;
/**
 * Fixes what can be fixed in an input file without guessing, and lists what it changed.
 *
 * @example
 * import { fixInput } from "batchlight";
 * const { stream, report } = fixInput('[{"custom_id": "1"}, {"custom_id": "2"}]');
 * console.log(await new Response(stream).text());
 * console.log((await report).changed); // true
 */
declare function fixInput(source: ByteSource, options?: FixOptions): FixedInput;
/**
 * Plans how an input file is split into files that stay under the limits, one model and one endpoint each. The files
 * are read from the source when their streams are: exact original bytes.
 */
declare function splitInput(source: ByteSource, options?: SplitOptions): Promise<SplitPlan>;
/**
 * Reads output and error files by themselves: statuses, errors grouped by cause, tokens. Malformed lines are reported
 * and skipped.
 */
declare function digestResults(sources: ByteSources, options?: FileOptions): Promise<ResultsDigest>;
/** Holds result files against their input files: what became of every request, in the order of the input. */
declare function reconcile(sources: ReconcileSources, options?: ReconcileOptions): Promise<Reconciliation>;
/**
 * The exact original lines of chosen requests, as a new input file; without options those that failed for a passing
 * cause or are missing.
 */
declare function writeRetry(reconciliation: Reconciliation, options?: RetryOptions): ReadableStream<Uint8Array>;
/** The best result line of each request, in the order of the input: one output file out of many attempts. */
declare function mergeResults(reconciliation: Reconciliation): ReadableStream<Uint8Array>;
/** The requests and their results as objects, in the order of the input, read as they are asked for. */
declare function joinResults<Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint>(reconciliation: Reconciliation): AsyncIterable<JoinedResult<Endpoint>>;

/**
 * Why a file could not be worked on:
 * - `wrong_source`: what was given is nothing that bytes can be read from, or was read or locked by somebody before
 * - `unreadable_source`: reading it failed, or it has changed since it was read first; `cause` has the source's own
 *   error
 */
type FileProblemCode = "wrong_source" | "unreadable_source";
/**
 * An error about a source of bytes, not about what is in it: that is an issue. Known by its name, not by `instanceof`.
 */
interface FileProblem extends Error {
    /** What tells this error from others. */
    readonly name: "BatchlightFileError";
    /** Why. */
    readonly code: FileProblemCode;
}
/** Whether a caught value is a {@link FileProblem}, whose name is `BatchlightFileError`. */
declare const isBatchlightFileError: (error: unknown) => error is FileProblem;

export { checkInput, digestResults, fixInput, isBatchlightFileError, joinResults, mergeResults, reconcile, splitInput, writeRetry };
export type { BatchEndpoint, BatchErrorBody, BatchRequestBodies, BatchRequestInput, BatchRequestOutput, BatchResponseBodies, Blame, BodyOf, ByteSource, ByteSources, Cause, CheckOptions, CodeCount, CountIssue, EndpointRequests, FileHandleLike, FileOptions, FilePlace, FileProblem, FileProblemCode, FileProgress, FileRole, FixChange, FixCount, FixOptions, FixReport, FixedInput, HandleRead, HandleReadResult, HandleStat, InputIssue, InputLimits, InputReport, IssueCount, JoinedResult, LeftOut, Listed, ModelRequests, ModelUsage, ReconcileOptions, ReconcileSources, Reconciliation, ReconciliationReport, RequestVerdict, ResultIssue, ResultPlace$1 as ResultPlace, ResultsDigest, Retry, RetryOptions, Shard, SplitManifest, SplitOptions, SplitPlan, StatusCount, TokenEstimate, Verdict, WithMore };

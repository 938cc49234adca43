import { WireBatch } from './index.js';
export { BatchError, BatchStatus, BatchUsage, WireBatch } from './index.js';

/** A clock. */
interface MockClock {
    /** The current time in Unix seconds, possibly with fractions. */
    now(): number;
}
/** A clock that moves only when told to. */
interface ManualClock extends MockClock {
    /** Moves the clock forward by a number of seconds and returns the new time. */
    advance(seconds: number): number;
    /**
     * Moves the clock to a time in Unix seconds.
     *
     * @throws {RangeError} if the time is earlier than the current time
     */
    set(now: number): void;
}
/**
 * Creates a clock that moves only when told to, for tests.
 *
 * @param start the initial time in Unix seconds. Default: the current time
 */
declare function manualClock(start?: number): ManualClock;

/**
 * A simulated fault of a request:
 * - `rate_limit`: status 429 with `Retry-After`
 * - `server_error`: status 500
 * - `drop`: the connection breaks, and `fetch` rejects
 * - `slow`: the response is late
 * - `stale`: the response is an older one
 * - a status: an error response with that status
 */
type Fault = "rate_limit" | "server_error" | "drop" | "slow" | "stale" | FaultStatus;
/** An error response with a given status. */
interface FaultStatus {
    /** The status code, from 400 to 599. */
    readonly status: number;
}
/** The probabilities of random faults, each from 0 to 1. */
interface FaultRates {
    /** Status 429 with `Retry-After`. */
    readonly rateLimit?: number | undefined;
    /** Status 500. */
    readonly serverError?: number | undefined;
    /** A broken connection. */
    readonly drop?: number | undefined;
    /** A late response. */
    readonly slow?: number | undefined;
    /** A response that is an older one. */
    readonly stale?: number | undefined;
    /** The value of `Retry-After` in seconds. Default: 1. */
    readonly retryAfterSeconds?: number | undefined;
    /** The delay of a slow response in real milliseconds. Default: 5000. */
    readonly slowMilliseconds?: number | undefined;
    /** The age of a stale response in seconds of the mock's clock. Default: 60. */
    readonly staleSeconds?: number | undefined;
}

/**
 * One reason for which validation rejected the input file.
 */
interface BatchError {
    /**
     * The server's code, such as `invalid_json_line`. An open set.
     */
    code?: string;
    /**
     * The line of the input file, counted from 1; absent when the fault is the whole file's.
     */
    line?: number;
    /**
     * What is wrong, in the server's words.
     */
    message?: string;
    /**
     * The member of the line that is at fault, such as `body.messages`.
     */
    param?: string;
}
/**
 * Tokens a batch has used, summed over its requests.
 */
interface BatchUsage {
    /**
     * Tokens read by the model.
     */
    input_tokens: number;
    /**
     * What the input tokens were made of.
     */
    input_tokens_details: InputTokensDetails;
    /**
     * Tokens written by the model.
     */
    output_tokens: number;
    /**
     * What the output tokens were made of.
     */
    output_tokens_details: OutputTokensDetails;
    /**
     * Input and output tokens together.
     */
    total_tokens: number;
}
/**
 * What the input tokens of a batch were made of.
 */
interface InputTokensDetails {
    /**
     * Input tokens that came from the cache.
     */
    cached_tokens: number;
}
/**
 * What the output tokens of a batch were made of.
 */
interface OutputTokensDetails {
    /**
     * Output tokens spent on reasoning.
     */
    reasoning_tokens: number;
}

/**
 * What a batch is asked for and how it fares. Whatever is left out is drawn from the seed.
 */
interface BatchPlan {
    /**
     * What everything that is left to chance is drawn from: a whole number. Default 0.
     */
    seed?: number;
    /**
     * Whose way of writing a batch is imitated. Default `openai`.
     */
    wire?: WireHabits;
    /**
     * The batch's id.
     */
    id?: string;
    /**
     * When it is created, in Unix seconds.
     */
    created_at: number;
    /**
     * The endpoint every request goes to. Default `/v1/chat/completions`, in Azure's spelling for Azure.
     */
    endpoint?: string;
    /**
     * The model the requests ask for; what is sent is its dated snapshot, where one is recorded. Default
     * `gpt-4o-mini`.
     */
    model?: string;
    /**
     * The id of the input file.
     */
    input_file_id?: string;
    /**
     * The id the output file gets.
     */
    output_file_id?: string;
    /**
     * The id the error file gets.
     */
    error_file_id?: string;
    /**
     * How long the server may take, such as `24h`, which is the default.
     */
    completion_window?: string;
    /**
     * The caller's own labels.
     */
    metadata?: Record<string, string>;
    /**
     * How many requests the input file has: up to 100,000. Default 100.
     */
    requests?: number;
    /**
     * Seconds of validation.
     */
    validationSeconds?: number;
    /**
     * Seconds from the first request to the last; more than the window lets the batch expire.
     */
    runSeconds?: number;
    /**
     * Requests finished a second, in place of `runSeconds`.
     */
    rate?: number;
    /**
     * Seconds of writing the result files.
     */
    finalizingSeconds?: number;
    /**
     * Seconds from the cancel to its end.
     */
    cancellingSeconds?: number;
    /**
     * How many of the requests fail, from 0 for none, which is the default, to 1 for all.
     */
    failureRate?: number;
    /**
     * Requests that fail in any case.
     */
    failures?: PlannedFailure[];
    /**
     * Why the batch fails: with `breakAt` these are the errors of the breakdown, which then leaves no result
     * files; without it, validation rejects the input file. Default none.
     */
    errors?: BatchError[];
    /**
     * When a cancel is asked for, in Unix seconds; without effect on a batch that has ended by then.
     */
    cancelAt?: number;
    /**
     * When a batch that runs, finalizes or is being cancelled breaks down and fails, in Unix seconds: a
     * transition that nobody has recorded.
     */
    breakAt?: number;
    /**
     * The usage at the end, where it is known from elsewhere.
     */
    usage?: BatchUsage;
}
/**
 * A request that fails in any case.
 */
interface PlannedFailure {
    /**
     * Which one, from 0, in the order of the input file.
     */
    index: number;
    /**
     * Why; left out: drawn from the seed.
     */
    cause?: FailureCause;
}
/**
 * Why a simulated request failed.
 *
 * - `context_length`: More tokens than the model takes: permanent
 * - `rate_limit`: Too many requests at once: worth another try
 * - `server_error`: The server's own failure: worth another try
 * - `timeout`: No answer in time; no HTTP answer at all
 */
type FailureCause = "context_length" | "rate_limit" | "server_error" | "timeout";
/**
 * Whose way of writing a batch is imitated; only what is recorded or documented, each named where it is
 * written.
 *
 * - `openai`: OpenAI since about September 2025: 22 members, unset ones null, `usage` of zeros until the end, `model` null while validating. Source: openai-batch-manager tests
 * - `openai_early`: OpenAI until then: 20 members, unset ones null. Source: bespokelabsai/curator cassettes
 * - `azure`: Azure OpenAI as its documentation prints it: an endpoint without `/v1`, an error file on every completed batch, entries of errors with code and message only, no expiry
 * - `azure_rest`: Azure OpenAI over plain REST, an older version: capitalised statuses, ISO 8601 stamps, counts of null, no endpoint. Source: MicrosoftDocs/azure-ai-docs batch-rest.md
 * - `groq`: Groq: the 20 members, ids like ULIDs. Source: groq-sdk 1.6.0
 * - `dashscope`: `DashScope` of Alibaba Cloud: no deadline, unfinished requests counted as failed after a cancel. Source: cnblogs/dashscope-sdk captures
 * - `omitting`: A server that leaves out what is unset, ids without a prefix. Source: doublewordai/control-layer
 */
type WireHabits = "openai" | "openai_early" | "azure" | "azure_rest" | "groq" | "dashscope" | "omitting";

/** The content of a file in a store: a Blob, or an object with the same methods. */
interface MockContent {
    /** The size in bytes. */
    readonly size: number;
    /** The bytes from `start` up to `end`. */
    slice(start?: number, end?: number): MockContent;
    /** Reads all bytes in chunks. */
    stream(): ReadableStream<Uint8Array>;
    /** Reads all bytes at once. */
    arrayBuffer(): PromiseLike<ArrayBuffer>;
}

/** A request of an input file. */
interface InputRequest {
    /** The caller's own id. */
    readonly custom_id: string;
    /** Always `POST`. */
    readonly method: string;
    /** The endpoint. */
    readonly url: string;
    /** The parameters of the request. */
    readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Stores the mock's state outside the process: in a folder, a database or a key-value store. Each change is awaited
 * before its request is answered, so a crash loses nothing that was acknowledged. Content is stored before the file
 * that refers to it.
 */
interface MockStore {
    /**
     * Loads all values in any order. Keys that start with `damaged/` contain the ids of damaged values, which are not
     * used again.
     */
    load(): PromiseLike<Iterable<readonly [key: string, value: string | MockContent]>>;
    /** Stores a value: JSON as a string, or file content. Keys consist of letters, digits, `_`, `-` and one `/`. */
    set(key: string, value: string | Blob): PromiseLike<void>;
    /** Deletes a value. */
    delete(key: string): PromiseLike<void>;
    /**
     * Stores file content in chunks, atomically, and returns the stored content. Without this method, content is
     * collected in memory and passed to `set`.
     */
    write?(key: string, chunks: AsyncIterable<Uint8Array>): PromiseLike<MockContent>;
    /** Moves a damaged value away without deleting it, and reports it. */
    setAside?(key: string, reason: string): PromiseLike<void>;
}

/** The webhook to call. */
interface WebhookOptions {
    /** The URL that events are posted to. */
    readonly url: string;
    /** The shared secret, usually `whsec_` and base64. */
    readonly secret: string;
    /** Sends the request. Default: the global `fetch`. */
    readonly fetch?: ((request: Request) => Response | PromiseLike<Response>) | undefined;
}
/** A webhook event. It contains the batch's id, not the object. */
interface WebhookEvent {
    /** The id of the event. */
    readonly id: string;
    /** Always `event`. */
    readonly object: "event";
    /** The end of the batch in Unix seconds of the mock's clock. */
    readonly created_at: number;
    /** How the batch ended. */
    readonly type: "batch.completed" | "batch.failed" | "batch.expired" | "batch.cancelled";
    /** The batch. */
    readonly data: {
        /** The batch's id. */
        readonly id: string;
    };
}

/** A batch that is being created. */
interface NewBatch {
    /** The id of the new batch. */
    readonly id: string;
    /** The creation time in Unix seconds. */
    readonly created_at: number;
    /** The endpoint. */
    readonly endpoint: string;
    /** The id of the input file. */
    readonly input_file_id: string;
    /** The metadata of the request. */
    readonly metadata: Readonly<Record<string, string>> | undefined;
    /** The number of requests in the input file. */
    readonly requests: number;
}
/** The fields of a plan that can be overridden. The others come from the request and the input file. */
type PlanOverrides = Partial<Omit<BatchPlan, "id" | "created_at" | "endpoint" | "input_file_id" | "completion_window" | "metadata" | "requests" | "usage">>;
/** A request that a responder answers. */
interface ResponderRequest extends InputRequest {
    /** The index in the input file, from 0. */
    readonly index: number;
}
/** The response of a responder. */
interface ResponderResponse {
    /** The HTTP status. A status other than 2xx puts the line into the error file. Default: 200. */
    readonly status?: number | undefined;
    /** The body. */
    readonly body: unknown;
}
/** The options of `createMockApi`. */
interface MockOptions {
    /** The clock. Default: the system's time, `speed` times as fast. */
    readonly clock?: MockClock | undefined;
    /** How fast time passes: at 1440, one day takes a minute. Default: 1. Ignored if `clock` is set. */
    readonly speed?: number | undefined;
    /** The random seed: a whole number below 2^32. Default: 0. */
    readonly seed?: number | undefined;
    /** The delay of each response in real milliseconds, or its minimum and maximum. Default: 0. */
    readonly latency?: number | readonly [number, number] | undefined;
    /** The probabilities of random faults. Default: none. */
    readonly faults?: FaultRates | undefined;
    /** The accepted API key or keys, or `false` to accept requests without a key. Default: any key. */
    readonly auth?: string | readonly string[] | false | undefined;
    /** The share of requests that fail, from 0 to 1. Default: 0. */
    readonly failureRate?: number | undefined;
    /**
     * Returns how a batch runs: durations, failures, rejection, breakdown. The header `x-batchlight-plan` of a request
     * sets the same fields as JSON and takes precedence.
     */
    readonly plan?: ((batch: NewBatch) => PlanOverrides | undefined) | undefined;
    /**
     * Answers the requests of a batch instead of the simulator. Called for each request in turn when the batch is
     * created. An error that it throws becomes a response with status 500.
     */
    readonly responder?: ((request: ResponderRequest) => ResponderResponse | PromiseLike<ResponderResponse>) | undefined;
    /** The webhook to call when a batch ends. */
    readonly webhook?: WebhookOptions | undefined;
    /** Stores the state beyond the life of the process. Default: memory only. */
    readonly store?: MockStore | undefined;
    /**
     * The maximum size in bytes of all files in memory together, and of the result files of one batch in any store. An
     * upload beyond the limit is answered with status 507; a batch whose results exceed it fails. Default: 2^30, 1 GiB.
     */
    readonly maxBytes?: number | undefined;
    /**
     * Receives errors that no response reports: why a batch could not be finished, which stored values are damaged, why a
     * request was answered with status 500. Default: `console.error`.
     */
    readonly log?: ((line: string) => void) | undefined;
}

/** A simulated Batch API. */
interface MockApi {
    /**
     * Answers a request as the server would. Pass it to a client as its `fetch`, or serve it. Only the path from `/v1/`
     * on matters, so any host and prefix work. Rejects to simulate a broken connection; a tool that turns rejections into
     * responses, such as msw, needs `Response.error()` instead.
     */
    readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
    /** The clock of the mock. */
    readonly clock: MockClock;
    /**
     * Makes the next request, or the next `times` requests, fail. A request can also ask for a fault with the header
     * `x-batchlight-fault`, which contains a name or a status code.
     */
    readonly fault: (fault: Fault, times?: number) => void;
    /**
     * Finishes all batches that are due: writes result files and calls the webhook. Resolves with the number of events
     * that the webhook accepted. Each request does the same without waiting for the webhook, and with a running clock a
     * timer does; call it after moving a manual clock.
     */
    readonly runDue: () => Promise<number>;
    /** Stops the timer and aborts the writing of result files. A later request writes them. */
    readonly close: () => void;
}
/**
 * Creates a Batch API with files, batches and webhooks that official clients accept as the real one. It validates input
 * files, runs batches over time, lets them fail and expire, and writes result files with one line per request.
 *
 * @throws {RangeError} if an option is out of range
 * @example
 * const api = createMockApi({ speed: 1440, seed: 7, failureRate: 0.02 });
 * const client = new OpenAI({ apiKey: "any", fetch: api.fetch });
 */
declare function createMockApi(options?: MockOptions): MockApi;

/**
 * The names of the scenarios: the statuses in which a batch can still be, then the outcomes.
 * - `validating`: just created; the requests are not counted yet
 * - `in_progress`: half of the requests have finished
 * - `finalizing`: every request has finished; the result files are not there yet
 * - `cancelling`: a cancel was asked for while requests ran
 * - `succeeded`: completed, every request succeeded
 * - `partially_failed`: completed, some requests failed
 * - `all_failed`: completed, and every request failed: there is no output file
 * - `empty`: completed, and there was nothing to do
 * - `unverified`: completed, and the server does not say how many requests succeeded
 * - `rejected`: the input file did not pass validation
 * - `failed`: broke down after requests had run, as nobody has recorded so far
 * - `expired_partial`: the deadline passed with half of the requests done
 * - `expired`: the deadline passed before any request succeeded
 * - `cancelled_partial`: cancelled with half of the requests done
 * - `cancelled`: cancelled while validating, before anything ran
 */
type ScenarioName = "validating" | "in_progress" | "finalizing" | "cancelling" | "succeeded" | "partially_failed" | "all_failed" | "empty" | "unverified" | "rejected" | "failed" | "expired_partial" | "expired" | "cancelled_partial" | "cancelled";

/**
 * A batch as servers really send it: where the published interface says absent, they send null; and the status may be
 * one that the interface does not know yet. Every function of this package takes it.
 */
type WireBatch = {
    [K in keyof Batch as undefined extends Batch[K] ? never : K]: K extends "status" ? BatchStatus | (string & {}) : Batch[K];
} & {
    [K in keyof Batch as undefined extends Batch[K] ? K : never]?: Batch[K] | null;
};

/** Thrown for invalid plans. Check `code` to recognize it. */
interface BatchPlanError extends RangeError {
    /** Identifies this error. */
    readonly code: "invalid_plan";
    /** The invalid field of the plan. */
    readonly field: string;
}
/** A plan, and a time at which it shows a certain status or outcome. */
interface BatchScenario {
    /** A description in one sentence. */
    readonly summary: string;
    /** The plan. */
    readonly plan: BatchPlan;
    /** The time in Unix seconds. */
    readonly now: number;
}
/**
 * Ready-made plans for stories and tests, one for each status and outcome.
 *
 * @example
 * const { plan, now } = scenarios.partially_failed;
 * const batch = simulateBatch(plan, now);
 * batch.request_counts; // { completed: 181, failed: 19, total: 200 }
 */
declare const scenarios: Readonly<Record<ScenarioName, BatchScenario>>;
/**
 * Returns the object that a server would send for a planned batch at a given time. The result is deterministic. A later
 * time returns a batch that `compareBatches` reports as advanced or unchanged. The object has no issues above notes
 * under the profile of its `wire`.
 *
 * @param plan the request and how it runs; only `created_at` is required
 * @param now the time in Unix seconds; a time before the creation returns the new batch. Default: the current time
 * @returns the object including its null fields. With `wire` set to `azure_rest`, timestamps are strings, as that
 * server sends them
 * @throws {BatchPlanError} if the plan is invalid
 * @example
 * const plan = { seed: 7, created_at: 1764000000, requests: 500, failureRate: 0.02 };
 * simulateBatch(plan, 1764000000).status; // "validating"
 * simulateBatch(plan, 1764086400).status; // "completed"
 */
declare function simulateBatch(plan: BatchPlan, now?: number): WireBatch;

export { createMockApi, manualClock, scenarios, simulateBatch };
export type { BatchPlan, BatchPlanError, BatchScenario, FailureCause, Fault, FaultRates, FaultStatus, InputRequest, ManualClock, MockApi, MockClock, MockContent, MockOptions, MockStore, NewBatch, PlanOverrides, PlannedFailure, ResponderRequest, ResponderResponse, ScenarioName, WebhookEvent, WebhookOptions, WireHabits };

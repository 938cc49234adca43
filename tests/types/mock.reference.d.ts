import { BatchStatus, WireBatch } from './index.js';
export { BatchError, BatchStatus, BatchUsage, WireBatch } from './index.js';

/** A clock. */
interface MockClock {
    /** The current time in Unix seconds, possibly with fractions. */
    now(): number;
    /**
     * Moves the clock forward by a number of seconds. Awaited. Without it, the mock adds the seconds to the time itself.
     */
    advance?(seconds: number): unknown;
}
/** A clock that moves only when it is set. */
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
 * Creates a clock that moves only when it is set, for tests.
 *
 * @param start the initial time in Unix seconds. Default: the current time
 */
declare function manualClock(start?: number): ManualClock;

/** A request that the mock has received. */
interface LoggedRequest {
    /** The time of the mock's clock in Unix seconds. */
    readonly at: number;
    /** The HTTP method. */
    readonly method: string;
    /** The path from `/v1/` on. */
    readonly path: string;
    /** The parameters of the query. */
    readonly query: Readonly<Record<string, string>>;
    /** The headers, without credentials. */
    readonly headers: Readonly<Record<string, string>>;
    /** The JSON body. Undefined for other bodies, invalid JSON and bodies beyond 64 KiB. */
    readonly body?: unknown;
    /** The status of the response. Undefined for a connection that was broken on purpose. */
    status?: number;
}

/**
 * A simulated fault of a request:
 * - `rate_limit`: status 429 with `Retry-After`
 * - `server_error`: status 500
 * - `drop`: the connection breaks, and `fetch` rejects
 * - `slow`: the response is late
 * - `stale`: the response is an older one
 * - `not_found`: status 404; a batch that the request creates is not found for some seconds
 * - a status: an error response with that status
 */
type Fault = "rate_limit" | "server_error" | "drop" | "slow" | "stale" | "not_found" | FaultStatus;
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
    /** A batch that is not found for some seconds after it is created. */
    readonly notFound?: number | undefined;
    /** The value of `Retry-After` in seconds. Default: 1. */
    readonly retryAfterSeconds?: number | undefined;
    /** The delay of a slow response in real milliseconds. Default: 5000. */
    readonly slowMilliseconds?: number | undefined;
    /** The age of a stale response in seconds of the mock's clock. Default: 60. */
    readonly staleSeconds?: number | undefined;
    /** The time in which a new batch is not found, in seconds of the mock's clock. Default: 5. */
    readonly notFoundSeconds?: number | undefined;
}

/**
 * One reason why validation rejected the input file.
 */
interface BatchError {
    /**
     * The error code, such as `invalid_json_line`. Servers may send other codes than those documented.
     */
    code?: string;
    /**
     * The line number in the input file, starting at 1; absent if the error concerns the whole file.
     */
    line?: number;
    /**
     * The server's error message.
     */
    message?: string;
    /**
     * The parameter that caused the error, such as `body.messages`.
     */
    param?: string;
}
/**
 * The tokens that a batch has used, summed over its requests.
 */
interface BatchUsage {
    /**
     * The number of input tokens.
     */
    input_tokens: number;
    /**
     * Details about the input tokens.
     */
    input_tokens_details: InputTokensDetails;
    /**
     * The number of output tokens.
     */
    output_tokens: number;
    /**
     * Details about the output tokens.
     */
    output_tokens_details: OutputTokensDetails;
    /**
     * The sum of input and output tokens.
     */
    total_tokens: number;
}
/**
 * Details about the input tokens of a batch.
 */
interface InputTokensDetails {
    /**
     * The number of input tokens that were read from the prompt cache.
     */
    cached_tokens: number;
}
/**
 * Details about the output tokens of a batch.
 */
interface OutputTokensDetails {
    /**
     * The number of output tokens used for reasoning.
     */
    reasoning_tokens: number;
}

/**
 * A plan of a simulated batch. Optional durations and ids are drawn from the seed by default.
 */
interface BatchPlan {
    /**
     * The random seed, a whole number. Default: 0.
     */
    seed?: number;
    /**
     * The server whose format of a batch is simulated. Default: `openai`.
     */
    wire?: ServerDialect;
    /**
     * The id of the batch.
     */
    id?: string;
    /**
     * When the batch is created, in Unix seconds.
     */
    created_at: number;
    /**
     * The endpoint of every request. Default: `/v1/chat/completions`, or `/chat/completions` for Azure.
     */
    endpoint?: string;
    /**
     * The model of the requests. The batch names its dated snapshot, if one is known. Default:
     * `gpt-5.4-mini`.
     */
    model?: string;
    /**
     * The id of the input file.
     */
    input_file_id?: string;
    /**
     * The id of the output file.
     */
    output_file_id?: string;
    /**
     * The id of the error file.
     */
    error_file_id?: string;
    /**
     * The completion window. Default: `24h`.
     */
    completion_window?: string;
    /**
     * The metadata of the batch.
     */
    metadata?: Record<string, string>;
    /**
     * The number of requests in the input file, up to 100,000. Default: 100.
     */
    requests?: number;
    /**
     * The duration of validation, in seconds.
     */
    validationSeconds?: number;
    /**
     * The time from the first to the last request, in seconds. The batch expires if it is longer than the
     * completion window.
     */
    runSeconds?: number;
    /**
     * The number of requests that finish per second, instead of `runSeconds`.
     */
    rate?: number;
    /**
     * The time to write the result files, in seconds.
     */
    finalizingSeconds?: number;
    /**
     * The time from the cancel request to the status `cancelled`, in seconds.
     */
    cancellingSeconds?: number;
    /**
     * The fraction of requests that fail, from 0 to 1. Default: 0.
     */
    failureRate?: number;
    /**
     * Requests that always fail.
     */
    failures?: PlannedFailure[];
    /**
     * The errors of a batch that fails. Without `breakAt`, validation rejects the input file; with it, the
     * batch fails at that time and has no result files. Default: none.
     */
    errors?: BatchError[];
    /**
     * When a cancel is requested, in Unix seconds. It has no effect on a batch that has already ended.
     */
    cancelAt?: number;
    /**
     * When a running, finalizing or cancelling batch fails, in Unix seconds. This transition was never
     * observed.
     */
    breakAt?: number;
    /**
     * The final token usage. Default: the sum over the simulated requests.
     */
    usage?: BatchUsage;
}
/**
 * A request that always fails.
 */
interface PlannedFailure {
    /**
     * The index of the request in the input file, starting at 0.
     */
    index: number;
    /**
     * The failure cause. Default: drawn from the seed.
     */
    cause?: FailureCause;
}
/**
 * Why a simulated request failed.
 *
 * - `context_length`: The request has more tokens than the model accepts; a retry fails again
 * - `rate_limit`: Too many requests at once; a retry may succeed
 * - `server_error`: The server failed; a retry may succeed
 * - `timeout`: The request timed out without an HTTP response
 */
type FailureCause = "context_length" | "rate_limit" | "server_error" | "timeout";
/**
 * The server whose format of a batch is simulated. Every format was observed or is documented.
 *
 * - `openai`: OpenAI since about September 2025: 22 properties, null if unset; `usage` is all zero until the end, and `model` is null while validating. Source: openai-batch-manager tests
 * - `openai_early`: OpenAI before that: 20 properties, null if unset. Source: bespokelabsai/curator cassettes
 * - `azure`: Azure OpenAI as documented: an endpoint without `/v1`, an error file on every completed batch, errors with only a code and a message, and no expiry
 * - `azure_rest`: An older REST API of Azure OpenAI: capitalized statuses, ISO 8601 timestamps, null counts and no endpoint. Source: MicrosoftDocs/azure-ai-docs batch-rest.md
 * - `groq`: Groq: 20 properties, and ids similar to ULIDs. Source: groq-sdk 1.6.0
 * - `dashscope`: `DashScope` of Alibaba Cloud: no deadline; after a cancel, unfinished requests count as failed. Source: cnblogs/dashscope-sdk captures
 * - `omitting`: A server that omits unset properties and whose ids have no prefix. Source: doublewordai/control-layer
 */
type ServerDialect = "openai" | "openai_early" | "azure" | "azure_rest" | "groq" | "dashscope" | "omitting";

/**
 * The names of the scenarios: the statuses that are not terminal, then the outcomes.
 * - `validating`: just created; requests are not counted yet
 * - `in_progress`: half of the requests have finished
 * - `finalizing`: every request has finished; the result files are not ready yet
 * - `cancelling`: a cancel was requested while requests were running
 * - `succeeded`: completed; every request succeeded
 * - `partially_failed`: completed; some requests failed
 * - `all_failed`: completed; every request failed, so there is no output file
 * - `empty`: completed; the input file had no requests
 * - `unverified`: completed; the server does not say how many requests succeeded
 * - `rejected`: validation rejected the input file
 * - `failed`: failed while requests were running, a transition that was never observed
 * - `expired_partial`: expired with half of the requests finished
 * - `expired`: expired before any request succeeded
 * - `cancelled_partial`: cancelled with half of the requests finished
 * - `cancelled`: cancelled during validation, before any request ran
 */
type ScenarioName = "validating" | "in_progress" | "finalizing" | "cancelling" | "succeeded" | "partially_failed" | "all_failed" | "empty" | "unverified" | "rejected" | "failed" | "expired_partial" | "expired" | "cancelled_partial" | "cancelled";

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

/** A request, as a responder gets it. */
interface ResponderRequest extends InputRequest {
    /** The index in the input file, from 0. */
    readonly index: number;
}
/** The response of a responder. */
interface ResponderResponse {
    /** The HTTP status. A status other than 2xx puts the line into the error file. Default: 200. */
    readonly status?: number | undefined;
    /** The body. Default: a simulated one, or an error for a status other than 2xx. */
    readonly body?: unknown;
    /** The text of a simulated body. */
    readonly content?: string | undefined;
}

/** The requests that a rule applies to. All given fields must match. */
interface AnswerMatch {
    /** The id of the request. `*` stands for any characters. */
    readonly custom_id?: string | undefined;
    /** The endpoint. */
    readonly url?: string | undefined;
    /** The model. */
    readonly model?: string | undefined;
    /** A part of the last text of the prompt, the messages or the input. */
    readonly contains?: string | undefined;
}
/** A response to the requests that match. */
interface AnswerRule extends ResponderResponse {
    /** The requests. Default: all. */
    readonly match?: AnswerMatch | undefined;
}

/** A status that a batch can be held in. */
type HeldStatus = Extract<BatchStatus, "validating" | "in_progress" | "finalizing" | "cancelling">;

/**
 * Stores the mock's state outside the process: in a folder, a database or a key-value store. Each change is awaited
 * before the response is sent, so a crash loses nothing that was acknowledged. Content is stored before the file
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
/** How batches run. */
interface BatchSteering {
    /** The plan: durations, failures, rejection, breakdown. */
    readonly plan?: PlanOverrides | undefined;
    /** A scenario that the batch follows. The fields of `plan` take precedence. */
    readonly scenario?: ScenarioName | undefined;
    /** The status that the batch does not leave, until it is cancelled or moved on. */
    readonly hold?: HeldStatus | undefined;
    /** What moves the batch from one status to the next: time, or each retrieval. Default: `time`. */
    readonly advance?: "time" | "poll" | undefined;
}
/** The options of `createMockApi`. */
interface MockOptions extends Pick<BatchSteering, "scenario" | "hold" | "advance"> {
    /** The clock. Default: the system's time, `speed` times as fast. */
    readonly clock?: MockClock | undefined;
    /**
     * The clock by which files expire: that of the mock, or the system's. A file of a batch lives 30 days, which a fast
     * clock passes in seconds. Default: `mock` if `clock` is set, otherwise `real`.
     */
    readonly fileClock?: "mock" | "real" | undefined;
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
     * How a batch runs, or a function that returns it: durations, failures, rejection, breakdown. The header
     * `x-batchlight-plan` of a request sets the same fields as JSON and takes precedence.
     */
    readonly plan?: PlanOverrides | ((batch: NewBatch) => PlanOverrides | undefined) | undefined;
    /**
     * Returns the response to a request, or undefined to leave it to the simulator. It is called for each request of a
     * batch in turn when the batch is created, and for direct requests. An error that it throws becomes a response with
     * status 500.
     */
    readonly responder?: ((request: ResponderRequest) => ResponderResponse | undefined | PromiseLike<ResponderResponse | undefined>) | undefined;
    /** Responses to requests that match: the first matching rule applies. The responder takes precedence. */
    readonly answers?: readonly AnswerRule[] | undefined;
    /** The webhook to call when a batch ends, besides those that clients create. */
    readonly webhook?: WebhookOptions | undefined;
    /** Sends events to the webhook endpoints that clients create. Default: the global `fetch`. */
    readonly webhookFetch?: WebhookOptions["fetch"];
    /** Stores the state beyond the life of the process. Default: memory only. */
    readonly store?: MockStore | undefined;
    /**
     * The maximum size in bytes of all files in memory together, and of the result files of one batch in any store. An
     * upload beyond the limit gets status 507; a batch whose results exceed it fails. Default: 2^30, 1 GiB.
     */
    readonly maxBytes?: number | undefined;
    /**
     * Receives errors that no response reports: why a batch could not be finished, which stored values are damaged, why a
     * request got status 500. Default: `console.error`.
     */
    readonly log?: ((line: string) => void) | undefined;
}

/** What the next batch or the next requests do. */
interface NextSteering extends BatchSteering {
    /** The fault of the next requests. */
    readonly fault?: Fault | undefined;
    /** The number of batches and of requests that this applies to. Default: 1. */
    readonly times?: number | undefined;
}

/** Steers a mock while it runs. The routes below `/_mock` do the same from outside. */
interface MockControl {
    /** The clock of the mock. */
    readonly clock: MockClock;
    /** Sets how the next batch runs, and the fault of the next requests. */
    readonly next: (steering: NextSteering) => void;
    /** Moves a batch one status on. From then on, time alone does not move it. Resolves with the batch. */
    readonly advance: (id: string) => Promise<WireBatch>;
    /** Moves the clock forward by a number of seconds and finishes the batches that are due. */
    readonly moveClock: (seconds: number) => Promise<void>;
    /** Deletes all files, batches, uploads and webhook endpoints, and forgets requests and what was set for the next. */
    readonly reset: () => Promise<void>;
    /** The latest requests, oldest first: up to 1,000, without credentials. */
    readonly requests: () => readonly LoggedRequest[];
}

/** A simulated Batch API. */
interface MockApi extends MockControl {
    /**
     * Responds to a request as the server would. Pass it to a client as its `fetch`, or serve it. Only the path from
     * `/v1/` on matters, so any host and prefix work. Rejects to simulate a broken connection; a tool that turns
     * rejections into responses, such as msw, needs `Response.error()` instead.
     */
    readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
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
 * The official client takes it as its `fetch`: `new OpenAI({ apiKey: "any", fetch: api.fetch })`.
 *
 * @throws {RangeError} if an option is out of range
 * @example
 * import { createMockApi } from "batchlight/mock";
 * const api = createMockApi({ speed: 1440, seed: 7, failureRate: 0.02 });
 * const headers = { authorization: "Bearer any" };
 * const response = await api.fetch(new Request("https://api.openai.com/v1/batches", { headers }));
 * console.log(response.status, (await response.json()).data); // 200 []
 */
declare function createMockApi(options?: MockOptions): MockApi;

/** The JSON schema of a configuration file. */
declare const configSchema: Readonly<Record<string, unknown>>;
/** The settings of a configuration file. */
type MockConfig = Omit<MockOptions, "clock" | "responder" | "store" | "log" | "plan" | "webhook" | "webhookFetch"> & {
    /** The URL of the JSON schema. */
    readonly $schema?: string | undefined;
    /** The port to listen on. */
    readonly port?: number | undefined;
    /** The folder in which files and batches are stored. */
    readonly data?: string | undefined;
    /** How batches run. */
    readonly plan?: NextSteering["plan"];
    /** The webhook to call when a batch ends. */
    readonly webhook?: Pick<WebhookOptions, "url" | "secret"> | undefined;
};
/**
 * Parses the text of a configuration file.
 *
 * @throws {RangeError} if the text is not JSON, or a setting is unknown or invalid
 */
declare function parseMockConfig(json: string): MockConfig;

/** Thrown for an invalid plan. Identified by its `name`: see {@link isBatchPlanError}. */
interface BatchPlanError extends RangeError {
    /** Identifies the class of errors. */
    readonly name: "BatchPlanError";
    /** Always `invalid_plan`. */
    readonly code: "invalid_plan";
    /** The invalid field of the plan. */
    readonly field: string;
}
/** Whether a caught value is a {@link BatchPlanError}, such as `simulateBatch` throws. */
declare const isBatchPlanError: (error: unknown) => error is BatchPlanError;
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
 * import { scenarios, simulateBatch } from "batchlight/mock";
 * const { plan, now } = scenarios.partially_failed;
 * console.log(simulateBatch(plan, now).request_counts); // {"completed":181,"failed":19,"total":200}
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
 * import { simulateBatch } from "batchlight/mock";
 * const plan = { seed: 7, created_at: 1764000000, requests: 500, failureRate: 0.02 };
 * console.log(simulateBatch(plan, 1764000000).status); // validating
 * console.log(simulateBatch(plan, 1764086400).status); // completed
 */
declare function simulateBatch(plan: BatchPlan, now?: number): WireBatch;

export { createMockApi, isBatchPlanError, manualClock, configSchema as mockConfigSchema, parseMockConfig, scenarios, simulateBatch };
export type { AnswerMatch, AnswerRule, BatchPlan, BatchPlanError, BatchScenario, BatchSteering, FailureCause, Fault, FaultRates, FaultStatus, HeldStatus, InputRequest, LoggedRequest, ManualClock, MockApi, MockClock, MockConfig, MockContent, MockControl, MockOptions, MockStore, NewBatch, NextSteering, PlanOverrides, PlannedFailure, ResponderRequest, ResponderResponse, ScenarioName, ServerDialect, WebhookEvent, WebhookOptions };

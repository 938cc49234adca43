import { WireBatch } from './index.js';
export { BatchError, BatchStatus, BatchUsage, WireBatch } from './index.js';

/** A clock. */
interface MockClock {
    /** The present, in Unix seconds; fractions are allowed. */
    now(): number;
}
/** A clock that stands still until it is moved. */
interface ManualClock extends MockClock {
    /** Moves it on by so many seconds; gives the new present. */
    advance(seconds: number): number;
    /** Moves it to a moment in Unix seconds, never backwards. */
    set(now: number): void;
}
/**
 * A clock that stands still until it is moved, for tests.
 *
 * @param start where it begins, in Unix seconds. Default: the present
 */
declare function manualClock(start?: number): ManualClock;

/**
 * What can go wrong with a request:
 * - `rate_limit`: 429 with `Retry-After`
 * - `server_error`: 500
 * - `drop`: the connection breaks; the call to `fetch` rejects
 * - `slow`: the answer comes late
 * - `stale`: the answer is an older one
 * - a status: an answer with that status
 */
type Fault = "rate_limit" | "server_error" | "drop" | "slow" | "stale" | FaultStatus;
/** An answer with a status of its own, in the shape of an error. */
interface FaultStatus {
    /** The status, from 400 on. */
    readonly status: number;
}
/** How often what goes wrong: shares of the requests, from 0 to 1. */
interface FaultRates {
    /** 429 with `Retry-After`. */
    readonly rateLimit?: number | undefined;
    /** 500. */
    readonly serverError?: number | undefined;
    /** A connection that breaks. */
    readonly drop?: number | undefined;
    /** An answer that comes late. */
    readonly slow?: number | undefined;
    /** An answer that is an older one. */
    readonly stale?: number | undefined;
    /** What `Retry-After` says, in seconds. Default: 1. */
    readonly retryAfterSeconds?: number | undefined;
    /** How late a slow answer comes, in real milliseconds. Default: 5000. */
    readonly slowMilliseconds?: number | undefined;
    /** How old a stale answer is, in the clock's seconds. Default: 60. */
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

/** The content of a file where a store keeps it: a Blob, or something that is read like one. */
interface MockContent {
    /** How many bytes it has. */
    readonly size: number;
    /** The bytes from `start` up to and without `end`. */
    slice(start?: number, end?: number): MockContent;
    /** Reads all bytes, chunk by chunk. */
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
    /** What the endpoint is asked. */
    readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Keeps the mock's state elsewhere: a folder, a database, a key-value store. Every change is written, and waited for,
 * before the request that made it is answered; so what was acknowledged is there after a crash. Content is written
 * before what names it.
 */
interface MockStore {
    /**
     * Everything that was kept, in any order. Keys that begin with `damaged/` name what was set aside: its ids are not
     * given again.
     */
    load(): PromiseLike<Iterable<readonly [key: string, value: string | MockContent]>>;
    /** Keeps a value: JSON as text, or a file's content. Keys are letters, digits, `_`, `-` and one `/`. */
    set(key: string, value: string | Blob): PromiseLike<void>;
    /** Forgets a value. */
    delete(key: string): PromiseLike<void>;
    /**
     * Keeps a file's content chunk by chunk, whole or not at all, and returns where it can be read. Without this method
     * content is collected in memory, and handed to `set`.
     */
    write?(key: string, chunks: AsyncIterable<Uint8Array>): PromiseLike<MockContent>;
    /** Moves a value that cannot be used out of the way, without deleting it, and reports it. */
    setAside?(key: string, reason: string): PromiseLike<void>;
}

/** Where to tell it. */
interface WebhookOptions {
    /** The address that events are posted to. */
    readonly url: string;
    /** The secret that both sides know, `whsec_` and base64 as a rule. */
    readonly secret: string;
    /** What they are posted with. Default: the global `fetch`. */
    readonly fetch?: ((request: Request) => Response | PromiseLike<Response>) | undefined;
}
/** An event: what became of which batch. The object itself is not in it. */
interface BatchEvent {
    /** The event's own id. */
    readonly id: string;
    /** Always this one. */
    readonly object: "event";
    /** When it happened, in Unix seconds of the mock's clock. */
    readonly created_at: number;
    /** What happened. */
    readonly type: "batch.completed" | "batch.failed" | "batch.expired" | "batch.cancelled";
    /** Which batch. */
    readonly data: {
        /** The batch's id. */
        readonly id: string;
    };
}

/** What a batch is created with. */
interface BatchAsked {
    /** The id it gets. */
    readonly id: string;
    /** When it is created, in Unix seconds. */
    readonly created_at: number;
    /** The endpoint. */
    readonly endpoint: string;
    /** The input file. */
    readonly input_file_id: string;
    /** The caller's own labels. */
    readonly metadata: Readonly<Record<string, string>> | undefined;
    /** How many requests the input file has. */
    readonly requests: number;
}
/** The members of a plan that are the mock's to choose. */
type PlanChoices = Partial<Omit<BatchPlan, "id" | "created_at" | "endpoint" | "input_file_id" | "completion_window" | "metadata" | "requests" | "usage">>;
/** A request that a responder answers. */
interface RequestAsked extends InputRequest {
    /** Its place in the input file, from 0. */
    readonly index: number;
}
/** An answer with a status of its own. */
interface Answer {
    /** The HTTP status; a status other than 2xx puts the line into the error file. Default: 200. */
    readonly status?: number | undefined;
    /** The body. */
    readonly body: unknown;
}
/** How a mock is made. */
interface MockOptions {
    /** What time it is. Default: the system's time, `speed` times as fast. */
    readonly clock?: MockClock | undefined;
    /** How many seconds pass in one: 1440 makes a day a minute. Default: 1. Not together with `clock`. */
    readonly speed?: number | undefined;
    /** What all chance is drawn from: a whole number below 2^32. Default: 0. */
    readonly seed?: number | undefined;
    /** Real milliseconds before each answer, or the least and the most of them. Default: 0. */
    readonly latency?: number | readonly [number, number] | undefined;
    /** How often what goes wrong. Default: nothing does. */
    readonly faults?: FaultRates | undefined;
    /** The key or keys to accept; `false`: ask for none. Default: any key, as long as there is one. */
    readonly auth?: string | readonly string[] | false | undefined;
    /** How many requests of a batch fail, from 0 to 1. Default: 0. */
    readonly failureRate?: number | undefined;
    /**
     * How a batch fares: durations, failures, rejection, breakdown. A request's header `x-batchlight-plan` says the same
     * in JSON.
     */
    readonly plan?: ((batch: BatchAsked) => PlanChoices | undefined) | undefined;
    /**
     * Answers the requests in place of the simulator: an object with `body` and a `status` of its own. Called for each
     * request when its batch is created, one after the other; what it throws is an answer with status 500.
     */
    readonly responder?: ((request: RequestAsked) => Answer | PromiseLike<Answer>) | undefined;
    /** Who is told when a batch ends. */
    readonly webhook?: WebhookOptions | undefined;
    /** Keeps what outlives the process. Default: memory alone. */
    readonly store?: MockStore | undefined;
    /**
     * The most bytes that all files may have together in memory, and the result files of one batch anywhere. An upload
     * for which there is no room is answered with 507; a batch whose results have none fails. Default: 2^30, 1 GiB.
     */
    readonly maxBytes?: number | undefined;
    /** Called with what no answer says: why a batch could not be finished, what of a store is damaged, why a request was
     * answered with 500. Default: `console.error`. */
    readonly log?: ((line: string) => void) | undefined;
}

/** A Batch API that nobody pays for. */
interface MockApi {
    /**
     * Answers a request as the server would: give it to a client as its `fetch`, or serve it. Only the path from `/v1/`
     * on is looked at, so any host and prefix will do. It rejects where a connection would break; what makes answers of
     * rejections (msw does) is to be given a `Response.error()` instead.
     */
    readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
    /** What time it is for the mock. */
    readonly clock: MockClock;
    /**
     * Lets the next request meet a fault, or the next few. A request's header `x-batchlight-fault` asks for one, by name
     * or status.
     */
    readonly fault: (fault: Fault, times?: number) => void;
    /**
     * Ends what is due by the clock: writes result files and tells the webhook; gives how many events were taken. Each
     * request does so too, and with a running clock a timer does; so this is for clocks that are moved by hand.
     */
    readonly settle: () => Promise<number>;
    /** Stops the timer, and breaks off result files that are being written; a later request writes them. */
    readonly close: () => void;
}
/**
 * Makes a Batch API with files, batches and webhooks that the official clients cannot tell from the real one: it checks
 * inputs, takes its time, fails and expires, and its result files hold a line for each request.
 *
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

/** Thrown for a plan that no server would make a batch of. Known by its `code`. */
interface BatchPlanError extends RangeError {
    /** What tells this error from others. */
    readonly code: "invalid_plan";
    /** The member of the plan at fault. */
    readonly member: string;
}
/** A plan and the moment at which it shows what it is for. */
interface BatchScenario {
    /** What it shows, in a sentence. */
    readonly summary: string;
    /** The plan. */
    readonly plan: BatchPlan;
    /** The moment, in Unix seconds. */
    readonly now: number;
}
/**
 * Ready-made plans, one for each status and outcome, for stories and tests.
 *
 * @example
 * const { plan, now } = scenarios.partially_failed;
 * const batch = simulateBatch(plan, now);
 * batch.request_counts; // { completed: 181, failed: 19, total: 200 }
 */
declare const scenarios: Readonly<Record<ScenarioName, BatchScenario>>;
/**
 * The object that a server would send for the planned batch at the moment `now`. The same plan and moment give the same
 * object, and of two moments the later one shows a batch that has gone on or stayed, as `compareBatches` sees it.
 * Nothing it gives has an issue above a note under the profile of its `wire`.
 *
 * @param plan what is asked for and how it fares; only `created_at` has to be given
 * @param now the moment, in Unix seconds; before the creation, the batch as it is created. Default: the present
 * @returns the object with its nulls. With the wire habits `azure_rest` the times are texts, as that server sends them
 * @throws {BatchPlanError} when the plan holds what no server would make a batch of
 * @example
 * const plan = { seed: 7, created_at: 1764000000, requests: 500, failureRate: 0.02 };
 * simulateBatch(plan, 1764000000).status; // "validating"
 * simulateBatch(plan, 1764086400).status; // "completed"
 */
declare function simulateBatch(plan: BatchPlan, now?: number): WireBatch;

export { createMockApi, manualClock, scenarios, simulateBatch };
export type { Answer, BatchAsked, BatchEvent, BatchPlan, BatchPlanError, BatchScenario, FailureCause, Fault, FaultRates, FaultStatus, InputRequest, ManualClock, MockApi, MockClock, MockContent, MockOptions, MockStore, PlanChoices, PlannedFailure, RequestAsked, ScenarioName, WebhookOptions, WireHabits };

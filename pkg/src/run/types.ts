// The options and results of batchlight/run.
import type { BatchStatus, Cause, InputReport, ModelUsage, ProfileName } from "#batchlight";
import type { BatchUpdate, WatchClock } from "../watch/types.js";
import type { RunApi } from "./api/api.js";
import type { RunStore } from "./store/store.js";

/** The official client, of any version from 4 on, or an object with the same methods. */
export interface OpenAIClient {
  /** The files. */
  readonly files: {
    /** Uploads a file. */
    create(body: never, options?: never): PromiseLike<unknown>;
    /** Downloads a file. */
    content(id: string, options?: never): PromiseLike<unknown>;
  };
  /** The batches. */
  readonly batches: {
    /** Creates a batch. */
    create(body: never, options?: never): PromiseLike<unknown>;
    /** Retrieves a batch. */
    retrieve(id: string, options?: never): PromiseLike<unknown>;
    /** Lists batches, newest first. */
    list(query?: never, options?: never): PromiseLike<unknown>;
    /** Cancels a batch. */
    cancel(id: string, options?: never): PromiseLike<unknown>;
  };
}

/** How to reach the server: by a client, or by an address and a key. */
export interface RunConnection {
  /** The official client. Its own retries are switched off, because they would create batches twice. */
  readonly client?: OpenAIClient | undefined;
  /** The API key, if there is no client. */
  readonly apiKey?: string | undefined;
  /** The base URL of the API. Default: that of OpenAI. */
  readonly baseURL?: string | undefined;
  /** Sends requests. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** The limits of the batches of a run. Default: those of the profile. */
export interface RunBatchLimits {
  /** The maximum number of requests of a batch. */
  readonly requests?: number | undefined;
  /** The maximum size of an input file in bytes. */
  readonly bytes?: number | undefined;
  /** The maximum number of embedding inputs of a batch. */
  readonly embeddingInputs?: number | undefined;
  /**
   * The maximum number of input tokens, estimated, of all batches of one model that have not ended. It also bounds each
   * batch. Accounts have different limits; without this one, a batch that the server fails at its limit waits.
   */
  readonly queueTokens?: number | undefined;
}

/** How a file becomes batches. A run that continues uses what it began with. */
export interface PlanOptions {
  /** Stores the files and the journal of the run. */
  readonly store: RunStore;
  /** The provider whose rules and limits apply. Default: `openai`. */
  readonly profile?: ProfileName | undefined;
  /** The limits of each batch. */
  readonly limits?: RunBatchLimits | undefined;
  /** The maximum number of attempts per request, at least 1. Default: 3. */
  readonly attempts?: number | undefined;
  /** Whether the file is fixed first, as by `fixInput`. Default: `false`. */
  readonly fix?: boolean | undefined;
  /** The completion window. Default: `24h`. */
  readonly window?: string | undefined;
  /** Metadata of every batch, in addition to the entries `batchlight_run` and `batchlight_sha256` of the package. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether requests of a batch that somebody cancelled are sent again. Default: `false`; what had finished is kept in
   * either case.
   */
  readonly retryCancelled?: boolean | undefined;
  /** Stops when it aborts. Batches are not cancelled; the same call with the same store continues. */
  readonly signal?: AbortSignal | undefined;
  /** The source of time, for tests. Default: the system clock. */
  readonly clock?: WatchClock | undefined;
}

/** The options of `runBatch`. */
export interface RunOptions extends PlanOptions, RunConnection {
  /**
   * When the run ends. Default: `results`.
   * - `results`: with all results
   * - `submitted`: once every batch that fits in the queue is created
   * - `now`: after one poll of each batch, or one search for it if its creation is uncertain; nothing is uploaded or
   *   created
   */
  readonly until?: "results" | "submitted" | "now" | undefined;
  /** Called with each event. */
  readonly onUpdate?: ((event: RunEvent) => void) | undefined;
}

/** The input of one batch. */
export interface PlannedBatch {
  /** The number of requests. */
  readonly requests: number;
  /** The size in bytes. */
  readonly bytes: number;
  /** The SHA-256 hash of the file, in hexadecimal digits. */
  readonly sha256: string;
  /** An estimate of the input tokens. */
  readonly tokens: number;
  /** The model of all requests. */
  readonly model?: string | undefined;
  /** The endpoint of all requests. */
  readonly endpoint?: string | undefined;
}

/** The plan of a run. */
export interface RunPlan {
  /** The id of the run, which is in the metadata of its batches. Without a store, no batch ever gets it. */
  readonly run: string;
  /** The first attempt of each shard. */
  readonly shards: readonly PlannedBatch[];
  /** Whether the run was planned before, and continues. */
  readonly continues: boolean;
  /** The report on the file; absent if the run continues. */
  readonly report?: InputReport | undefined;
}

/** What an event is about. */
export interface ShardEvent {
  /** The index of the shard. */
  readonly shard: number;
  /** The attempt, from 1. */
  readonly attempt: number;
}

/** The counts of an attempt. */
export interface AttemptCounts {
  /** The number of requests. */
  readonly requests: number;
  /** Requests that succeeded. */
  readonly succeeded: number;
  /** Requests with an incomplete response. */
  readonly incomplete: number;
  /** Requests that failed. */
  readonly failed: number;
  /** Requests without a result. */
  readonly missing: number;
}

/** The file is checked and divided, or the run continues. */
export interface PlannedEvent {
  /** Names this event. */
  readonly type: "planned";
  /** The plan. */
  readonly plan: RunPlan;
}

/** The input file of an attempt is uploaded. */
export interface UploadedEvent extends ShardEvent {
  /** Names this event. */
  readonly type: "uploaded";
  /** The id of the file. */
  readonly fileId: string;
}

/** The batch of an attempt exists. */
export interface CreatedEvent extends ShardEvent {
  /** Names this event. */
  readonly type: "created";
  /** The id of the batch. */
  readonly batchId: string;
  /** Whether the batch was found in the list, because the response to its creation was lost. */
  readonly found: boolean;
}

/** A poll of a batch returned something new. */
export interface UpdateEvent extends ShardEvent {
  /** Names this event. */
  readonly type: "update";
  /** The batch, its view and what changed. */
  readonly update: BatchUpdate;
}

/** A shard waits. */
export interface WaitingEvent extends ShardEvent {
  /** Names this event. */
  readonly type: "waiting";
  /**
   * What the shard waits for:
   * - `queue`: other batches of the run with the same model must end first
   * - `token_limit`: the server failed the batch at the account's token limit; it is created again after a pause, or
   *   when another batch of the run with the same model has ended
   * - `server`: the server must respond, or accept a request
   * - `list`: the batch may appear in the list of batches
   */
  readonly reason: "queue" | "token_limit" | "server" | "list";
  /** The number of seconds to wait, if known. */
  readonly seconds?: number | undefined;
  /** The error after which a request is repeated. */
  readonly error?: unknown;
}

/** A batch has ended. */
export interface EndedEvent extends ShardEvent {
  /** Names this event. */
  readonly type: "ended";
  /** The id of the batch. */
  readonly batchId: string;
  /** The terminal status. */
  readonly status: BatchStatus;
  /** Why the server failed the batch. */
  readonly message?: string | undefined;
}

/** The results of an attempt are matched with its requests. */
export interface ReconciledEvent extends ShardEvent {
  /** Names this event. */
  readonly type: "reconciled";
  /** The counts of the attempt. */
  readonly counts: AttemptCounts;
  /** The number of requests of the next attempt. */
  readonly retrying: number;
}

/** Something that happened in a run. */
export type RunEvent =
  | PlannedEvent
  | UploadedEvent
  | CreatedEvent
  | UpdateEvent
  | WaitingEvent
  | EndedEvent
  | ReconciledEvent;

/** A shard and how far it is. */
export interface RunShard extends PlannedBatch {
  /** What is next: `finish` if nothing is. */
  readonly next: "upload" | "create" | "find" | "wait" | "follow" | "fetch" | "reconcile" | "finish";
  /** The current attempt, from 1. */
  readonly attempt: number;
  /** The batches of all attempts, oldest first. */
  readonly batches: readonly string[];
  /** The requests that are settled, over all attempts. */
  readonly settled: AttemptCounts;
}

/** The state of a run. */
export interface RunStatus {
  /** The id of the run. */
  readonly run: string;
  /** Whether nothing is left to do. */
  readonly complete: boolean;
  /** Whether the run was cancelled. */
  readonly cancelled: boolean;
  /** The shards. */
  readonly shards: readonly RunShard[];
}

/** The result of a run. */
export interface RunResult extends RunStatus, AttemptCounts {
  /** Why requests failed or are incomplete, over all shards, the most frequent first. */
  readonly causes: readonly Cause[];
  /** The tokens that the succeeded requests used. */
  readonly usage: readonly ModelUsage[];
  /** The best result of each request, one line each, in the order of the input. Each call reads them again. */
  results(): ReadableStream<Uint8Array>;
}

/** The state of a run that was cancelled. */
export interface CancelledRun extends RunStatus {
  /** The ids of the batches whose cancellation was accepted. */
  readonly cancelling: readonly string[];
}

/** A run that is under way. It proceeds by itself; iterating over it only shows what happens. */
export interface BatchRun extends AsyncIterable<RunEvent> {
  /**
   * The result. Rejects with a `BatchlightRunError`, with the signal's reason if it aborts, with a `RangeError` if
   * `attempts` is not a whole number of at least 1, or with an error of the source or the store.
   */
  readonly result: Promise<RunResult>;
}

/** What the steps of a run share. */
export interface RunContext {
  readonly until: NonNullable<RunOptions["until"]>;
  readonly store: RunStore;
  readonly api: RunApi;
  readonly clock: WatchClock;
  /** Aborts when the run is detached or fails. */
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
}

export * from './files.js';
export { checkInput, digestResults, fixInput, joinResults, mergeResults, reconcile, splitInput, writeRetry } from './files.js';

/**
 * A batch: up to 50,000 requests from one JSONL file, run within a day.
 *
 * Exactly the members of the published interface and the two newer optional ones, `model` and
 * `usage`. Times are whole Unix seconds.
 */
interface Batch {
    /**
     * The id the server gave the batch, such as `batch_6780bb2f8f6c8190a6c0abfb8502bba6`.
     */
    id: string;
    /**
     * What kind of object this is: always `batch`.
     */
    object: "batch";
    /**
     * The endpoint every request of the batch goes to, such as `/v1/chat/completions`.
     */
    endpoint: string;
    /**
     * The dated model snapshot that runs the requests; absent while the input file is validated.
     */
    model?: string;
    /**
     * Why validation rejected the input file; present on a failed batch only.
     */
    errors?: BatchErrors;
    /**
     * The id of the uploaded JSONL file of requests.
     */
    input_file_id: string;
    /**
     * How long the server may take, such as `24h`.
     */
    completion_window: string;
    /**
     * Where the batch is in its life.
     */
    status: BatchStatus;
    /**
     * The id of the file of results; absent when no request succeeded or the batch still runs.
     */
    output_file_id?: string;
    /**
     * The id of the file of failed requests; absent when none failed or the batch still runs.
     */
    error_file_id?: string;
    /**
     * When the batch was created, in Unix seconds.
     */
    created_at: number;
    /**
     * When the first request could run, in Unix seconds.
     */
    in_progress_at?: number;
    /**
     * The deadline: `created_at` plus the completion window, in Unix seconds. Not the time of expiry.
     */
    expires_at?: number;
    /**
     * When the server began to write the result files, in Unix seconds.
     */
    finalizing_at?: number;
    /**
     * When the results were ready, in Unix seconds. Says nothing about success.
     */
    completed_at?: number;
    /**
     * When validation rejected the input file, in Unix seconds.
     */
    failed_at?: number;
    /**
     * When the deadline passed with requests unfinished, in Unix seconds.
     */
    expired_at?: number;
    /**
     * When cancellation was asked for, in Unix seconds.
     */
    cancelling_at?: number;
    /**
     * When cancellation was done, in Unix seconds.
     */
    cancelled_at?: number;
    /**
     * How many requests there are and how many have finished; all zero while validating.
     */
    request_counts?: BatchRequestCounts;
    /**
     * Tokens used so far; all zero until requests finish. Sent for batches made after 7 September 2025.
     */
    usage?: BatchUsage;
    /**
     * The caller's own labels: up to 16 pairs of strings, as far as the server keeps its rule.
     */
    metadata?: unknown;
}
/**
 * A change that cannot have happened.
 */
interface BatchAlarm {
    /**
     * What is impossible.
     */
    code: AlarmCode;
    /**
     * The member, such as `completed_at` or `request_counts.failed`.
     */
    member: string;
    /**
     * What it was before, as text.
     */
    before: string;
    /**
     * What it is after, as text.
     */
    after: string;
    /**
     * The whole of it in one line.
     */
    message: string;
}
/**
 * What lies between two snapshots.
 */
interface BatchChange {
    /**
     * How the two lie in time.
     */
    relation: ChangeRelation;
    /**
     * The statuses passed between the two, ends excluded: those a poller skipped. In order.
     */
    passed: BatchStatus[];
    /**
     * Whether the status took a way that nobody has recorded.
     */
    unusual: boolean;
    /**
     * What happened, when the second is later or the two conflict; empty when it is stale.
     */
    events: BatchEvent[];
    /**
     * What cannot have happened; only when the two conflict.
     */
    alarms: BatchAlarm[];
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
 * Why validation rejected the input file: one entry for each bad line.
 */
interface BatchErrors {
    /**
     * The entries, in the order of the file's lines.
     */
    data?: BatchError[];
    /**
     * What kind of object this is: `list`.
     */
    object?: string;
}
/**
 * Something that happened between two snapshots.
 */
type BatchEvent = {
    /** The status changed. */
    type: "status_changed";
    /** The status before, as it stood there. */
    from: string;
    /** The status after, as it stands there. */
    to: string;
} | {
    /** More requests have finished, or the total became known. */
    type: "progress";
    /** Requests that succeeded since. */
    completed: number;
    /** Requests that failed since. */
    failed: number;
    /** All requests; 0 while unknown. */
    total: number;
} | {
    /** A result file can be downloaded. */
    type: "file_appeared";
    /** Which. */
    file: ResultFile;
    /** Its id. */
    id: string;
} | {
    /** Validation named reasons for the failure. */
    type: "errors_appeared";
    /** How many there are now. */
    count: number;
} | {
    /** The model that runs the batch became known. */
    type: "model_named";
    /** The dated model snapshot. */
    model: string;
} | {
    /** More tokens were used. */
    type: "usage_changed";
    /** All tokens so far. */
    totalTokens: number;
} | {
    /** The caller's labels changed. */
    type: "metadata_changed";
    /** The keys whose values changed, came or went. */
    keys: string[];
};
/**
 * A problem of a value: its location, the expected value, the value found, and how to fix it.
 */
interface BatchIssue {
    /**
     * The code of the rule, such as `timestamp_order`. See `rules` for all codes.
     */
    code: string;
    /**
     * How serious the issue is. A value with an `error` cannot be used as a batch.
     */
    level: Level;
    /**
     * The keys and indexes that lead to the problem. Empty for the value itself.
     */
    path: PathSegment[];
    /**
     * The message, such as `expected a string, found number 7 at errors.data[1].code`.
     */
    message: string;
    /**
     * The expected value.
     */
    expected: string;
    /**
     * The value found. Strings are quoted and cut to 80 characters.
     */
    found: string;
    /**
     * How to fix the problem.
     */
    help: string;
}
/**
 * What became of a batch's requests; there is none while the batch runs.
 *
 * - `succeeded`: Every request succeeded
 * - `partially_failed`: Some requests succeeded, others did not
 * - `all_failed`: The batch completed and no request succeeded
 * - `empty`: The batch completed and there are no results
 * - `unverified`: The batch completed and the server did not say how many requests succeeded
 * - `rejected`: The input file was rejected; no request ran
 * - `failed`: The batch failed after requests had run
 * - `expired_partial`: The deadline passed; some requests had succeeded
 * - `expired`: The deadline passed; no request had succeeded
 * - `cancelled_partial`: Cancelled; some requests had succeeded
 * - `cancelled`: Cancelled; no request had succeeded
 */
type BatchOutcome = "succeeded" | "partially_failed" | "all_failed" | "empty" | "unverified" | "rejected" | "failed" | "expired_partial" | "expired" | "cancelled_partial" | "cancelled";
/**
 * How far a batch is.
 */
interface BatchProgress {
    /**
     * Requests that succeeded; absent when the server does not say.
     */
    completed?: number;
    /**
     * Requests that failed; absent when the server does not say.
     */
    failed?: number;
    /**
     * All requests; absent until they are counted.
     */
    total?: number;
    /**
     * The part of the requests that has finished, from 0 to 1, and below 1 until the batch has ended.
     * Absent when the total is not known: show the bar as indeterminate.
     */
    fraction?: number;
    /**
     * The part that succeeded, from 0 to `fraction`; absent like it.
     */
    succeededFraction?: number;
    /**
     * Progress in messages, for `aria-valuetext`.
     */
    text: string;
}
/**
 * How many requests a batch has, and how many of them have finished.
 */
interface BatchRequestCounts {
    /**
     * Requests that succeeded.
     */
    completed: number;
    /**
     * Requests that failed.
     */
    failed: number;
    /**
     * All requests of the batch; 0 until validation has counted them.
     */
    total: number;
}
/**
 * Where a batch is in its life.
 *
 * `completed` means that the results are ready, not that any request succeeded: that is the
 * outcome's to say, see `BatchOutcome`.
 *
 * - `validating`: The input file is being checked; no request has run
 * - `failed`: The input file was rejected; no request has run
 * - `in_progress`: Requests are running
 * - `finalizing`: The requests are done and the result files are being written
 * - `completed`: The results are ready
 * - `expired`: The completion window ended with requests unfinished; what finished can be downloaded
 * - `cancelling`: Cancellation was asked for; running requests may still finish
 * - `cancelled`: Cancelled; what finished can be downloaded
 */
type BatchStatus = "validating" | "failed" | "in_progress" | "finalizing" | "completed" | "expired" | "cancelling" | "cancelled";
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
 * A batch, ready to be shown. Text that comes from the batch is plain text: never put it into a page
 * as markup.
 */
interface BatchView {
    /**
     * Whether the value is usable as a batch: no issue is an error.
     */
    valid: boolean;
    /**
     * The batch's id.
     */
    id?: string;
    /**
     * The endpoint its requests go to.
     */
    endpoint?: string;
    /**
     * The model that runs it.
     */
    model?: string;
    /**
     * When it was created, in Unix seconds.
     */
    createdAt?: number;
    /**
     * The status as it stood in the value, known or not; empty when there was none.
     */
    status: string;
    /**
     * The status, when it is one of the eight; drifted spellings are read.
     */
    knownStatus?: BatchStatus;
    /**
     * Whether it has ended for good.
     */
    terminal: boolean;
    /**
     * Whether the provider would take a request to cancel it now.
     */
    cancellable: boolean;
    /**
     * What became of the requests; absent while it runs.
     */
    outcome?: BatchOutcome;
    /**
     * How it is meant: for a colour.
     */
    tone: Tone;
    /**
     * The shape that goes with it.
     */
    icon: Icon;
    /**
     * How the shape moves, where motion is welcome.
     */
    motion: Motion;
    /**
     * Where it belongs in a list sorted by attention.
     */
    group: Group;
    /**
     * Status and outcome in a few words.
     */
    label: string;
    /**
     * The same in a sentence.
     */
    summary: string;
    /**
     * The one next step; absent while there is nothing to do.
     */
    advice?: string;
    /**
     * How far it is.
     */
    progress: BatchProgress;
    /**
     * The steps it took and those ahead.
     */
    timeline: TimelineStep[];
    /**
     * Elapsed time, deadline, time left, stall.
     */
    timing: Timing;
    /**
     * Its files.
     */
    files: FileView[];
    /**
     * The result files that can be downloaded.
     */
    downloads: ResultFile[];
    /**
     * Which requests are worth sending again.
     */
    retry: RetryScope;
    /**
     * Why the input file was rejected: the first 100 reasons.
     */
    errors: ErrorView[];
    /**
     * How many reasons there are in all.
     */
    errorCount: number;
    /**
     * When to ask again.
     */
    poll: PollAdvice;
    /**
     * What is wrong with the value, or odd about it.
     */
    issues: BatchIssue[];
}
/**
 * What cannot happen to a batch.
 *
 * - `id_changed`: The two are different batches
 * - `created_at_changed`: The time of creation changed
 * - `input_file_changed`: The input file changed
 * - `left_terminal_state`: The batch left a state that is for good
 * - `status_went_back`: The status went back, or sideways, while other things went on
 * - `counts_went_back`: Fewer requests have finished than before
 * - `total_changed`: The number of requests changed
 * - `stamp_rewritten`: A stamp changed after it was written, or went
 * - `file_gone`: The id of a result file changed, or went
 */
type AlarmCode = "id_changed" | "created_at_changed" | "input_file_changed" | "left_terminal_state" | "status_went_back" | "counts_went_back" | "total_changed" | "stamp_rewritten" | "file_gone";
/**
 * How two snapshots of one batch lie in time.
 *
 * - `unchanged`: They say the same
 * - `advanced`: The second is later
 * - `stale`: The second is older: polls arrive out of order. Keep the first
 * - `conflicting`: Neither can be later than the other; the alarms say why, where something is impossible
 */
type ChangeRelation = "unchanged" | "advanced" | "stale" | "conflicting";
/**
 * A deadline.
 */
interface Deadline {
    /**
     * When, in Unix seconds.
     */
    at: number;
    /**
     * Seconds until then; negative once it has passed.
     */
    secondsLeft: number;
    /**
     * The same in words.
     */
    text: string;
}
/**
 * A reason for which the input file was rejected, for showing it.
 */
interface ErrorView {
    /**
     * The server's code.
     */
    code?: string;
    /**
     * The line of the input file, from 1.
     */
    line?: number;
    /**
     * The member of the line at fault.
     */
    param?: string;
    /**
     * The server's message with the line in front.
     */
    text: string;
}
/**
 * The time left, as a range.
 */
interface Eta {
    /**
     * At least this many seconds.
     */
    earliestSeconds: number;
    /**
     * At most this many seconds.
     */
    latestSeconds: number;
    /**
     * The same in words.
     */
    text: string;
}
/**
 * A file of a batch.
 *
 * - `input`: The requests
 * - `output`: The successful requests' answers
 * - `error`: The failed requests' errors
 */
type FileKind = "input" | "output" | "error";
/**
 * A file of a batch, for showing it.
 */
interface FileView {
    /**
     * Which.
     */
    kind: FileKind;
    /**
     * Its id.
     */
    id: string;
    /**
     * The words for it.
     */
    label: string;
}
/**
 * Where a batch belongs in a list sorted by what needs attention.
 *
 * - `attention`: Somebody should look: something failed, ran out of time or is not understood
 * - `active`: Under way
 * - `done`: Done, nothing to do
 */
type Group = "attention" | "active" | "done";
/**
 * The shape that goes with a status.
 *
 * - `circle-dashed`: A dashed circle
 * - `circle`: An empty circle
 * - `ring`: A ring, partly filled
 * - `ring-file`: A ring around a sheet
 * - `ring-square`: A square in a ring
 * - `circle-check`: A check mark in a circle
 * - `triangle-alert`: An exclamation mark in a triangle
 * - `triangle-question`: A question mark in a triangle
 * - `octagon-cross`: A cross in an octagon
 * - `clock-alert`: A clock with an exclamation mark
 * - `circle-slash`: A circle with a slash
 * - `question`: A question mark in a dashed box
 */
type Icon = "circle-dashed" | "circle" | "ring" | "ring-file" | "ring-square" | "circle-check" | "triangle-alert" | "triangle-question" | "octagon-cross" | "clock-alert" | "circle-slash" | "question";
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
 * How serious an issue is, from the lowest level to the highest.
 *
 * - `note`: A harmless deviation, such as one that the profile accepts
 * - `warning`: Valid, but suspicious
 * - `error`: Invalid
 */
type Level = "note" | "warning" | "error";
/**
 * How the icon moves, where motion is welcome.
 *
 * - `still`: Not at all
 * - `spin`: It turns
 * - `pulse`: It fades in and out
 */
type Motion = "still" | "spin" | "pulse";
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
 * A segment of a path.
 */
type PathSegment = string | number;
/**
 * When to ask for the batch again.
 */
interface PollAdvice {
    /**
     * Seconds until the next poll, fractions included; absent when the batch has ended.
     */
    seconds?: number;
    /**
     * Why then.
     */
    reason: PollReason;
    /**
     * The same in words.
     */
    text: string;
}
/**
 * Why to poll then.
 *
 * - `terminal`: It has ended: do not poll
 * - `age`: By the age of the step it is in
 * - `nearly_done`: It may be done soon
 * - `deadline`: The deadline is near
 * - `stalled`: It takes longer than usual: asking often does not help
 * - `unknown_status`: The status is not known
 */
type PollReason = "terminal" | "age" | "nearly_done" | "deadline" | "stalled" | "unknown_status";
/**
 * The name of a provider profile.
 *
 * - `openai`: OpenAI itself: the published interface, nulls read as absent
 * - `azure`: Azure OpenAI
 * - `groq`: Groq
 * - `dashscope`: `DashScope` of Alibaba Cloud
 * - `together`: Together AI
 * - `compatible`: Any other server that calls itself compatible: every known deviation is read through
 */
type ProfileName = "openai" | "azure" | "groq" | "dashscope" | "together" | "compatible";
/**
 * How many requests had finished at some moment: a poll remembered, for rate, ETA and stall.
 */
interface ProgressSample {
    /**
     * The moment, in Unix seconds.
     */
    at: number;
    /**
     * Requests that had succeeded.
     */
    completed: number;
    /**
     * Requests that had failed.
     */
    failed: number;
}
/**
 * A file of results.
 *
 * - `output`: The file of successful requests
 * - `error`: The file of failed requests
 */
type ResultFile = "output" | "error";
/**
 * Which requests are worth sending again.
 *
 * - `none`: None
 * - `failed`: Those that failed
 * - `unfinished`: Those that failed or did not finish
 * - `all`: All
 */
type RetryScope = "none" | "failed" | "unfinished" | "all";
/**
 * A rule: its code, level, expectation and help.
 */
interface RuleInfo {
    /**
     * The stable code, such as `timestamp_order`.
     */
    code: string;
    /**
     * The level of an issue. If the profile accepts the deviation, the level is `note` instead.
     */
    level: Level;
    /**
     * The expected value. `{a}` and `{b}` are placeholders for values that depend on the object.
     */
    expected: string;
    /**
     * How to fix the problem.
     */
    help: string;
}
/**
 * The reason for a rule. The WebAssembly module does not contain it, so it is separate from `RuleInfo`.
 */
interface RuleReason {
    /**
     * Why the rule matters.
     */
    why: string;
    /**
     * The source of the rule.
     */
    source: string;
}
/**
 * That something takes longer than usual. Says what is seen, not that anything is broken.
 */
interface Stall {
    /**
     * What.
     */
    kind: StallKind;
    /**
     * For how many seconds.
     */
    seconds: number;
    /**
     * The same in words.
     */
    text: string;
}
/**
 * What takes longer than usual.
 *
 * - `long_state`: The batch is in a step longer than was ever recorded
 * - `no_progress`: No request has finished for a long time, as the samples show
 * - `overdue`: The deadline has passed and the batch has not ended
 */
type StallKind = "long_state" | "no_progress" | "overdue";
/**
 * Where a step lies.
 *
 * - `done`: Behind
 * - `current`: The batch is in it
 * - `upcoming`: Ahead, if all goes well
 */
type StepState = "done" | "current" | "upcoming";
/**
 * A step of the timeline.
 */
interface TimelineStep {
    /**
     * The status entered.
     */
    status: BatchStatus;
    /**
     * The words for it.
     */
    label: string;
    /**
     * Where it lies.
     */
    state: StepState;
    /**
     * When it was entered, in Unix seconds; absent when ahead, or when the server wrote no stamp.
     */
    at?: number;
    /**
     * Seconds since the step before that has a stamp; absent without two stamps in order.
     */
    seconds?: number;
    /**
     * The same in messages, such as `2 hours 5 minutes`.
     */
    duration?: string;
}
/**
 * A batch's time.
 */
interface Timing {
    /**
     * Seconds from creation to the end, or until now while it runs.
     */
    elapsedSeconds?: number;
    /**
     * The same in words.
     */
    elapsed?: string;
    /**
     * The deadline; absent once the batch has ended, and when the server sets none.
     */
    deadline?: Deadline;
    /**
     * The time left, when the rate so far supports saying one.
     */
    eta?: Eta;
    /**
     * That it takes longer than usual; absent while there is no reason to say so.
     */
    stall?: Stall;
}
/**
 * The tone of a status: how it is meant, for a colour to say a third time after words and shape.
 *
 * - `info`: Under way
 * - `active`: Under way to a stop
 * - `success`: Every request succeeded
 * - `warning`: Some requests failed, or something needs a look
 * - `serious`: The deadline passed: orange where warning is yellow
 * - `danger`: Nothing succeeded
 * - `neutral`: Ended as asked
 * - `unknown`: Not known to this version
 */
type Tone = "info" | "active" | "success" | "warning" | "serious" | "danger" | "neutral" | "unknown";
/**
 * Why a move cannot be made.
 *
 * - `illegal_transition`: The lifecycle has no such move
 * - `unrecorded_transition`: Nobody has recorded such a move, and it was not asked for
 * - `stamp_backwards`: The time lies before a stamp that is already written
 * - `counts_impossible`: More requests finished than there are, or not all although the batch is completed
 * - `counts_backwards`: A count is lower than before, or the total changed
 * - `file_early`: A result file is named although the batch has not ended
 * - `errors_unexpected`: Errors are given for a status other than `failed`
 */
type TransitionCode = "illegal_transition" | "unrecorded_transition" | "stamp_backwards" | "counts_impossible" | "counts_backwards" | "file_early" | "errors_unexpected";
/**
 * A move that cannot be made: from where, to where, why, and which moves can.
 */
interface TransitionError {
    /**
     * Why.
     */
    code: TransitionCode;
    /**
     * The status the batch is in.
     */
    from: BatchStatus;
    /**
     * The status it was to enter.
     */
    to: BatchStatus;
    /**
     * The statuses it can enter; empty when it has ended.
     */
    allowed: BatchStatus[];
    /**
     * The whole of it in one line.
     */
    message: string;
}

/**
 * A rule of the catalogue: its code and level, what it expects, what to do about a breach, why it exists and where it
 * is from.
 */
type Rule = RuleInfo & RuleReason;
/** A provider's profile: its ways, as far as they are documented or recorded. */
interface Profile {
    /** Its name, for the `profile` option. */
    readonly name: ProfileName;
    /** What it is for, in one sentence. */
    readonly summary: string;
    /** The endpoints that are known; empty where they are not documented. */
    readonly endpoints: readonly string[];
}
/** A move of the lifecycle. */
interface LifecycleStep {
    /** The status left. */
    readonly from: BatchStatus;
    /** The status entered. */
    readonly to: BatchStatus;
    /** Whether anyone has recorded the move. */
    readonly evidence: "observed" | "unobserved";
    /** Who saw it, or why it is thinkable. */
    readonly source: string;
}
/** The rule catalogue: every rule that a value is checked against. */
declare const rules: readonly Rule[];
/** The provider profiles, for the `profile` option. */
declare const profiles: readonly Profile[];
/** The lifecycle: every move that is recorded, and those that are thinkable. */
declare const lifecycle: readonly LifecycleStep[];
/** The English catalogue by message id: what the `messages` option of describeBatch can replace. */
declare const messages: Readonly<Record<string, string>>;

/**
 * A batch that has been checked: exactly the published interface, with `metadata` narrowed to the map of strings it is.
 * No member is null or empty text; members that the interface does not know are still there, untouched.
 */
interface ParsedBatch extends Batch {
    /** The caller's own labels: up to 16 pairs of strings. */
    metadata?: Record<string, string>;
}
/**
 * A batch as servers really send it: where the published interface says absent, they send null; and the status may be
 * one that the interface does not know yet. Every function of this package takes it.
 */
type WireBatch = {
    [K in keyof Batch as undefined extends Batch[K] ? never : K]: K extends "status" ? BatchStatus | (string & {}) : Batch[K];
} & {
    [K in keyof Batch as undefined extends Batch[K] ? K : never]?: Batch[K] | null;
};
/** How a value is read. */
interface ReadOptions {
    /** Whose ways the value is read by. Default: `openai`. */
    readonly profile?: ProfileName | undefined;
}
/** The result of {@link safeParseBatch}. */
type ParseResult = {
    /** `true`: the value is a valid batch. */
    readonly success: true;
    /** The batch. */
    readonly data: ParsedBatch;
    /** Warnings and notes about the batch; never errors. */
    readonly issues: readonly BatchIssue[];
} | {
    /** `false`: the value is not a valid batch. */
    readonly success: false;
    /** Absent, so that the result can be destructured before it is checked. */
    readonly data?: undefined;
    /** All issues, at least one of them an error. */
    readonly issues: readonly BatchIssue[];
};

/**
 * Checks a value and gives the batch, ready to be used as the published interface says: optional members that were null
 * or empty text are gone, what the profile reads through is put right, members the interface does not know are kept.
 * The value is never changed; where there is nothing to change, it is given back itself.
 *
 * @param value a batch from any source: the official client's object, the wire's, or its JSON as text or bytes
 * @throws {BatchValidationError} when it is no batch; `issues` holds every problem
 *
 * @example
 * import { parseBatch } from "batchlight";
 * const batch = parseBatch({
 *   id: "batch_1", object: "batch", endpoint: "/v1/embeddings", input_file_id: "file-1", completion_window: "24h",
 *   status: "validating", created_at: 1736489775, output_file_id: null,
 * });
 * console.log("output_file_id" in batch); // false
 */
declare function parseBatch(value: unknown, options?: ReadOptions): ParsedBatch;
/**
 * Checks a value and answers with the batch, or with every problem it has.
 *
 * @param value a batch from any source: the official client's object, the wire's, or its JSON as text or bytes
 * @example
 * import { safeParseBatch } from "batchlight";
 * const result = safeParseBatch({ id: 7 });
 * if (!result.success) console.log(result.issues.length > 5, result.issues[0].path); // true ["status"]
 */
declare function safeParseBatch(value: unknown, options?: ReadOptions): ParseResult;
/**
 * Whether a value is usable as a `Batch` as it is: nothing is wrong that would make the published interface untrue, but
 * for nulls where it says absent. Text is no batch, whatever it holds.
 *
 * @example
 * import { isBatch } from "batchlight";
 * console.log(isBatch({ object: "batch" })); // false
 */
declare function isBatch(value: unknown, options?: ReadOptions): value is Batch;

/** Which moves count. */
interface MoveOptions {
    /** Whether moves count that are thinkable but that nobody has recorded. Default: false. */
    readonly unobserved?: boolean | undefined;
}
/**
 * The statuses that can follow a status directly; none when it is for good.
 *
 * @throws {RangeError} for a status that is not one of the eight
 * @example
 * import { nextStatuses } from "batchlight";
 * console.log(nextStatuses("in_progress")); // ["finalizing", "expired", "cancelling"]
 */
declare function nextStatuses(status: BatchStatus, options?: MoveOptions): BatchStatus[];
/**
 * Whether a status is for good: completed, failed, expired or cancelled.
 *
 * @throws {RangeError} for a status that is not one of the eight
 */
declare function isTerminal(status: BatchStatus): boolean;
/**
 * Whether one status can follow another directly.
 *
 * @throws {RangeError} for a status that is not one of the eight
 */
declare function canTransition(from: BatchStatus, to: BatchStatus, options?: MoveOptions): boolean;
/**
 * Whether a later look can find a status: pollers skip what lies between. Every status reaches itself.
 *
 * @throws {RangeError} for a status that is not one of the eight
 * @example
 * import { canReach } from "batchlight";
 * console.log(canReach("validating", "completed"), canReach("cancelling", "completed")); // true false
 */
declare function canReach(from: BatchStatus, to: BatchStatus, options?: MoveOptions): boolean;
/** What a move brings with it. */
interface TransitionOptions extends ReadOptions, MoveOptions {
    /** When it happens, in whole Unix seconds: it becomes the stamp of the new status. */
    readonly at: number;
    /** The counts after it. Default: as before. */
    readonly counts?: BatchRequestCounts | undefined;
    /** The result files it names; only when the batch ends. */
    readonly files?: {
        /** The id of the output file. */
        readonly output?: string | undefined;
        /** The id of the error file. */
        readonly error?: string | undefined;
    } | undefined;
    /** Why the input file was rejected; only for a move to `failed`. */
    readonly errors?: BatchErrors | undefined;
}
/**
 * Moves a batch to its next status and gives the batch after the move; the one before is not changed.
 *
 * @throws {BatchTransitionError} when the lifecycle has no such move, when time or counts run backwards, or when files
 * or errors do not go with the new status: it names from, to, and what is allowed
 * @throws {BatchValidationError} when the batch is none, or when what the move brings has the wrong shape
 * @throws {RangeError} for a status that is not one of the eight
 * @example
 * import { transition } from "batchlight";
 * const batch = {
 *   id: "batch_1", object: "batch", endpoint: "/v1/embeddings", input_file_id: "file-1", completion_window: "24h",
 *   status: "validating", created_at: 1736489775,
 * };
 * const running = transition(batch, "in_progress", { at: 1736489776, counts: { total: 3, completed: 0, failed: 0 } });
 * console.log(running.status, running.in_progress_at); // in_progress 1736489776
 */
declare function transition(batch: unknown, to: BatchStatus, options: TransitionOptions): ParsedBatch;
/**
 * Compares two looks at a batch, in the order in which they came: is the second later, older, the same, or impossible?
 * Polls overtake each other, so the order is read from the two themselves.
 *
 * @throws {BatchValidationError} when one of the two is no object of a batch at all
 * @example
 * import { compareBatches } from "batchlight";
 * const before = {
 *   id: "batch_1", object: "batch", endpoint: "/v1/embeddings", input_file_id: "file-1", completion_window: "24h",
 *   status: "validating", created_at: 1736489775,
 * };
 * const change = compareBatches(before,
 * { ...before, status: "finalizing", in_progress_at: 1736489776, finalizing_at: 1736489782 });
 * console.log(change.relation, change.passed); // advanced ["in_progress"]
 */
declare function compareBatches(before: unknown, after: unknown, options?: ReadOptions): BatchChange;

/** How to look at a batch. */
interface LookOptions extends ReadOptions {
    /** The moment of looking, in Unix seconds. Default: now. */
    readonly now?: number | undefined;
    /** Polls remembered, in any order: they make time left and stall verdicts possible. */
    readonly history?: readonly ProgressSample[] | undefined;
    /**
     * Spreads many pollers by up to a tenth either way; the same seed gives the same answer. Default: by the batch's id.
     */
    readonly seed?: number | undefined;
}
/** How to describe a batch. */
interface DescribeOptions extends LookOptions {
    /** Texts by message id in place of the English ones; `messages` has them all. */
    readonly messages?: Readonly<Record<string, string>> | undefined;
}
/**
 * Everything a page needs to show a batch: label, tone, icon, sentence, progress, timeline, time, files, errors,
 * issues, and when to ask again. Never throws for a value, whatever it is: garbage is described as such.
 *
 * @param value a batch, its JSON as text or bytes, or anything else
 * @example
 * import { describeBatch } from "batchlight";
 * const view = describeBatch({
 *   id: "batch_1", object: "batch", endpoint: "/v1/embeddings", input_file_id: "file-1", completion_window: "24h",
 *   status: "completed", created_at: 1736489775, in_progress_at: 1736489776, finalizing_at: 1736489780, completed_at:
 *   1736489783, error_file_id: "file-2", request_counts: { completed: 0, failed: 3, total: 3 },
 * });
 * console.log(view.label, view.tone, view.outcome); // Completed, all failed danger all_failed
 */
declare function describeBatch(value: unknown, options?: DescribeOptions): BatchView;
/**
 * When to ask for a batch again: soon while much changes, seldom while nothing does, never once it has ended.
 *
 * @param batch a batch, or its JSON as text or bytes; anything else is asked for again in a minute or so
 * @example
 * import { nextPoll } from "batchlight";
 * console.log(nextPoll({ status: "completed" }).seconds); // undefined
 */
declare function nextPoll(batch: unknown, options?: LookOptions): PollAdvice;

/** A JSON Schema, as a plain object. */
type JsonSchema = Record<string, unknown>;
/** What is asked of a JSON Schema: the dialect to write. */
interface JsonSchemaOptions {
    /** `draft-2020-12`, `draft-07` or `openapi-3.0`. */
    readonly target: string;
}
/** One problem, as Standard Schema has it. */
interface SchemaIssue {
    /** The whole of it in one line. */
    readonly message: string;
    /** Where, as keys and indexes from the top. */
    readonly path: readonly (string | number)[];
}
/** What a schema answers, as Standard Schema has it. */
type SchemaResult = {
    /** The batch. */
    readonly value: ParsedBatch;
    /** None: it is a batch. */
    readonly issues?: undefined;
} | {
    /** Every error. */
    readonly issues: readonly SchemaIssue[];
};
/** A schema of a batch: Standard Schema version 1 and Standard JSON Schema version 1 in one object. */
interface BatchSchema {
    /** What the two specifications ask for. */
    readonly "~standard": {
        /** The version of the specifications. */
        readonly version: 1;
        /** Who made it. */
        readonly vendor: "batchlight";
        /** Checks a value: the batch, or every error. */
        readonly validate: (value: unknown) => SchemaResult;
        /** The schema as JSON Schema. */
        readonly jsonSchema: {
            /** Of what may come in, nulls included. */
            readonly input: (options: JsonSchemaOptions) => JsonSchema;
            /** Of what goes out. */
            readonly output: (options: JsonSchemaOptions) => JsonSchema;
        };
        /** The types that go in and out; there is no value. */
        readonly types?: {
            /** What goes in. */
            readonly input: Batch;
            /** What goes out. */
            readonly output: ParsedBatch;
        };
    };
}
/**
 * A schema that reads by a profile; {@link batchSchema} is the one for OpenAI.
 *
 * @example
 * import { createBatchSchema } from "batchlight";
 * const azure = createBatchSchema({ profile: "azure" });
 * console.log(azure["~standard"].vendor); // batchlight
 */
declare function createBatchSchema(options?: ReadOptions): BatchSchema;
/** The schema of a batch as OpenAI sends it, for every library that takes a Standard Schema. */
declare const batchSchema: BatchSchema;

/** Thrown for a value that is no batch: every issue at once. Known by its `name`. */
interface BatchValidationError extends Error {
    /** What tells this error from others. */
    readonly name: "BatchValidationError";
    /** Always this one. */
    readonly code: "invalid_batch";
    /** Every issue, warnings and notes included. */
    readonly issues: readonly BatchIssue[];
}
/** Thrown for a move that a batch cannot make. Known by its `name`. */
interface BatchTransitionError extends Error {
    /** What tells this error from others. */
    readonly name: "BatchTransitionError";
    /** Why it cannot be made. */
    readonly code: TransitionCode;
    /** The status the batch is in. */
    readonly from: BatchStatus;
    /** The status it was to enter. */
    readonly to: BatchStatus;
    /** The statuses it can enter; empty when it has ended. */
    readonly allowed: readonly BatchStatus[];
}

/**
 * Loads the module ahead of the first call, without blocking. Never needed, except where a browser compiles modules
 * only this way; a second call does nothing, and a call that comes before it is done does not wait for it.
 */
declare const init: () => Promise<void>;

/**
 * Why the package's module could not be used:
 * - `wasm_blocked`: this place does not let WebAssembly be compiled
 * - `wasm_too_large`: this place compiles a module of this size only without blocking, so by `await init()`
 * - `not_loaded`: `batchlight/slim` has not been given its module yet
 * - `wrong_module`: what `batchlight/slim` was given is not the module of this version
 * - `worker_failed`: the worker of `batchlight/worker` could not be started, or died
 * - `internal`: the module failed in the middle of a call; it starts afresh with the next one
 */
type LoadProblemCode = "wasm_blocked" | "wasm_too_large" | "not_loaded" | "wrong_module" | "worker_failed" | "internal";
/**
 * An error of the package's own making that does not speak of the caller's data. Known by its name, not by
 * `instanceof`.
 */
interface LoadProblem extends Error {
    /** What tells this error from others. */
    readonly name: "BatchlightLoadError";
    /** Why. */
    readonly code: LoadProblemCode;
}

export { batchSchema, canReach, canTransition, compareBatches, createBatchSchema, describeBatch, init, isBatch, isTerminal, lifecycle, messages, nextPoll, nextStatuses, parseBatch, profiles, rules, safeParseBatch, transition };
export type { AlarmCode, Batch, BatchAlarm, BatchChange, BatchError, BatchErrors, BatchEvent, BatchIssue, BatchOutcome, BatchProgress, BatchRequestCounts, BatchSchema, BatchStatus, BatchTransitionError, BatchUsage, BatchValidationError, BatchView, ChangeRelation, Deadline, DescribeOptions, ErrorView, Eta, FileKind, FileView, Group, Icon, InputTokensDetails, JsonSchema, JsonSchemaOptions, Level, LifecycleStep, LoadProblem, LoadProblemCode, LookOptions, Motion, MoveOptions, OutputTokensDetails, ParseResult, ParsedBatch, PathSegment, PollAdvice, PollReason, Profile, ProfileName, ProgressSample, ReadOptions, ResultFile, RetryScope, Rule, RuleInfo, RuleReason, SchemaIssue, SchemaResult, Stall, StallKind, StepState, TimelineStep, Timing, Tone, TransitionCode, TransitionError, TransitionOptions, WireBatch };

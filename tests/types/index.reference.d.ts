export * from './files.js';
export { checkInput, digestResults, fixInput, isBatchlightFileError, joinResults, mergeResults, reconcile, splitInput, writeRetry } from './files.js';

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
    readonly code: AlarmCode;
    /**
     * The member, such as `completed_at` or `request_counts.failed`.
     */
    readonly member: string;
    /**
     * What it was before, as text.
     */
    readonly before: string;
    /**
     * What it is after, as text.
     */
    readonly after: string;
    /**
     * The whole of it in one line.
     */
    readonly message: string;
}
/**
 * What lies between two snapshots.
 */
interface BatchChange {
    /**
     * How the two lie in time.
     */
    readonly relation: ChangeRelation;
    /**
     * The statuses passed between the two, ends excluded: those a poller skipped. In order.
     */
    readonly passed: readonly BatchStatus[];
    /**
     * Whether the status took a way that nobody has recorded.
     */
    readonly unusual: boolean;
    /**
     * What happened, when the second is later or the two conflict; empty when it is stale.
     */
    readonly events: readonly BatchEvent[];
    /**
     * What cannot have happened; only when the two conflict.
     */
    readonly alarms: readonly BatchAlarm[];
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
    readonly type: "status_changed";
    /** The status before, as it stood there. */
    readonly from: string;
    /** The status after, as it stands there. */
    readonly to: string;
} | {
    /** More requests have finished, or the total became known. */
    readonly type: "progress";
    /** Requests that succeeded since. */
    readonly completed: number;
    /** Requests that failed since. */
    readonly failed: number;
    /** All requests; 0 while unknown. */
    readonly total: number;
} | {
    /** A result file can be downloaded. */
    readonly type: "file_appeared";
    /** Which. */
    readonly file: ResultFile;
    /** Its id. */
    readonly id: string;
} | {
    /** Validation named reasons for the failure. */
    readonly type: "errors_appeared";
    /** How many there are now. */
    readonly count: number;
} | {
    /** The model that runs the batch became known. */
    readonly type: "model_named";
    /** The dated model snapshot. */
    readonly model: string;
} | {
    /** More tokens were used. */
    readonly type: "usage_changed";
    /** All tokens so far. */
    readonly totalTokens: number;
} | {
    /** The caller's labels changed. */
    readonly type: "metadata_changed";
    /** The keys whose values changed, came or went. */
    readonly keys: readonly string[];
};
/**
 * A problem of a value: its location, the expected value, the value found, and how to fix it.
 */
interface BatchIssue {
    /**
     * The code of the rule, such as `timestamp_order`. See `rules` for all codes.
     */
    readonly code: string;
    /**
     * How serious the issue is. A value with an `error` cannot be used as a batch.
     */
    readonly level: Level;
    /**
     * The keys and indexes that lead to the problem. Empty for the value itself.
     */
    readonly path: readonly PathSegment[];
    /**
     * The message, such as `expected a string, found number 7 at errors.data[1].code`.
     */
    readonly message: string;
    /**
     * The expected value.
     */
    readonly expected: string;
    /**
     * The value found. Strings are quoted and cut to 80 characters.
     */
    readonly found: string;
    /**
     * How to fix the problem.
     */
    readonly help: string;
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
    readonly completed?: number;
    /**
     * Requests that failed; absent when the server does not say.
     */
    readonly failed?: number;
    /**
     * All requests; absent until they are counted.
     */
    readonly total?: number;
    /**
     * The part of the requests that has finished, from 0 to 1, and below 1 until the batch has ended.
     * Absent when the total is not known: show the bar as indeterminate.
     */
    readonly fraction?: number;
    /**
     * The part that succeeded, from 0 to `fraction`; absent like it.
     */
    readonly succeededFraction?: number;
    /**
     * Progress in messages, for `aria-valuetext`.
     */
    readonly text: string;
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
    readonly valid: boolean;
    /**
     * The batch's id.
     */
    readonly id?: string;
    /**
     * The endpoint its requests go to.
     */
    readonly endpoint?: string;
    /**
     * The model that runs it.
     */
    readonly model?: string;
    /**
     * When it was created, in Unix seconds.
     */
    readonly createdAt?: number;
    /**
     * The status as it stood in the value, known or not; empty when there was none.
     */
    readonly status: string;
    /**
     * The status, when it is one of the eight; drifted spellings are read.
     */
    readonly knownStatus?: BatchStatus;
    /**
     * Whether it has ended for good.
     */
    readonly terminal: boolean;
    /**
     * Whether the provider would take a request to cancel it now.
     */
    readonly cancellable: boolean;
    /**
     * What became of the requests; absent while it runs.
     */
    readonly outcome?: BatchOutcome;
    /**
     * How it is meant: for a colour.
     */
    readonly tone: Tone;
    /**
     * The shape that goes with it.
     */
    readonly icon: Icon;
    /**
     * How the shape moves, where motion is welcome.
     */
    readonly motion: Motion;
    /**
     * Where it belongs in a list sorted by attention.
     */
    readonly group: Group;
    /**
     * Status and outcome in a few words.
     */
    readonly label: string;
    /**
     * The same in a sentence.
     */
    readonly summary: string;
    /**
     * The one next step; absent while there is nothing to do.
     */
    readonly advice?: string;
    /**
     * How far it is.
     */
    readonly progress: BatchProgress;
    /**
     * The steps it took and those ahead.
     */
    readonly timeline: readonly TimelineStep[];
    /**
     * Elapsed time, deadline, time left, stall.
     */
    readonly timing: Timing;
    /**
     * Its files.
     */
    readonly files: readonly FileView[];
    /**
     * The result files that can be downloaded.
     */
    readonly downloads: readonly ResultFile[];
    /**
     * Which requests are worth sending again.
     */
    readonly retry: RetryScope;
    /**
     * Why the input file was rejected: the first 100 reasons.
     */
    readonly errors: readonly ErrorView[];
    /**
     * How many reasons there are in all.
     */
    readonly errorCount: number;
    /**
     * When to ask again.
     */
    readonly poll: PollAdvice;
    /**
     * What is wrong with the value, or odd about it.
     */
    readonly issues: readonly BatchIssue[];
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
    readonly at: number;
    /**
     * Seconds until then; negative once it has passed.
     */
    readonly secondsLeft: number;
    /**
     * The same in words.
     */
    readonly text: string;
}
/**
 * A reason for which the input file was rejected, for showing it.
 */
interface ErrorView {
    /**
     * The server's code.
     */
    readonly code?: string;
    /**
     * The line of the input file, from 1.
     */
    readonly line?: number;
    /**
     * The member of the line at fault.
     */
    readonly param?: string;
    /**
     * The server's message with the line in front.
     */
    readonly text: string;
}
/**
 * The time left, as a range.
 */
interface Eta {
    /**
     * At least this many seconds.
     */
    readonly earliestSeconds: number;
    /**
     * At most this many seconds.
     */
    readonly latestSeconds: number;
    /**
     * The same in words.
     */
    readonly text: string;
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
    readonly kind: FileKind;
    /**
     * Its id.
     */
    readonly id: string;
    /**
     * The words for it.
     */
    readonly label: string;
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
    readonly seconds?: number;
    /**
     * Why then.
     */
    readonly reason: PollReason;
    /**
     * The same in words.
     */
    readonly text: string;
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
    readonly at: number;
    /**
     * Requests that had succeeded.
     */
    readonly completed: number;
    /**
     * Requests that had failed.
     */
    readonly failed: number;
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
    readonly code: string;
    /**
     * The level of an issue. If the profile accepts the deviation, the level is `note` instead.
     */
    readonly level: Level;
    /**
     * The expected value. `{a}` and `{b}` are placeholders for values that depend on the object.
     */
    readonly expected: string;
    /**
     * How to fix the problem.
     */
    readonly help: string;
}
/**
 * The reason for a rule. The WebAssembly module does not contain it, so it is separate from `RuleInfo`.
 */
interface RuleReason {
    /**
     * Why the rule matters.
     */
    readonly why: string;
    /**
     * The source of the rule.
     */
    readonly source: string;
}
/**
 * That something takes longer than usual. Says what is seen, not that anything is broken.
 */
interface Stall {
    /**
     * What.
     */
    readonly kind: StallKind;
    /**
     * For how many seconds.
     */
    readonly seconds: number;
    /**
     * The same in words.
     */
    readonly text: string;
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
    readonly status: BatchStatus;
    /**
     * The words for it.
     */
    readonly label: string;
    /**
     * Where it lies.
     */
    readonly state: StepState;
    /**
     * When it was entered, in Unix seconds; absent when ahead, or when the server wrote no stamp.
     */
    readonly at?: number;
    /**
     * Seconds since the step before that has a stamp; absent without two stamps in order.
     */
    readonly seconds?: number;
    /**
     * The same in messages, such as `2 hours 5 minutes`.
     */
    readonly duration?: string;
}
/**
 * A batch's time.
 */
interface Timing {
    /**
     * Seconds from creation to the end, or until now while it runs.
     */
    readonly elapsedSeconds?: number;
    /**
     * The same in words.
     */
    readonly elapsed?: string;
    /**
     * The deadline; absent once the batch has ended, and when the server sets none.
     */
    readonly deadline?: Deadline;
    /**
     * The time left, when the rate so far supports saying one.
     */
    readonly eta?: Eta;
    /**
     * That it takes longer than usual; absent while there is no reason to say so.
     */
    readonly stall?: Stall;
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
    readonly code: TransitionCode;
    /**
     * The status the batch is in.
     */
    readonly from: BatchStatus;
    /**
     * The status it was to enter.
     */
    readonly to: BatchStatus;
    /**
     * The statuses it can enter; empty when it has ended.
     */
    readonly allowed: readonly BatchStatus[];
    /**
     * The whole of it in one line.
     */
    readonly message: string;
}

/** A rule: its code and level, what it expects, how to fix a violation, why it exists and where it comes from. */
type Rule = RuleInfo & RuleReason;
/** The profile of a provider: its deviations from the published interface, as documented or observed. */
interface Profile {
    /** The name, for the `profile` option. */
    readonly name: ProfileName;
    /** The purpose of the profile, in one sentence. */
    readonly summary: string;
    /** The known endpoints; empty if they are not documented. */
    readonly endpoints: readonly string[];
}
/** A transition of the lifecycle. */
interface LifecycleTransition {
    /** The status before the transition. */
    readonly from: BatchStatus;
    /** The status after the transition. */
    readonly to: BatchStatus;
    /** Whether the transition was seen in real traffic, or is only plausible. */
    readonly evidence: "observed" | "unobserved";
    /** Where the transition was observed, or why it is plausible. */
    readonly source: string;
}
/** All rules that a batch is checked against. */
declare const rules: readonly Rule[];
/** All provider profiles, for the `profile` option. */
declare const profiles: readonly Profile[];
/** All transitions of the lifecycle, observed and unobserved. */
declare const lifecycle: readonly LifecycleTransition[];
/** The English messages by id, which the `messages` option of describeBatch replaces. */
declare const messages: Readonly<Record<string, string>>;

/**
 * A batch that has been parsed: exactly the published interface, with `metadata` narrowed to a map of strings. No
 * optional field is null or an empty string. Unknown fields are kept.
 */
interface ParsedBatch extends Batch {
    /** The caller's own labels: up to 16 pairs of strings. */
    metadata?: Record<string, string>;
}
/** A type whose optional properties may also be null, at every depth. */
type Nullable<T> = T extends readonly (infer Item)[] ? Nullable<Item>[] : T extends object ? {
    [K in keyof T as undefined extends T[K] ? never : K]: Nullable<T[K]>;
} & {
    [K in keyof T as undefined extends T[K] ? K : never]?: Nullable<T[K]> | null;
} : T;
/**
 * A valid batch before parsing: where the published interface leaves a field out, servers send null. {@link isBatch}
 * narrows to this type.
 */
type NullableBatch = Nullable<Batch>;
/**
 * A batch as servers send it: a {@link NullableBatch} whose status may also be one that the interface does not know
 * yet. Every function of this package accepts it.
 */
type WireBatch = Omit<NullableBatch, "status"> & {
    /** One of the known statuses, or any other string. */
    status: BatchStatus | (string & {});
};
/** How a value is read. */
interface ReadOptions {
    /** The provider whose known deviations are tolerated. Default: `openai`. */
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
 * Validates a value and returns the batch as the published interface describes it: optional fields that are null or
 * empty strings are removed, deviations that the profile tolerates are fixed, and unknown fields are kept. The value is
 * never changed; if there is nothing to change, it is returned itself.
 *
 * @param value a batch from any source: the official client's object, a parsed response, or JSON as a string or bytes
 * @throws {BatchValidationError} if the value is not a batch; its `issues` list every problem
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
 * Validates a value and returns the batch, or every problem of the value. Never throws for a value.
 *
 * @param value a batch from any source: the official client's object, a parsed response, or JSON as a string or bytes
 * @example
 * import { safeParseBatch } from "batchlight";
 * const result = safeParseBatch({ id: 7 });
 * if (!result.success) console.log(result.issues.length > 5, result.issues[0].path); // true ["status"]
 */
declare function safeParseBatch(value: unknown, options?: ReadOptions): ParseResult;
/**
 * Whether a value can be used as a batch without parsing: every required field is valid, and every optional field is
 * valid, null or absent. JSON as a string or bytes is not a batch.
 *
 * @example
 * import { isBatch } from "batchlight";
 * console.log(isBatch({ object: "batch" })); // false
 */
declare function isBatch(value: unknown, options?: ReadOptions): value is NullableBatch;

/** Options of the functions that answer questions about the lifecycle. */
interface LifecycleOptions {
    /** Whether to include transitions that are plausible but were never observed. Default: false. */
    readonly unobserved?: boolean | undefined;
}
/**
 * The statuses that can directly follow a status; empty for a terminal one.
 *
 * @throws {RangeError} for an unknown status
 * @example
 * import { nextStatuses } from "batchlight";
 * console.log(nextStatuses("in_progress")); // ["finalizing", "expired", "cancelling"]
 */
declare function nextStatuses(status: BatchStatus, options?: LifecycleOptions): BatchStatus[];
/**
 * Whether a status is terminal: completed, failed, expired or cancelled.
 *
 * @throws {RangeError} for an unknown status
 */
declare function isTerminal(status: BatchStatus): boolean;
/**
 * Whether a status can directly follow another.
 *
 * @throws {RangeError} for an unknown status
 */
declare function canTransition(from: BatchStatus, to: BatchStatus, options?: LifecycleOptions): boolean;
/**
 * Whether a later poll can find a status, directly or after others that were not polled. Every status can reach itself.
 *
 * @throws {RangeError} for an unknown status
 * @example
 * import { canReach } from "batchlight";
 * console.log(canReach("validating", "completed"), canReach("cancelling", "completed")); // true false
 */
declare function canReach(from: BatchStatus, to: BatchStatus, options?: LifecycleOptions): boolean;
/** The details of a transition, for {@link transition}. */
interface TransitionOptions extends ReadOptions, LifecycleOptions {
    /** The time of the transition, in whole Unix seconds: the timestamp of the new status. */
    readonly at: number;
    /** The request counts after the transition. Default: unchanged. */
    readonly counts?: BatchRequestCounts | undefined;
    /** The result files; only for a transition to a terminal status. */
    readonly files?: {
        /** The id of the output file. */
        readonly output?: string | undefined;
        /** The id of the error file. */
        readonly error?: string | undefined;
    } | undefined;
    /** Why the input file was rejected; only for a transition to `failed`. */
    readonly errors?: BatchErrors | undefined;
}
/**
 * Changes the status of a batch and returns the batch after the transition. The batch passed in is not changed.
 *
 * @throws {BatchTransitionError} if the lifecycle has no such transition, if the time or a count decreases, or if the
 * files or errors do not belong to the new status
 * @throws {BatchValidationError} if the batch, or a detail of the transition, is invalid
 * @throws {RangeError} for an unknown status
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
 * Compares two polls of a batch in the order in which they arrived, and says whether the second is newer, stale, the
 * same or contradictory. Responses can overtake each other, so the order is derived from the batches themselves.
 *
 * @throws {BatchValidationError} if one of the two is not a batch object
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

/** Options of {@link nextPoll}, and of {@link describeBatch}, whose view contains the same advice. */
interface PollOptions extends ReadOptions {
    /** The current time, as Unix seconds or a Date. Default: the system's clock. */
    readonly now?: number | Date | undefined;
    /** Earlier polls, in any order. Estimates of the time left and the detection of stalls need them. */
    readonly history?: readonly ProgressSample[] | undefined;
    /**
     * Seed of the random part of the interval, up to a tenth in either direction, which spreads the polls of many
     * clients. The same seed gives the same interval. Default: derived from the batch's id.
     */
    readonly seed?: number | undefined;
}
/** Options of {@link describeBatch}. */
interface DescribeOptions extends PollOptions {
    /** Replacements for the English messages, by message id. The constant `messages` lists all of them. */
    readonly messages?: Readonly<Record<string, string>> | undefined;
}
/**
 * Describes a batch for display: label, tone, icon, sentence, progress, timeline, timing, files, errors, issues and the
 * time of the next poll. Never throws for a value: an invalid one gets a view that says so.
 *
 * @param value a batch, its JSON as a string or bytes, or anything else
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
 * When to poll a batch again: soon while it changes quickly, seldom while it does not, never once it has ended.
 *
 * @param batch a batch, or its JSON as a string or bytes; for anything else the interval is about a minute
 * @example
 * import { nextPoll } from "batchlight";
 * console.log(nextPoll({ status: "completed" }).seconds); // undefined
 */
declare function nextPoll(batch: unknown, options?: PollOptions): PollAdvice;

/** A JSON Schema, as a plain object. */
type JsonSchema = Record<string, unknown>;
/**
 * The versions of JSON Schema that can be written:
 * - `draft-2020-12`: JSON Schema 2020-12
 * - `draft-07`: JSON Schema draft 7
 * - `openapi-3.0`: the schema object of OpenAPI 3.0
 */
type JsonSchemaTarget = "draft-2020-12" | "draft-07" | "openapi-3.0";
/** Options of the JSON Schema functions, as Standard JSON Schema defines them. */
interface JsonSchemaOptions {
    /** The version of JSON Schema. The specification's type allows any string; an unknown one is a RangeError. */
    readonly target: JsonSchemaTarget | (string & {});
}
/** An issue, as Standard Schema defines it. */
interface SchemaIssue {
    /** The issue in one line. */
    readonly message: string;
    /** The path to the invalid value: keys and indexes, outermost first. */
    readonly path: readonly (string | number)[];
}
/** The result of validation, as Standard Schema defines it. */
type SchemaResult = {
    /** The batch. */
    readonly value: ParsedBatch;
    /** Absent: the value is a batch. */
    readonly issues?: undefined;
} | {
    /** Every error. */
    readonly issues: readonly SchemaIssue[];
};
/** The schema of a batch: a Standard Schema and a Standard JSON Schema, both of version 1. */
interface BatchSchema {
    /** The properties that the two specifications define. */
    readonly "~standard": {
        /** The version of the specifications. */
        readonly version: 1;
        /** The name of this package. */
        readonly vendor: "batchlight";
        /** Validates a value: returns the batch, or every error. */
        readonly validate: (value: unknown) => SchemaResult;
        /** Writes the schema as JSON Schema. */
        readonly jsonSchema: {
            /** The schema of the input, whose optional fields may be null. */
            readonly input: (options: JsonSchemaOptions) => JsonSchema;
            /** The schema of the output. */
            readonly output: (options: JsonSchemaOptions) => JsonSchema;
        };
        /** The types of input and output. Never set: it exists for type inference only. */
        readonly types?: {
            /** The type of a valid input. */
            readonly input: NullableBatch;
            /** The type of the output. */
            readonly output: ParsedBatch;
        };
    };
}
/**
 * Creates a schema for a profile. {@link batchSchema} is the schema for OpenAI.
 *
 * @example
 * import { createBatchSchema } from "batchlight";
 * const azure = createBatchSchema({ profile: "azure" });
 * console.log(azure["~standard"].vendor); // batchlight
 */
declare function createBatchSchema(options?: ReadOptions): BatchSchema;
/** The schema of a batch as OpenAI sends it, for every library that accepts a Standard Schema. */
declare const batchSchema: BatchSchema;

/** An issue of a batch or a file, as far as {@link formatIssues} reads it. */
interface FormattableIssue {
    /** The issue in one line. */
    readonly message: string;
}
/**
 * Formats issues as a string, one line for each: its `message`, as in the message of a `BatchValidationError`. Takes
 * the issues of a batch and those of a file.
 *
 * @example
 * import { formatIssues, safeParseBatch } from "batchlight";
 * const { issues } = safeParseBatch({ object: "batch", status: "done" });
 * console.log(formatIssues(issues.filter(({ level }) => level === "error")));
 */
declare const formatIssues: (issues: readonly FormattableIssue[]) => string;

/** Thrown for a value that is not a valid batch. Identified by its `name`: see {@link isBatchValidationError}. */
interface BatchValidationError extends Error {
    /** Identifies the class of errors. */
    readonly name: "BatchValidationError";
    /** Always `invalid_batch`. */
    readonly code: "invalid_batch";
    /** All issues, warnings and notes included. */
    readonly issues: readonly BatchIssue[];
}
/** Thrown for a transition that a batch cannot make. Identified by its `name`: see {@link isBatchTransitionError}. */
interface BatchTransitionError extends Error {
    /** Identifies the class of errors. */
    readonly name: "BatchTransitionError";
    /** Why the transition is not possible. */
    readonly code: TransitionCode;
    /** The current status of the batch. */
    readonly from: BatchStatus;
    /** The status that was requested. */
    readonly to: BatchStatus;
    /** The statuses that can follow the current one; empty if it is terminal. */
    readonly allowed: readonly BatchStatus[];
}
/**
 * Whether a caught value is a {@link BatchValidationError}, such as `parseBatch` throws.
 *
 * @example
 * import { formatIssues, isBatchValidationError, parseBatch } from "batchlight";
 * try {
 *   parseBatch({ object: "batch" });
 * } catch (error) {
 *   if (!isBatchValidationError(error)) throw error;
 *   console.log(formatIssues(error.issues));
 * }
 */
declare const isBatchValidationError: (error: unknown) => error is BatchValidationError;
/** Whether a caught value is a {@link BatchTransitionError}, such as `transition` throws. */
declare const isBatchTransitionError: (error: unknown) => error is BatchTransitionError;

/**
 * Why the package's WebAssembly module cannot be used:
 * - `wasm_blocked`: the page or runtime forbids compiling WebAssembly
 * - `wasm_too_large`: the browser compiles a module of this size only asynchronously, by `await init()`
 * - `not_loaded`: `batchlight/slim` has no module yet
 * - `wrong_module`: the module passed to `batchlight/slim` is not the one of this version
 * - `worker_failed`: the worker of `batchlight/worker` did not start, or died
 * - `internal`: the module failed during a call; the next call starts a new instance
 */
type LoadErrorCode = "wasm_blocked" | "wasm_too_large" | "not_loaded" | "wrong_module" | "worker_failed" | "internal";
/**
 * Thrown when the package itself cannot work, whatever the data. Identified by its `name`: see
 * {@link isBatchlightLoadError}.
 */
interface BatchlightLoadError extends Error {
    /** Identifies the class of errors. */
    readonly name: "BatchlightLoadError";
    /** Why the module cannot be used. */
    readonly code: LoadErrorCode;
}
/** Whether a caught value is a {@link BatchlightLoadError}. */
declare const isBatchlightLoadError: (error: unknown) => error is BatchlightLoadError;

/**
 * Loads the module before the first call, without blocking. Needed only where a browser compiles modules of this size
 * only asynchronously. A second call does nothing. A call of another function in the meantime does not wait for it.
 */
declare const init: () => Promise<void>;

/** All statuses of a batch. */
declare const statuses: readonly ["validating", "failed", "in_progress", "finalizing", "completed", "expired", "cancelling", "cancelled"];
/** All outcomes of a batch, as in the `outcome` of a view. */
declare const outcomes: readonly ["succeeded", "partially_failed", "all_failed", "empty", "unverified", "rejected", "failed", "expired_partial", "expired", "cancelled_partial", "cancelled"];
/** All verdicts on a request, as `reconcile` gives them. */
declare const verdicts: readonly ["succeeded", "failed", "missing", "duplicate", "conflicting"];

export { batchSchema, canReach, canTransition, compareBatches, createBatchSchema, describeBatch, formatIssues, init, isBatch, isBatchTransitionError, isBatchValidationError, isBatchlightLoadError, isTerminal, lifecycle, messages, nextPoll, nextStatuses, outcomes, parseBatch, profiles, rules, safeParseBatch, statuses, transition, verdicts };
export type { AlarmCode, Batch, BatchAlarm, BatchChange, BatchError, BatchErrors, BatchEvent, BatchIssue, BatchOutcome, BatchProgress, BatchRequestCounts, BatchSchema, BatchStatus, BatchTransitionError, BatchUsage, BatchValidationError, BatchView, BatchlightLoadError, ChangeRelation, Deadline, DescribeOptions, ErrorView, Eta, FileKind, FileView, FormattableIssue, Group, Icon, InputTokensDetails, JsonSchema, JsonSchemaOptions, JsonSchemaTarget, Level, LifecycleOptions, LifecycleTransition, LoadErrorCode, Motion, Nullable, NullableBatch, OutputTokensDetails, ParseResult, ParsedBatch, PathSegment, PollAdvice, PollOptions, PollReason, Profile, ProfileName, ProgressSample, ReadOptions, ResultFile, RetryScope, Rule, RuleInfo, RuleReason, SchemaIssue, SchemaResult, Stall, StallKind, StepState, TimelineStep, Timing, Tone, TransitionCode, TransitionError, TransitionOptions, WireBatch };

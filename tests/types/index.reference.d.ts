export * from './files.js';
export { checkInput, digestResults, fixInput, isBatchlightFileError, reconcile, splitInput } from './files.js';

/**
 * A batch: the requests of one JSONL file, which the server runs within a completion window.
 *
 * The properties are those of the published interface plus the newer optional `model` and `usage`.
 * Timestamps are whole Unix seconds.
 */
interface Batch {
    /**
     * The id of the batch, such as `batch_6780bb2f8f6c8190a6c0abfb8502bba6`.
     */
    id: string;
    /**
     * The object type, which is always `batch`.
     */
    object: "batch";
    /**
     * The endpoint of every request in the batch, such as `/v1/chat/completions`.
     */
    endpoint: string;
    /**
     * The dated model snapshot that runs the requests; absent while the input file is being validated.
     */
    model?: string;
    /**
     * Why validation rejected the input file; only present on a failed batch.
     */
    errors?: BatchErrors;
    /**
     * The id of the uploaded JSONL file that contains the requests.
     */
    input_file_id: string;
    /**
     * The time in which the server must process the batch, such as `24h`.
     */
    completion_window: string;
    /**
     * The status of the batch.
     */
    status: BatchStatus;
    /**
     * The id of the file with the results of successful requests; absent while the batch runs and if no
     * request succeeded.
     */
    output_file_id?: string;
    /**
     * The id of the file with the errors of failed requests; absent while the batch runs and if no request
     * failed.
     */
    error_file_id?: string;
    /**
     * When the batch was created, in Unix seconds.
     */
    created_at: number;
    /**
     * When the server began to run requests, in Unix seconds.
     */
    in_progress_at?: number;
    /**
     * The deadline: `created_at` plus the completion window, in Unix seconds. The time of expiry is
     * `expired_at`.
     */
    expires_at?: number;
    /**
     * When the server began to write the result files, in Unix seconds.
     */
    finalizing_at?: number;
    /**
     * When the results were ready, in Unix seconds. Requests may have failed.
     */
    completed_at?: number;
    /**
     * When validation rejected the input file, in Unix seconds.
     */
    failed_at?: number;
    /**
     * When the batch expired with unfinished requests, in Unix seconds.
     */
    expired_at?: number;
    /**
     * When a cancel was requested, in Unix seconds.
     */
    cancelling_at?: number;
    /**
     * When the batch was cancelled, in Unix seconds.
     */
    cancelled_at?: number;
    /**
     * The number of requests, and how many of them have finished; all zero while the status is `validating`.
     */
    request_counts?: BatchRequestCounts;
    /**
     * The tokens used so far; all zero until requests finish. OpenAI sends it for batches created after
     * 7 September 2025.
     */
    usage?: BatchUsage;
    /**
     * Key-value pairs that the caller set. OpenAI allows up to 16 pairs of strings; other servers may allow
     * other values.
     */
    metadata?: unknown;
}
/**
 * A contradiction in one field of two snapshots.
 */
interface BatchAlarm {
    /**
     * The kind of contradiction.
     */
    readonly code: AlarmCode;
    /**
     * The field, such as `completed_at` or `request_counts.failed`.
     */
    readonly field: string;
    /**
     * The value before, as a string; empty if absent.
     */
    readonly before: string;
    /**
     * The value after, as a string; empty if absent.
     */
    readonly after: string;
    /**
     * The contradiction in one line.
     */
    readonly message: string;
}
/**
 * What changed between two snapshots of a batch.
 */
interface BatchChange {
    /**
     * Which of the two is newer.
     */
    readonly relation: ChangeRelation;
    /**
     * The statuses between those of the two snapshots, in order, which no poll saw.
     */
    readonly skipped: readonly BatchStatus[];
    /**
     * Whether the status changed by a transition that was never observed.
     */
    readonly unusual: boolean;
    /**
     * What happened between the two; empty if the second is older.
     */
    readonly events: readonly BatchEvent[];
    /**
     * The contradictions between the two; empty unless they conflict.
     */
    readonly alarms: readonly BatchAlarm[];
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
 * Why validation rejected the input file: one entry for each invalid line.
 */
interface BatchErrors {
    /**
     * The entries, in the order of the lines in the file.
     */
    data?: BatchError[];
    /**
     * The object type, which is `list`.
     */
    object?: string;
}
/**
 * Something that happened between two snapshots.
 */
type BatchEvent = {
    /** The status changed. */
    readonly type: "status_changed";
    /** The status before, as the input spells it. */
    readonly from: string;
    /** The status after, as the input spells it. */
    readonly to: string;
} | {
    /** More requests finished, or the total became known. */
    readonly type: "progress";
    /** The number of requests that succeeded since the first snapshot. */
    readonly completed: number;
    /** The number of requests that failed since the first snapshot. */
    readonly failed: number;
    /** The number of requests in the batch; 0 if unknown. */
    readonly total: number;
} | {
    /** A result file became available. */
    readonly type: "file_appeared";
    /** Which result file. */
    readonly file: Exclude<FileRole, "input">;
    /** The id of the file. */
    readonly id: string;
} | {
    /** The server reported errors. */
    readonly type: "errors_appeared";
    /** The number of errors in the second snapshot. */
    readonly count: number;
} | {
    /** The model that runs the requests became known. */
    readonly type: "model_named";
    /** The dated model snapshot. */
    readonly model: string;
} | {
    /** More tokens have been used. */
    readonly type: "usage_changed";
    /** The total number of tokens used so far. */
    readonly totalTokens: number;
} | {
    /** The metadata changed. */
    readonly type: "metadata_changed";
    /** The keys that were added, changed or removed. */
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
 * The outcome of a batch that has ended.
 *
 * - `succeeded`: Every request succeeded
 * - `partially_failed`: Some requests succeeded, others failed or did not finish
 * - `all_failed`: The batch completed, but no request succeeded
 * - `empty`: The batch completed without results
 * - `unverified`: The batch completed, but its counts do not say how many requests succeeded: they are missing, contradict each other, or report no request although there is a result file
 * - `rejected`: The input file was rejected; no request ran
 * - `failed`: The batch failed after some requests had run
 * - `expired_partial`: The batch expired after some requests had succeeded
 * - `expired`: The batch expired before any request succeeded
 * - `cancelled_partial`: The batch was cancelled after some requests had succeeded
 * - `cancelled`: The batch was cancelled before any request succeeded
 */
type BatchOutcome = "succeeded" | "partially_failed" | "all_failed" | "empty" | "unverified" | "rejected" | "failed" | "expired_partial" | "expired" | "cancelled_partial" | "cancelled";
/**
 * The progress of a batch.
 */
interface BatchProgress {
    /**
     * The number of requests that succeeded; absent if the server does not report it.
     */
    readonly completed?: number;
    /**
     * The number of requests that failed; absent if the server does not report it.
     */
    readonly failed?: number;
    /**
     * The number of requests; absent until the server has counted them.
     */
    readonly total?: number;
    /**
     * The fraction of requests that have finished, from 0 to 1, and below 1 until the batch has ended.
     * Absent if the total is unknown or lower than the number of finished requests; show an indeterminate
     * progress bar then.
     */
    readonly fraction?: number;
    /**
     * The fraction of requests that succeeded, from 0 to `fraction`; absent if `fraction` is.
     */
    readonly succeededFraction?: number;
    /**
     * The progress as text, for `aria-valuetext`.
     */
    readonly text: string;
}
/**
 * The number of requests in a batch, and how many of them have finished.
 */
interface BatchRequestCounts {
    /**
     * The number of requests that succeeded.
     */
    completed: number;
    /**
     * The number of requests that failed.
     */
    failed: number;
    /**
     * The number of requests in the batch; 0 until validation has counted them.
     */
    total: number;
}
/**
 * The status of a batch.
 *
 * `completed` means that the results are ready, not that any request succeeded. For that, see
 * `BatchOutcome`.
 *
 * - `validating`: The input file is being checked; no request has run
 * - `failed`: The input file was rejected; no request has run
 * - `in_progress`: Requests are running
 * - `finalizing`: The result files are being written: every request has finished, or the completion window has ended
 * - `completed`: The results are ready
 * - `expired`: The completion window ended before every request finished; finished results can be downloaded
 * - `cancelling`: A cancel was requested; running requests may still finish
 * - `cancelled`: The batch was cancelled; finished results can be downloaded
 */
type BatchStatus = "validating" | "failed" | "in_progress" | "finalizing" | "completed" | "expired" | "cancelling" | "cancelled";
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
 * A contradiction between two snapshots of a batch.
 *
 * - `id_changed`: The id changed, so that the two are different batches
 * - `created_at_changed`: `created_at` changed
 * - `input_file_changed`: `input_file_id` changed
 * - `left_terminal_status`: The batch left a terminal status
 * - `status_went_back`: The status is older than before, or cannot be reached from the one before, while other fields are newer
 * - `counts_went_back`: Fewer requests have finished than before
 * - `total_changed`: The total number of requests changed
 * - `timestamp_rewritten`: A timestamp changed or disappeared after it was set
 * - `file_gone`: The id of a result file changed or disappeared
 */
type AlarmCode = "id_changed" | "created_at_changed" | "input_file_changed" | "left_terminal_status" | "status_went_back" | "counts_went_back" | "total_changed" | "timestamp_rewritten" | "file_gone";
/**
 * Which of two snapshots of one batch is newer.
 *
 * - `unchanged`: The two are equal
 * - `advanced`: The second is newer
 * - `stale`: The second is older, because polls arrived out of order. Keep the first
 * - `conflicting`: The two contradict each other, or nothing says which is newer. The alarms list the contradictions
 */
type ChangeRelation = "unchanged" | "advanced" | "stale" | "conflicting";
/**
 * The deadline of a batch.
 */
interface Deadline {
    /**
     * The deadline, in Unix seconds.
     */
    readonly at: number;
    /**
     * The seconds until the deadline; negative after it.
     */
    readonly secondsLeft: number;
    /**
     * The time left, or the time since the deadline, as text.
     */
    readonly text: string;
}
/**
 * The view of an error of the server.
 */
interface ErrorView {
    /**
     * The error code of the server.
     */
    readonly code?: string;
    /**
     * The line number in the input file, starting at 1.
     */
    readonly line?: number;
    /**
     * The parameter that caused the error.
     */
    readonly param?: string;
    /**
     * The message of the server, prefixed with the line number.
     */
    readonly text: string;
}
/**
 * The estimated time left, as a range.
 */
interface Eta {
    /**
     * The lower bound, in seconds.
     */
    readonly earliestSeconds: number;
    /**
     * The upper bound, in seconds.
     */
    readonly latestSeconds: number;
    /**
     * The range as text.
     */
    readonly text: string;
}
/**
 * The role of a file in a batch.
 *
 * - `input`: The input file, with the requests
 * - `output`: The output file, with the results of successful requests
 * - `error`: The error file, with the errors of failed requests
 */
type FileRole = "input" | "output" | "error";
/**
 * The view of a file of a batch.
 */
interface FileView {
    /**
     * The role of the file.
     */
    readonly role: FileRole;
    /**
     * The id of the file.
     */
    readonly id: string;
    /**
     * The label of the file.
     */
    readonly label: string;
}
/**
 * The group of a batch in a list that is sorted by what needs attention.
 *
 * - `attention`: The batch needs attention: it failed, expired, or has an unknown status
 * - `active`: The batch is in progress
 * - `done`: The batch has ended, and there is nothing to do
 */
type Group = "attention" | "active" | "done";
/**
 * The icon of a batch.
 *
 * - `circle-dashed`: A dashed circle
 * - `circle`: An empty circle
 * - `ring`: A partly filled ring
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
 * Details about the input tokens of a batch.
 */
interface InputTokensDetails {
    /**
     * The number of input tokens that were read from the prompt cache.
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
 * The animation of the icon.
 *
 * - `still`: No animation
 * - `spin`: The icon rotates
 * - `pulse`: The icon fades in and out
 */
type Motion = "still" | "spin" | "pulse";
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
 * A segment of a path.
 */
type PathSegment = string | number;
/**
 * The phase of a batch.
 *
 * - `running`: The batch runs: it can have a deadline, an estimated time left, and a stall
 * - `ended`: The batch has ended: it has an outcome
 * - `unknown`: The status is missing or unknown
 */
type Phase = "running" | "ended" | "unknown";
/**
 * When to poll a batch again.
 */
type PollAdvice = {
    /** Poll again later. */
    readonly action: "wait";
    /** The seconds until the next poll, with fractions. */
    readonly seconds: number;
    /** The reason for this time. */
    readonly reason: PollReason;
    /** The advice as text. */
    readonly text: string;
} | {
    /** The batch has ended: do not poll it again. */
    readonly action: "stop";
    /** The advice as text. */
    readonly text: string;
};
/**
 * Why to poll at a certain time.
 *
 * - `age`: The time depends on how long the batch has been in its status
 * - `nearly_done`: The batch may complete soon
 * - `deadline`: The deadline is near
 * - `stalled`: The batch has stalled: frequent polls do not help
 * - `unknown_status`: The status is unknown
 */
type PollReason = "age" | "nearly_done" | "deadline" | "stalled" | "unknown_status";
/**
 * The name of a provider profile.
 *
 * - `openai`: OpenAI: the published interface, with `null` read as absent
 * - `azure`: Azure OpenAI
 * - `groq`: Groq
 * - `dashscope`: `DashScope` of Alibaba Cloud
 * - `together`: Together AI
 * - `compatible`: Any other compatible server: every known deviation is tolerated
 */
type ProfileName = "openai" | "azure" | "groq" | "dashscope" | "together" | "compatible";
/**
 * The request counts of an earlier poll. The rate, the ETA and stalls are computed from such samples.
 */
interface ProgressSample {
    /**
     * When the poll was made, in Unix seconds.
     */
    readonly at: number;
    /**
     * The number of requests that had succeeded.
     */
    readonly completed: number;
    /**
     * The number of requests that had failed.
     */
    readonly failed: number;
}
/**
 * Which requests to retry.
 *
 * - `none`: No requests
 * - `failed`: The requests that failed
 * - `unfinished`: The requests that failed or did not finish
 * - `all`: All requests
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
 * A sign that the batch takes longer than usual. The batch may still complete.
 */
interface Stall {
    /**
     * The sign that was found.
     */
    readonly kind: StallKind;
    /**
     * The seconds in the status, since the last finished request, or since the deadline, depending on the
     * kind.
     */
    readonly seconds: number;
    /**
     * The stall as text.
     */
    readonly text: string;
}
/**
 * The sign by which a stall is recognized.
 *
 * - `long_status`: The batch has been in its status for much longer than observed
 * - `no_progress`: According to the samples, no request has finished for a long time
 * - `overdue`: The deadline has passed, but the batch has not ended
 */
type StallKind = "long_status" | "no_progress" | "overdue";
/**
 * Whether a step of the timeline is done.
 *
 * - `done`: The batch has passed this step
 * - `current`: The batch is in this step
 * - `upcoming`: The batch has not reached this step; it will if nothing fails
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
     * The label of the status.
     */
    readonly label: string;
    /**
     * Whether the step is done.
     */
    readonly state: StepState;
    /**
     * When the batch entered the status, in Unix seconds; absent for an upcoming step, or without a
     * timestamp.
     */
    readonly at?: number;
    /**
     * The seconds since the last step with a timestamp; absent if there is none, or if the order is wrong.
     */
    readonly seconds?: number;
    /**
     * `seconds` as text, such as `2 hours 5 minutes`.
     */
    readonly duration?: string;
}
/**
 * How long a batch has taken, and how long it may still take.
 */
interface Timing {
    /**
     * The seconds from the creation of the batch to its end, or to now while it runs.
     */
    readonly elapsedSeconds?: number;
    /**
     * `elapsedSeconds` as text.
     */
    readonly elapsed?: string;
    /**
     * The deadline; absent if the batch has ended or the server sets none.
     */
    readonly deadline?: Deadline;
    /**
     * The estimated time left; absent without enough data.
     */
    readonly eta?: Eta;
    /**
     * The stall, if the batch takes longer than usual.
     */
    readonly stall?: Stall;
}
/**
 * The tone of a batch, for a color. The label and the icon say the same.
 *
 * - `info`: In progress
 * - `active`: About to stop
 * - `success`: Every request succeeded
 * - `warning`: Some requests failed, or something needs attention
 * - `serious`: The batch expired: orange if warnings are yellow
 * - `danger`: Nothing succeeded
 * - `neutral`: Ended as requested
 * - `unknown`: The status is unknown
 */
type Tone = "info" | "active" | "success" | "warning" | "serious" | "danger" | "neutral" | "unknown";
/**
 * Why a transition is not allowed.
 *
 * - `illegal_transition`: The lifecycle has no such transition
 * - `unobserved_transition`: The transition was never observed, and unobserved transitions are not allowed
 * - `timestamp_backwards`: The time is before a timestamp that is already set
 * - `counts_impossible`: More requests have finished than the total, or a completed batch would have unfinished ones
 * - `counts_backwards`: A count is lower than before, or the total changed
 * - `file_early`: A result file is given although the batch has not ended
 * - `errors_unexpected`: Errors are given for a status other than `failed`
 */
type TransitionCode = "illegal_transition" | "unobserved_transition" | "timestamp_backwards" | "counts_impossible" | "counts_backwards" | "file_early" | "errors_unexpected";
/**
 * A transition that is not allowed.
 */
interface TransitionError {
    /**
     * Why the transition is not allowed.
     */
    readonly code: TransitionCode;
    /**
     * The status of the batch.
     */
    readonly from: BatchStatus;
    /**
     * The requested status.
     */
    readonly to: BatchStatus;
    /**
     * The statuses that the batch can enter; empty if its status is terminal.
     */
    readonly allowed: readonly BatchStatus[];
    /**
     * The error in one line.
     */
    readonly message: string;
}

/**
 * The view of a batch. Strings from the batch are plain text; never insert them into a page as HTML.
 */
interface BatchViewBase {
    /**
     * Whether the batch runs, has ended, or has an unknown status. It determines which fields are present.
     */
    readonly phase: Phase;
    /**
     * Whether the value is a valid batch: no issue is an error.
     */
    readonly valid: boolean;
    /**
     * The id of the batch.
     */
    readonly id?: string;
    /**
     * The endpoint of its requests.
     */
    readonly endpoint?: string;
    /**
     * The model that runs its requests.
     */
    readonly model?: string;
    /**
     * When the batch was created, in Unix seconds.
     */
    readonly createdAt?: number;
    /**
     * The status as the value spells it, known or not; empty if it has none.
     */
    readonly status: string;
    /**
     * The status, if it is known; other spellings are recognized.
     */
    readonly knownStatus?: BatchStatus;
    /**
     * Whether the status is final.
     */
    readonly terminal: boolean;
    /**
     * Whether the batch can be cancelled.
     */
    readonly cancellable: boolean;
    /**
     * The outcome; absent while the batch runs.
     */
    readonly outcome?: BatchOutcome;
    /**
     * The tone, for a color.
     */
    readonly tone: Tone;
    /**
     * The icon.
     */
    readonly icon: Icon;
    /**
     * The animation of the icon. Respect `prefers-reduced-motion`.
     */
    readonly motion: Motion;
    /**
     * The group in a list that is sorted by what needs attention.
     */
    readonly group: Group;
    /**
     * A short label of the status and outcome.
     */
    readonly label: string;
    /**
     * A summary in one sentence.
     */
    readonly summary: string;
    /**
     * What to do next; absent if there is nothing to do.
     */
    readonly advice?: string;
    /**
     * The progress.
     */
    readonly progress: BatchProgress;
    /**
     * The steps that the batch has taken and those that are ahead.
     */
    readonly timeline: readonly TimelineStep[];
    /**
     * The elapsed time, deadline, estimated time left, and stall.
     */
    readonly timing: Timing;
    /**
     * The files of the batch.
     */
    readonly files: readonly FileView[];
    /**
     * The result files that can be downloaded.
     */
    readonly downloads: readonly Exclude<FileRole, "input">[];
    /**
     * Which requests to retry.
     */
    readonly retry: RetryScope;
    /**
     * The errors of the server, at most 100.
     */
    readonly errors: readonly ErrorView[];
    /**
     * The number of errors of the server, without a limit.
     */
    readonly errorCount: number;
    /**
     * When to poll again.
     */
    readonly poll: PollAdvice;
    /**
     * The issues of the value: errors, warnings and notes.
     */
    readonly issues: readonly BatchIssue[];
}

/**
 * The view of a batch, by `phase`: a running batch, one that has ended, or one with an unknown status. Strings from the
 * batch are plain text; never insert them into a page as HTML.
 *
 * @example
 * import { describeBatch } from "batchlight";
 * const view = describeBatch({ object: "batch", status: "expired" });
 * if (view.phase === "running") console.log(`again in ${view.poll.seconds} s, ${view.timing.eta?.text}`);
 * if (view.phase === "ended") console.log(view.outcome); // expired
 */
type BatchView = RunningBatchView | EndedBatchView | UnknownBatchView;
/** The view of a batch that runs. It may have a deadline, an estimated time left, and a stall. */
interface RunningBatchView extends BatchViewBase {
    /** The batch runs. */
    readonly phase: "running";
    /** The status. */
    readonly knownStatus: BatchStatus;
    /** `false`: the status is not final. */
    readonly terminal: false;
    /** Absent: only a batch that has ended has an outcome. */
    readonly outcome?: never;
    /** When to poll again. */
    readonly poll: WaitAdvice;
}
/** The view of a batch that has ended. */
interface EndedBatchView extends BatchViewBase {
    /** The batch has ended. */
    readonly phase: "ended";
    /** The status. */
    readonly knownStatus: BatchStatus;
    /** `true`: the status is final. */
    readonly terminal: true;
    /** `false`: the batch has ended. */
    readonly cancellable: false;
    /** The outcome. */
    readonly outcome: BatchOutcome;
    /** The elapsed time. */
    readonly timing: EndedTiming;
    /** The batch needs no more polls. */
    readonly poll: StopAdvice;
}
/** The view of a batch whose status is missing or unknown, or of a value that is not a batch. */
interface UnknownBatchView extends BatchViewBase {
    /** The status is missing or unknown. */
    readonly phase: "unknown";
    /** Absent: the status is not known. */
    readonly knownStatus?: never;
    /** `false`: the status may not be final. */
    readonly terminal: false;
    /** `false`: the batch may not be cancellable. */
    readonly cancellable: false;
    /** Absent: only a batch that has ended has an outcome. */
    readonly outcome?: never;
    /** The elapsed time and the deadline. */
    readonly timing: UnknownTiming;
    /** When to poll again. */
    readonly poll: WaitAdvice;
}
/** The advice to poll again later. */
type WaitAdvice = Extract<PollAdvice, {
    /** Poll again later. */
    readonly action: "wait";
}>;
/** The advice to stop polling. */
type StopAdvice = Extract<PollAdvice, {
    /** Do not poll again. */
    readonly action: "stop";
}>;
/** The timing of a batch whose status is unknown. */
interface UnknownTiming extends Timing {
    /** Absent: the status is not known. */
    readonly eta?: never;
    /** Absent: the status is not known. */
    readonly stall?: never;
}
/** The timing of a batch that has ended. */
interface EndedTiming extends Timing {
    /** Absent: the batch has ended. */
    readonly deadline?: never;
    /** Absent: the batch has ended. */
    readonly eta?: never;
    /** Absent: the batch has ended. */
    readonly stall?: never;
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
 * console.log(change.relation, change.skipped); // advanced ["in_progress"]
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
 * const advice = nextPoll({ status: "completed" });
 * console.log(advice.action === "wait" ? advice.seconds : "ended"); // ended
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
    /**
     * The version of JSON Schema. The specification requires that any string is accepted by the type; an unknown one is a
     * RangeError.
     */
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
declare const verdicts: readonly ["succeeded", "incomplete", "failed", "missing", "duplicate", "conflicting"];

export { batchSchema, canReach, canTransition, compareBatches, createBatchSchema, describeBatch, formatIssues, init, isBatch, isBatchTransitionError, isBatchValidationError, isBatchlightLoadError, isTerminal, lifecycle, messages, nextPoll, nextStatuses, outcomes, parseBatch, profiles, rules, safeParseBatch, statuses, transition, verdicts };
export type { AlarmCode, Batch, BatchAlarm, BatchChange, BatchError, BatchErrors, BatchEvent, BatchIssue, BatchOutcome, BatchProgress, BatchRequestCounts, BatchSchema, BatchStatus, BatchTransitionError, BatchUsage, BatchValidationError, BatchView, BatchlightLoadError, ChangeRelation, Deadline, DescribeOptions, EndedBatchView, EndedTiming, ErrorView, Eta, FileRole, FileView, FormattableIssue, Group, Icon, InputTokensDetails, JsonSchema, JsonSchemaOptions, JsonSchemaTarget, Level, LifecycleOptions, LifecycleTransition, LoadErrorCode, Motion, Nullable, NullableBatch, OutputTokensDetails, ParseResult, ParsedBatch, PathSegment, Phase, PollAdvice, PollOptions, PollReason, Profile, ProfileName, ProgressSample, ReadOptions, RetryScope, Rule, RuleInfo, RuleReason, RunningBatchView, SchemaIssue, SchemaResult, Stall, StallKind, StepState, StopAdvice, TimelineStep, Timing, Tone, TransitionCode, TransitionError, TransitionOptions, UnknownBatchView, UnknownTiming, WaitAdvice, WireBatch };

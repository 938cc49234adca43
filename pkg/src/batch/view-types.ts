// The view of a batch as a union by phase, so that TypeScript knows which properties each phase has.
import type { BatchViewBase } from "../../generated/answers.js";
import type { BatchOutcome, BatchStatus, PollAdvice, Timing } from "../../generated/types.js";

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
export type BatchView = RunningBatchView | EndedBatchView | UnknownBatchView;

/** The view of a batch that runs. It may have a deadline, an estimated time left, and a stall. */
export interface RunningBatchView extends BatchViewBase {
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
export interface EndedBatchView extends BatchViewBase {
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
export interface UnknownBatchView extends BatchViewBase {
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
export type WaitAdvice = Extract<
  PollAdvice,
  {
    /** Poll again later. */
    readonly action: "wait";
  }
>;

/** The advice to stop polling. */
export type StopAdvice = Extract<
  PollAdvice,
  {
    /** Do not poll again. */
    readonly action: "stop";
  }
>;

/** The timing of a batch whose status is unknown. */
export interface UnknownTiming extends Timing {
  /** Absent: the status is not known. */
  readonly eta?: never;
  /** Absent: the status is not known. */
  readonly stall?: never;
}

/** The timing of a batch that has ended. */
export interface EndedTiming extends Timing {
  /** Absent: the batch has ended. */
  readonly deadline?: never;
  /** Absent: the batch has ended. */
  readonly eta?: never;
  /** Absent: the batch has ended. */
  readonly stall?: never;
}

// `runSteps`: what a run has to do next, by its journal. For batchlight/run, which translates the journal to numbers.
import {
  NumberOption,
  OperationCode,
  type RunAction,
  RoleCode,
  StepColumn,
  stepLength,
} from "../../../generated/files-boundary.js";
import type { Runner } from "../engine/runner.js";

/** The limits of a run. */
export interface RunStepLimits {
  /** The maximum number of attempts of a request. */
  readonly attempts: number;
  /** The maximum number of input tokens of a model in batches that have not ended. */
  readonly queueTokens?: number | undefined;
}

/** The next step of a shard. */
export interface RunStep {
  /** What to do. */
  readonly action: RunAction;
  /** The current attempt, from 1. */
  readonly attempt: number;
  /** Which batch of this attempt it is, from 1. */
  readonly submission: number;
  /** Whether requests may be retried after this attempt. */
  readonly mayRetry: boolean;
}

/** The next steps of a run. */
export interface RunSteps {
  /** The number of records that fit together. If it is less than that of the journal, the next one is wrong. */
  readonly fitting: number;
  /** The next step of each shard. */
  readonly steps: readonly RunStep[];
}

/** Creates `runSteps` for a runner. The journal has a number for each `JournalColumn` of each record. */
export const runStepsOn =
  (runner: Runner) =>
  async (journal: Float64Array<ArrayBuffer>, limits: RunStepLimits): Promise<RunSteps> => {
    const { result } = await runner.run(
      {
        operation: OperationCode.Run,
        sources: [{ source: new Uint8Array(journal.buffer), role: RoleCode.Input, index: 0 }],
        numbers: [
          [NumberOption.Attempts, limits.attempts],
          [NumberOption.MaxTokens, limits.queueTokens],
        ],
      },
      undefined,
    );
    const numbers = result as readonly number[];
    const steps: RunStep[] = [];
    for (let at = 1; at < numbers.length; at += stepLength)
      steps.push({
        action: numbers[at + StepColumn.Action]! as RunAction,
        attempt: numbers[at + StepColumn.Attempt]!,
        submission: numbers[at + StepColumn.Submission]!,
        mayRetry: numbers[at + StepColumn.MayRetry] === 1,
      });
    return { fitting: numbers[0] ?? 0, steps };
  };

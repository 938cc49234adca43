// Describes the state of a run and of its shards for the user.
import type { Tone } from "batchlight";
import type { RunShard, RunStatus } from "batchlight/run";
import { formatNumber } from "#common/format.js";
import { nextStepTexts, waitReasonTexts } from "#common/run-texts.js";
import { messageOf } from "#common/thrown.js";
import { type ListedRun, requestsOf, type ShardActivity, settledOf, successText } from "../../data/runs/listed-run.js";
import type { IconName } from "../../shared/components/icon.js";

/** The state of a run and how it is shown. */
export interface RunState {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title: string;
  /** What it means for the user. */
  readonly text: string;
}

/** The state of a run. */
export function stateOf({ status, problem, activity }: ListedRun): RunState {
  if (status?.complete) return completeState(status);
  switch (activity.kind) {
    case "here":
      return {
        tone: "info",
        icon: "ring",
        title: status?.cancelled ? "Cancelling" : "Running in this tab",
        text: "If you close it, batches on the server go on, and you can continue the run here later.",
      };
    case "elsewhere":
      return {
        tone: "info",
        icon: "ring",
        title: "Running in another tab",
        text: "One tab at a time works on a run. Close the other one to continue here.",
      };
    case "stopped":
      if (problem !== undefined)
        return { tone: "danger", icon: "octagon-cross", title: "Couldn’t read the journal", text: problem };
      if (activity.error !== undefined)
        return { tone: "danger", icon: "octagon-cross", title: "Stopped", text: activity.error };
      return status
        ? {
            tone: "warning",
            icon: "triangle-alert",
            title: "Paused",
            text: "Batches on the server go on. Nothing else is sent or fetched until you continue.",
          }
        : { tone: "neutral", icon: "circle-slash", title: "Not begun", text: "Nothing was sent." };
  }
}

function completeState(status: RunStatus): RunState {
  const { succeeded } = settledOf(status);
  const requests = requestsOf(status.shards);
  const text = successText(succeeded, requests);
  if (status.cancelled) return { tone: "neutral", icon: "circle-slash", title: "Cancelled", text };
  return succeeded === requests
    ? { tone: "success", icon: "circle-check", title: "Complete", text }
    : { tone: "warning", icon: "triangle-alert", title: "Complete", text };
}

/** What a shard is doing, or its next step. */
export function shardText({ next }: RunShard, activity: ShardActivity | undefined): string {
  const { update, waiting } = activity ?? {};
  if (waiting) {
    const cause = waiting.error === undefined ? "" : `: ${messageOf(waiting.error)}`;
    return `${waitReasonTexts[waiting.reason]}${cause}`;
  }
  if (next === "follow" && update) return [update.view.label, update.view.progress.text].filter(Boolean).join(": ");
  return nextStepTexts[next];
}

/** The results of the settled requests of a shard. */
export function resultText({ settled: { requests, succeeded, incomplete, failed, missing } }: RunShard): string {
  if (requests === 0) return "none yet";
  const others = [
    [incomplete, "incomplete"],
    [failed, "failed"],
    [missing, "without a result"],
  ] as const;
  return [
    `${formatNumber(succeeded)} succeeded`,
    ...others.flatMap(([count, name]) => (count > 0 ? [`${formatNumber(count)} ${name}`] : [])),
  ].join(", ");
}

// Formats the events of a run as lines.
import type { PlannedEvent, RunEvent, UpdateEvent, WaitingEvent } from "#run";
import { formatNumber, pluralize } from "../../common/format.js";
import { waitReasonTexts } from "../../common/run-texts.js";
import { messageOf } from "../../common/thrown.js";
import { visible } from "../terminal/terminal-text.js";

/** The name of a shard: `2/20`, with the attempt if it is not the first. */
export const shardName = (shard: number, shards: number, attempt: number): string =>
  `${shard + 1}/${shards}${attempt > 1 ? ` attempt ${attempt}` : ""}`;

const shownMessage = (error: unknown): string => visible(messageOf(error));

/** The line of an event; undefined for an event without a line. */
export function eventLine(event: RunEvent, shards: number): string | undefined {
  if (event.type === "planned") return undefined;
  const text = eventText(event);
  return text && `${shardName(event.shard, shards, event.attempt)}  ${text}`;
}

/** The text of an event without the name of its shard; undefined for an event without a line. */
export function eventText(event: Exclude<RunEvent, PlannedEvent>): string | undefined {
  switch (event.type) {
    case "uploaded":
      return `uploaded ${event.fileId}`;
    case "created":
      return `${event.found ? "found" : "created"} ${event.batchId}`;
    case "update":
      return progressText(event);
    case "waiting":
      return waitingText(event);
    case "ended":
      return `${event.status}${event.message === undefined ? "" : `: ${visible(event.message)}`}`;
    case "reconciled": {
      const { succeeded, requests } = event.counts;
      const retried = event.retrying > 0 ? `; sending ${pluralize(event.retrying, "request")} again` : "";
      return `${formatNumber(succeeded)} of ${formatNumber(requests)} succeeded${retried}`;
    }
  }
}

/** The progress of a batch. */
export function progressText({ update: { view } }: UpdateEvent): string {
  const { completed, failed, total } = view.progress;
  const counts = completed === undefined || !total ? [] : [`${formatNumber(completed)} of ${formatNumber(total)}`];
  const failures = failed ? [`${formatNumber(failed)} failed`] : [];
  const eta = view.timing.eta ? [view.timing.eta.text] : [];
  return [view.label, ...counts, ...failures, ...eta].join("  ");
}

/** Why a shard waits, and until when. */
export function waitingText({ reason, seconds, error }: WaitingEvent): string {
  const cause = error === undefined ? "" : `: ${shownMessage(error)}`;
  const again = seconds === undefined ? "" : `; again in ${formatNumber(Math.ceil(seconds))} s`;
  return `${waitReasonTexts[reason]}${cause}${again}`;
}

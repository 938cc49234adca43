// The overall status of results: it is green only when nothing is left to do.
import type { Tone } from "batchlight";
import type { IconName } from "../../shared/components/icon.js";

/** How a status is shown. */
export interface ResultStatus {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title: string;
}

/** The number of requests by result. */
export interface ResultCounts {
  readonly succeeded: number;
  readonly incomplete: number;
  readonly failed: number;
  readonly missing: number;
}

/** Returns the status of results; `undefined` stands for results that are still being read. */
export function resultStatus(counts: ResultCounts | undefined): ResultStatus {
  if (!counts) return { tone: "neutral", icon: "circle", title: "Results" };
  const { succeeded, incomplete, failed, missing } = counts;
  if (succeeded + incomplete + failed + missing === 0)
    return { tone: "warning", icon: "triangle-question", title: "No results" };
  if (succeeded + incomplete === 0 && failed > 0) return { tone: "danger", icon: "octagon-cross", title: "All failed" };
  if (failed > 0) return { tone: "warning", icon: "triangle-alert", title: "Some failed" };
  if (incomplete > 0) return { tone: "warning", icon: "triangle-alert", title: "Some are incomplete" };
  if (missing > 0) return { tone: "serious", icon: "triangle-question", title: "Some have no result" };
  return { tone: "success", icon: "circle-check", title: "All succeeded" };
}

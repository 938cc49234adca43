// The verdict on results in a word or two: green only where nothing is left to do.
import type { Tone } from "batchlight";
import type { Shape } from "../../shared/components/icon.js";

/** How results stand. */
export interface Standing {
  readonly tone: Tone;
  readonly icon: Shape;
  readonly title: string;
}

/** How many requests came to what. */
export interface Tally {
  readonly succeeded: number;
  readonly failed: number;
  readonly missing: number;
}

/** The standing of a tally; of results that are still being read when there is none. */
export function standing(tally: Tally | undefined): Standing {
  if (!tally) return { tone: "neutral", icon: "circle", title: "Results" };
  const { succeeded, failed, missing } = tally;
  if (succeeded + failed + missing === 0) return { tone: "warning", icon: "triangle-question", title: "No results" };
  if (succeeded === 0 && failed > 0) return { tone: "danger", icon: "octagon-cross", title: "All failed" };
  if (failed > 0) return { tone: "warning", icon: "triangle-alert", title: "Some failed" };
  if (missing > 0) return { tone: "serious", icon: "triangle-question", title: "Some have no result" };
  return { tone: "success", icon: "circle-check", title: "All succeeded" };
}

// The way a batch has gone through the lifecycle, as far as it tells.
import type { BatchView } from "batchlight";
import type { Move, Status } from "./diagram-layout.js";

/** A way. */
export interface Way {
  /** Where it stands. */
  readonly current: Status | undefined;
  /** What lies behind it. */
  readonly passed: ReadonlySet<Status>;
  /** Whether it went by a move. */
  took(move: Move): boolean;
}

/** The way of a batch; nothing behind and nowhere where there is none. */
export function wayOf(view: BatchView | undefined): Way {
  const steps = (view?.timeline ?? []).filter(({ state }) => state !== "upcoming").map(({ status }) => status);
  const current = view?.knownStatus;
  const taken = new Set(steps.slice(1).map((status, index) => `${steps[index]} ${status}`));
  return {
    current,
    passed: new Set(steps.filter((status) => status !== current)),
    took: ({ from, to }) => taken.has(`${from} ${to}`),
  };
}

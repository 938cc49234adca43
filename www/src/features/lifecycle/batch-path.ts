// The path of a batch through the lifecycle, from its timeline.
import type { BatchView } from "batchlight";
import type { Status, Transition } from "./diagram-layout.js";

/** The path of a batch. */
export interface BatchPath {
  /** The current status. */
  readonly current: Status | undefined;
  /** The statuses before the current one. */
  readonly passed: ReadonlySet<Status>;
  /** Whether the batch has taken a transition. */
  hasTaken(transition: Transition): boolean;
}

/** Returns the path of a batch; without a view, the path is empty. */
export function batchPath(view: BatchView | undefined): BatchPath {
  const statuses = (view?.timeline ?? []).filter(({ state }) => state !== "upcoming").map(({ status }) => status);
  const current = view?.knownStatus;
  const taken = new Set(statuses.slice(1).map((status, index) => `${statuses[index]} ${status}`));
  return {
    current,
    passed: new Set(statuses.filter((status) => status !== current)),
    hasTaken: ({ from, to }) => taken.has(`${from} ${to}`),
  };
}

// The time at which a batch is shown: that of the clock, or one that a test steers.
import { type HeldStatus, plannedEnd, type StoredBatch } from "./records.js";
import { scheduleOf } from "../simulator/simulate.js";
import type { BatchPlan } from "../../../generated/mock-types.js";

/** The field of a plan with the duration of a status. */
const durations = {
  validating: "validationSeconds",
  in_progress: "runSeconds",
  finalizing: "finalizingSeconds",
  cancelling: "cancellingSeconds",
} as const;

/** The statuses that a batch can be held in. */
export const heldStatuses = Object.keys(durations) as readonly HeldStatus[];

/** The durations of a batch whose status moves with each retrieval. They keep its timestamps close to the clock. */
export const steppedPlan = { validationSeconds: 1, runSeconds: 1, finalizingSeconds: 1, cancellingSeconds: 1 } as const;

/** A plan in which the held status lasts at least a second, so that it can be shown. */
export function holdablePlan(plan: BatchPlan, hold: HeldStatus | undefined): BatchPlan {
  return hold !== undefined && plan[durations[hold]] === 0 ? { ...plan, [durations[hold]]: 1 } : plan;
}

/** The time at which a batch is simulated. */
export function timeOf({ plan, shownAt, hold }: StoredBatch, now: number): number {
  const time = shownAt ?? now;
  if (hold === undefined) return time;
  const { statuses } = scheduleOf(plan);
  const next = statuses[statuses.findIndex(([status]) => status === hold) + 1];
  return statuses.some(([status]) => status === hold) && next ? Math.min(time, next[1] - 1) : time;
}

/** Whether a batch has ended. */
export const hasEnded = (batch: StoredBatch, now: number): boolean => timeOf(batch, now) >= batch.endsAt;

/** The time at which a batch is shown. While result files are being written, the batch has not ended. */
export const visibleTime = (batch: StoredBatch, now: number): number => {
  const time = timeOf(batch, now);
  return batch.written ? time : Math.min(time, batch.endsAt - 1);
};

/** A batch that has moved one status on from its status at `now`, and that time alone does not move any more. */
export function stepped(batch: StoredBatch, now: number): StoredBatch {
  const time = timeOf(batch, now);
  const { statuses } = scheduleOf(batch.plan);
  const shownAt = statuses.find(([, at]) => at > time)?.[1] ?? time;
  return { ...batch, shownAt, hold: undefined };
}

/** A batch that is cancelled at `now`. */
export function cancelled(batch: StoredBatch, now: number): StoredBatch {
  const at = timeOf(batch, now);
  const plan = { ...batch.plan, cancelAt: at };
  // A batch that was held ends as long after the cancellation as any other.
  const lag = batch.shownAt === undefined ? now - at : 0;
  if (lag > 0) {
    const { statuses } = scheduleOf(plan);
    const [from, to] = statuses.slice(-2).map(([, at]) => at);
    plan.cancellingSeconds = (to ?? 0) - (from ?? 0) + lag;
  }
  return { ...batch, plan, endsAt: plannedEnd(plan), hold: batch.hold === "cancelling" ? batch.hold : undefined };
}

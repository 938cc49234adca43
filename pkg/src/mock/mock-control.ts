// Steers a mock while it runs.
import type { WireBatch } from "../batch/types.js";
import type { MockParts } from "./parts.js";
import { retrieveBatch, stepBatch } from "./routes/batches.js";
import type { MockControl } from "./settings/control.js";

/** Creates the functions that steer a mock. */
export function createControl(parts: MockParts): MockControl {
  const { clock, state, due, faults, steering, requestLog, counts } = parts;
  return {
    clock,
    next({ fault, times = 1, ...batch }) {
      if (fault !== undefined) faults.enqueue(fault, times);
      if (Object.keys(batch).length > 0) steering.add(batch, times);
    },
    async advance(id) {
      await state.ready();
      await due.change(id, (now) => stepBatch(state, id, now, false));
      return (await retrieveBatch(state, id, parts.currentSecond()).json()) as WireBatch;
    },
    async moveClock(seconds) {
      await clock.advance(seconds);
      await due.runDue();
    },
    async reset() {
      await state.ready();
      await due.abort();
      for (const each of [faults, steering, requestLog, parts.uploads, parts.endpoints, parts.notifier]) each.clear();
      counts.direct = counts.requests = 0;
      await state.clear();
    },
    requests: () => requestLog.all(),
  };
}

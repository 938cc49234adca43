// The clock of a run: that of the system, or of a `batchlight mock`, which sends its time with each response.
import { systemClock } from "../../watch/clock.js";
import { clockOf } from "../clock-headers.js";
import { settlingFetch } from "./settling-fetch.js";

/** A `fetch` and the clock that follows the server it reaches. */
export interface ServerClock {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: typeof systemClock;
}

/** Creates a clock that follows the responses of its `fetch`. */
export function followServerClock(): ServerClock {
  let base = { now: 0, speed: 1, receivedAt: 0 };
  const send = settlingFetch();
  return {
    async fetch(...request) {
      const response = await send(...request);
      const found = clockOf(response.headers);
      if (found) base = { ...found, receivedAt: systemClock.now() };
      return response;
    },
    clock: {
      now: () =>
        base.receivedAt === 0 ? systemClock.now() : base.now + (systemClock.now() - base.receivedAt) * base.speed,
      sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / base.speed, signal),
    },
  };
}

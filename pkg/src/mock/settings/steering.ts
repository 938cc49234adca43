// What tests set for the next batches and requests.
import type { Fault } from "./faults.js";
import type { BatchSteering } from "./options.js";

/** What the next batch or the next requests do. */
export interface NextSteering extends BatchSteering {
  /** The fault of the next requests. */
  readonly fault?: Fault | undefined;
  /** The number of batches and of requests that this applies to. Default: 1. */
  readonly times?: number | undefined;
}

/** The steering of the next batches, in the order in which they are created. */
export class SteeringQueue {
  #queue: BatchSteering[] = [];

  /** Adds the steering of the next batches. */
  add(steering: BatchSteering, times: number): void {
    for (let at = 0; at < times; at++) this.#queue.push(steering);
  }

  /** Takes the steering of the batch that is being created. */
  take(): BatchSteering | undefined {
    return this.#queue.shift();
  }

  /** Forgets what was set. */
  clear(): void {
    this.#queue = [];
  }
}

// Watching: polls at the pace of the batch until it ends, and tells what is new.
import { Budget } from "./rate-limiter.js";
import { schedule } from "./scheduler.js";
import type { BatchesUpdate, BatchUpdate, RetrieveOptions, WatchManyOptions, WatchOptions } from "./types.js";
import { Watched } from "./watched-batch.js";
import { machineClock } from "./clock.js";

const only = "";

/**
 * Watches a batch until it ends: polls as often as is worth while, and gives an update whenever something is new.
 * Answers that are older than what is known are dropped; failed polls are tried again, later each time and no sooner
 * than the server asks; while the page is hidden nothing is polled. There is never a second poll while one is under
 * way, and none after the loop is left or the signal aborts.
 *
 * @param retrieve asks for the batch, such as `() => client.batches.retrieve(id)`; given a signal that aborts when
 * watching ends
 * @throws in the loop: what `retrieve` threw where asking again is of no use (a 4xx status other than 408, 409, 425 and
 * 429); a `BatchlightWatchError` when three answers in a row are no batch; the signal's reason
 * @example
 * import { watchBatch } from "batchlight/watch";
 * const recorded = [{ status: "in_progress", created_at: 1736489775 },
 * { status: "completed", created_at: 1736489775 }]; for await (const { view } of watchBatch(() => recorded.shift(),
 * { clock: { now: () => 1736489800, sleep: async () => {} } }))
 * { console.log(view.status); // in_progress, then completed }
 */
export async function* watchBatch<T>(
  retrieve: (options: RetrieveOptions) => T | PromiseLike<T>,
  options: WatchOptions<T> = {},
): AsyncGenerator<BatchUpdate<T>, void, undefined> {
  const { clock = machineClock } = options;
  const watched = new Map([[only, new Watched(options, clock.now())]]);
  const idOf = () => options.from && idIn(options.from.batch);
  const plan = {
    retrieve: (_: string, look: RetrieveOptions) => retrieve(look),
    options,
    trouble: (_: string, trouble: Parameters<NonNullable<typeof options.onTrouble>>[0]) => options.onTrouble?.(trouble),
    concurrency: 1,
    about: (event: unknown) => (isAbout(event, last ?? idOf()) ? [only] : []),
  };
  let last: string | undefined;
  for await (const [, update] of schedule(watched, plan)) {
    last = update.view.id;
    yield update;
  }
}

/**
 * Watches many batches within one budget of requests, each at its own pace, until all have ended. As {@link watchBatch}
 * otherwise; a batch for which asking again is of no use ends the loop with its error.
 *
 * @param ids the batches' ids; one that is named twice is watched once
 * @param retrieve asks for one batch, such as `(id) => client.batches.retrieve(id)`
 */
export async function* watchBatches<T>(
  ids: Iterable<string>,
  retrieve: (id: string, options: RetrieveOptions) => T | PromiseLike<T>,
  options: WatchManyOptions<T> = {},
): AsyncGenerator<BatchesUpdate<T>, void, undefined> {
  const { from = {}, requestsPerMinute = 60, concurrency = 4, clock = machineClock } = options;
  if (!(requestsPerMinute > 0))
    throw new RangeError(`expected a number above 0, found ${requestsPerMinute} at requestsPerMinute`);
  if (!(concurrency >= 1)) throw new RangeError(`expected a number from 1 on, found ${concurrency} at concurrency`);
  const watched = new Map(
    [...ids].map((id) => [
      id,
      new Watched<T>({ ...options, from: Object.hasOwn(from, id) ? from[id] : undefined }, clock.now()),
    ]),
  );
  const plan = {
    retrieve,
    options,
    trouble: (id: string, trouble: Parameters<NonNullable<typeof options.onTrouble>>[0]) =>
      options.onTrouble?.({ id, ...trouble }),
    budget: new Budget(requestsPerMinute),
    concurrency,
    about: (event: unknown) => [...watched.keys()].filter((id) => isAbout(event, id)),
  };
  for await (const [id, update] of schedule(watched, plan)) yield { id, ...update };
}

/**
 * Whether an event may be about a batch: it names its id, or says nothing of which. The event of a webhook has it at
 * `data.id`.
 */
function isAbout(event: unknown, id: string | undefined): boolean {
  const named =
    idIn((event as { data?: unknown } | null | undefined)?.data) ?? (typeof event === "string" ? event : undefined);
  return named === undefined || id === undefined || named === id;
}

function idIn(value: unknown): string | undefined {
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === "string" ? id : undefined;
}

// watchBatch and watchBatches: poll at the advised pace until the end, and yield what is new.
import { systemClock } from "./clock.js";
import { defaultConcurrency, defaultRequestsPerMinute, RateLimiter } from "./rate-limiter.js";
import { pollAll, type PollPlan } from "./scheduler.js";
import type { BatchesUpdate, BatchUpdate, RetrieveOptions, WatchManyOptions, WatchOptions } from "./types.js";
import { WatchedBatch } from "./watched-batch.js";

/** The key of the batch that `watchBatch` watches, whose id may be unknown. */
const singleKey = "";

/**
 * Polls a batch until it ends, and yields an update whenever something changed. The delay between polls is the one that
 * `describeBatch` advises. Stale responses are dropped. Failed polls are retried with exponential backoff, and not
 * before the end of the server's Retry-After. Polling pauses while the page is hidden. At most one poll runs at a time,
 * and none starts after the loop is left or the signal aborts.
 *
 * @param retrieve fetches the batch, such as `() => client.batches.retrieve(id)`; its options hold a signal that aborts
 * when watching ends
 * @throws in the loop: the error of `retrieve` if a retry cannot help (a 4xx status other than 408, 409, 425 and 429;
 * 404 only if it lasts longer than `notFoundGrace`); a {@link BatchlightWatchError} if three polls in a row did not
 * return a batch; the reason of the signal if it aborts
 * @example
 * import { watchBatch } from "batchlight/watch";
 * // In your code: (options) => client.batches.retrieve("batch_1", options)
 * const retrieve = async () => ({ id: "batch_1", status: "cancelled", created_at: 1736489775 });
 * for await (const { view } of watchBatch(retrieve)) console.log(view.label); // Cancelled
 */
export async function* watchBatch<T>(
  retrieve: (options: RetrieveOptions) => T | PromiseLike<T>,
  options: WatchOptions<T> = {},
): AsyncGenerator<BatchUpdate<T>, void, undefined> {
  const { clock = systemClock } = options;
  const batches = new Map([[singleKey, new WatchedBatch(options, clock.now())]]);
  let id = options.from && idOf(options.from.batch);
  const plan: PollPlan<T> = {
    retrieve: (_, retrieveOptions) => retrieve(retrieveOptions),
    options,
    onError: (_, error) => options.onError?.(error),
    concurrency: 1,
    keysOfEvent: (event) => (isEventAbout(event, id) ? [singleKey] : []),
  };
  for await (const [, update] of pollAll(batches, plan)) {
    id = update.view.id ?? id;
    yield update;
  }
}

/**
 * Polls several batches until all of them end, each at its own pace and all within one rate limit; otherwise as
 * {@link watchBatch}. If polling one batch fails permanently, the whole loop ends with its error.
 *
 * @param ids the ids of the batches; duplicates are ignored
 * @param retrieve fetches one batch, such as `(id) => client.batches.retrieve(id)`
 * @throws a `RangeError` if `requestsPerMinute` is not above 0 or `concurrency` is below 1
 */
export async function* watchBatches<T>(
  ids: Iterable<string>,
  retrieve: (id: string, options: RetrieveOptions) => T | PromiseLike<T>,
  options: WatchManyOptions<T> = {},
): AsyncGenerator<BatchesUpdate<T>, void, undefined> {
  const {
    from = {},
    requestsPerMinute = defaultRequestsPerMinute,
    concurrency = defaultConcurrency,
    clock = systemClock,
  } = options;
  if (!(requestsPerMinute > 0))
    throw new RangeError(`expected a number above 0, found ${requestsPerMinute} at requestsPerMinute`);
  if (!(concurrency >= 1)) throw new RangeError(`expected a number of at least 1, found ${concurrency} at concurrency`);
  const batches = new Map(
    [...ids].map((id) => [
      id,
      new WatchedBatch<T>({ ...options, from: Object.hasOwn(from, id) ? from[id] : undefined }, clock.now()),
    ]),
  );
  const plan: PollPlan<T> = {
    retrieve,
    options,
    onError: (id, error) => options.onError?.({ id, ...error }),
    rateLimiter: new RateLimiter(requestsPerMinute),
    concurrency,
    keysOfEvent: (event) => [...batches.keys()].filter((id) => isEventAbout(event, id)),
  };
  for await (const [id, update] of pollAll(batches, plan)) yield { id, ...update };
}

/**
 * Whether an event may be about a batch: it names the batch's id, or no id at all. A webhook event holds the id at
 * `data.id`; a string is taken as the id itself.
 */
function isEventAbout(event: unknown, id: string | undefined): boolean {
  const eventId =
    idOf((event as { data?: unknown } | null | undefined)?.data) ?? (typeof event === "string" ? event : undefined);
  return eventId === undefined || id === undefined || eventId === id;
}

function idOf(value: unknown): string | undefined {
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === "string" ? id : undefined;
}

// Subscribable stores for watched batches. All stores of one id share one watcher.
import { describeBatch } from "../runtime/registered-core.js";
import { type SharedWatcher, sharedWatcher } from "./shared-watcher.js";
import type {
  BatchesState,
  BatchesStore,
  BatchState,
  BatchStore,
  Retrieve,
  BatchStoreOptions,
  BatchesStoreOptions,
} from "./types.js";

/**
 * Creates a store that watches a batch while it has subscribers, as `watchBatch` does. All stores of the same id share
 * one polling loop, which uses the `retrieve` and the options of the store that started it. All batches of a page
 * together start at most 60 polls a minute, and at most 4 run at the same time.
 *
 * @param id the id of the batch; `undefined` watches nothing
 * @param retrieve fetches the batch, such as `(id, options) => client.batches.retrieve(id, options)`
 * @example
 * import { createBatchStore } from "batchlight/store";
 * // In your code: (id) => fetch(`/api/batches/${id}`).then((response) => response.json())
 * const retrieve = async (id) => ({ id, status: "cancelled", created_at: 1736489775 });
 * const store = createBatchStore("batch_1", retrieve);
 * const unsubscribe = store.subscribe(({ view }) => console.log(view?.label));
 * unsubscribe();
 */
export function createBatchStore<T>(
  id: string | undefined,
  retrieve: Retrieve<T>,
  options: BatchStoreOptions<T> = {},
): BatchStore<T> {
  const { initial: known, now, history = [], ...watcherOptions } = options;
  const initial = initialState(id, known, history, { now, profile: options.profile, seed: options.seed });
  let state = initial;
  let watcher: SharedWatcher<T> | undefined;
  let subscribers = 0;
  return {
    initial,
    get: () => watcher?.state ?? state,
    subscribe(listener) {
      if (id === undefined) {
        listener(state);
        return () => undefined;
      }
      subscribers += 1;
      watcher ??= sharedWatcher(id, retrieve, watcherOptions, state);
      const unsubscribe = watcher.subscribe(listener);
      listener(watcher.state);
      let isSubscribed = true;
      return () => {
        if (!isSubscribed) return;
        isSubscribed = false;
        unsubscribe();
        subscribers -= 1;
        if (subscribers > 0 || !watcher) return;
        // Kept, so that a later subscriber continues from here.
        state = watcher.state;
        watcher = undefined;
      };
    },
    pollNow: () => watcher?.pollNow(),
  };
}

function initialState<T>(
  id: string | undefined,
  batch: T | undefined,
  history: BatchState["history"],
  options: Pick<BatchStoreOptions, "now" | "profile" | "seed">,
): BatchState<T> {
  if (batch === undefined) return { batch, view: undefined, history, watching: id !== undefined, error: undefined };
  const view = describeBatch(batch, { ...options, history });
  return { batch, view, history, watching: id !== undefined && view.poll.action === "wait", error: undefined };
}

/**
 * Creates a store that watches several batches. Otherwise, it behaves like {@link createBatchStore}. A permanent error
 * of one batch does not end the polling of the others.
 *
 * @param ids the ids of the batches; duplicates are ignored
 * @param retrieve fetches one batch, such as `(id, options) => client.batches.retrieve(id, options)`
 */
export function createBatchesStore<T>(
  ids: Iterable<string>,
  retrieve: Retrieve<T>,
  options: BatchesStoreOptions<T> = {},
): BatchesStore<T> {
  const { initial: known = [], ...others } = options;
  const knownById = new Map(known.map((batch) => [idOf(batch), batch]));
  const stores = new Map(
    [...new Set(ids)].map((id) => [id, createBatchStore(id, retrieve, { ...others, initial: knownById.get(id) })]),
  );
  const read = (stateOf: (store: BatchStore<T>) => BatchState<T>): BatchesState<T> =>
    combined(new Map([...stores].map(([id, store]) => [id, stateOf(store)])));
  const initial = read((store) => store.initial);
  let state = initial;
  const get = (): BatchesState<T> => {
    const isCurrent = [...stores].every(([id, store]) => state.states.get(id) === store.get());
    if (!isCurrent) state = read((store) => store.get());
    return state;
  };
  return {
    initial,
    get,
    subscribe(listener) {
      let isReady = false;
      const notify = () => isReady && listener(get());
      const unsubscribe = [...stores.values()].map((store) => store.subscribe(notify));
      isReady = true;
      listener(get());
      return () => {
        for (const stop of unsubscribe) stop();
      };
    },
    pollNow() {
      for (const store of stores.values()) store.pollNow();
    },
  };
}

function combined<T>(states: ReadonlyMap<string, BatchState<T>>): BatchesState<T> {
  const all = [...states.values()];
  const batches = all.map(({ batch }) => batch).filter((batch) => batch !== undefined);
  return {
    batches: batches.length > 0 || all.length === 0 ? batches : undefined,
    states,
    watching: all.some(({ watching }) => watching),
    error: all.find(({ error }) => error !== undefined)?.error,
  };
}

function idOf(batch: unknown): string | undefined {
  const id = (batch as { readonly id?: unknown } | null | undefined)?.id;
  return typeof id === "string" ? id : undefined;
}

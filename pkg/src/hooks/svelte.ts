// Functions for Svelte that wrap the stores. Reading a property in a template or an effect subscribes to it.
import type { BatchView, DescribeOptions } from "#batchlight";
import {
  type BatchesState,
  type BatchState,
  createBatchesStore,
  createBatchStore,
  type PollNow,
  type Retrieve,
  type Store,
  type BatchStoreOptions,
  type BatchesStoreOptions,
} from "#store";
import { createSubscriber } from "svelte/reactivity";
import { onMinute } from "../elements/minute-timer.js";
import { describeBatch } from "../runtime/registered-core.js";

/** A value, or a function that reads it, such as `() => id`, so that changes are followed. */
export type MaybeGetter<T> = T | (() => T);

const read = <T>(value: MaybeGetter<T>): T => (typeof value === "function" ? (value as () => T)() : value);

/**
 * Watches a batch while a template or an effect reads the result, as `watchBatch` does: paused while the page is
 * hidden, and once for all components that ask for the same id. On a server, and before the first response, the batch
 * is `options.initial`. Do not destructure the result: its properties are reactive.
 *
 * @param id the id of the batch, or a function that reads it; `undefined` watches nothing
 * @param retrieve fetches the batch
 */
export function useBatch<T>(
  id: MaybeGetter<string | undefined>,
  retrieve: Retrieve<T>,
  options: BatchStoreOptions<T> = {},
): BatchState<T> & PollNow {
  const { state, store } = reactive(
    () => read(id),
    () => createBatchStore(read(id), retrieve, options),
  );
  return {
    get batch() {
      return state().batch;
    },
    get view() {
      return state().view;
    },
    get history() {
      return state().history;
    },
    get watching() {
      return state().watching;
    },
    get error() {
      return state().error;
    },
    pollNow: () => store().pollNow(),
  };
}

/**
 * Watches several batches while a template or an effect reads the result; otherwise as {@link useBatch}.
 *
 * @param ids the ids of the batches, or a function that reads them; a new array with the same ids changes nothing
 * @param retrieve fetches one batch
 */
export function useBatches<T>(
  ids: MaybeGetter<readonly string[]>,
  retrieve: Retrieve<T>,
  options: BatchesStoreOptions<T> = {},
): BatchesState<T> & PollNow {
  const { state, store } = reactive(
    () => JSON.stringify(read(ids)),
    () => createBatchesStore(read(ids), retrieve, options),
  );
  return {
    get batches() {
      return state().batches;
    },
    get states() {
      return state().states;
    },
    get watching() {
      return state().watching;
    },
    get error() {
      return state().error;
    },
    pollNow: () => store().pollNow(),
  };
}

/** Follows the store of a key; another key makes another store. */
function reactive<S>(keyOf: () => unknown, create: () => Store<S>): { state: () => S; store: () => Store<S> } {
  let current: { readonly key: unknown; readonly store: Store<S>; readonly follow: () => void } | undefined;
  const followed = () => {
    const key = keyOf();
    if (current && current.key === key) return current;
    const store = create();
    const follow = createSubscriber((update) => {
      let isReady = false;
      const unsubscribe = store.subscribe(() => isReady && update());
      isReady = true;
      return unsubscribe;
    });
    current = { key, store, follow };
    return current;
  };
  return {
    state() {
      const { store, follow } = followed();
      follow();
      return store.get();
    },
    store: () => followed().store,
  };
}

/**
 * Describes a batch, again when it changes and once a minute while a template or an effect reads `current`.
 *
 * @param batch a function that reads the batch, such as `() => batch`, or the batch itself; `undefined` has no view
 * @param options those of `describeBatch`
 */
export function useBatchView(
  batch: MaybeGetter<unknown>,
  options: DescribeOptions = {},
): { readonly current: BatchView | undefined } {
  const follow = createSubscriber((update) => onMinute(update));
  return {
    get current() {
      follow();
      const value = read(batch);
      return value === undefined ? undefined : describeBatch(value, options);
    },
  };
}

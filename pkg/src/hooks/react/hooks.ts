// React hooks that wrap the stores.
import type { BatchView, DescribeOptions } from "#batchlight";
import { useEffect, useMemo, useReducer, useRef, useSyncExternalStore } from "react";
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
import { onMinute } from "../../elements/minute-timer.js";
import { describeBatch } from "../../runtime/registered-core.js";

/**
 * Watches a batch while the component is mounted, as `watchBatch` does: paused while the page is hidden, and once for
 * all components that ask for the same id. On a server, and before the first response, the batch is `options.initial`.
 *
 * @param id the id of the batch; `undefined` watches nothing
 * @param retrieve fetches the batch; the function of the last render counts
 * @param options those of the first render with an id count, except for `onError`
 */
export function useBatch<T>(
  id: string | undefined,
  retrieve: Retrieve<T>,
  options: BatchStoreOptions<T> = {},
): BatchState<T> & PollNow {
  const latest = useLatest({ retrieve, onError: options.onError });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another id makes another store; options are read once.
  const store = useMemo(() => createBatchStore(id, latest.retrieve, { ...options, onError: latest.onError }), [id]);
  return useStore(store);
}

/**
 * Watches several batches while the component is mounted; otherwise as {@link useBatch}.
 *
 * @param ids the ids of the batches; a new array with the same ids changes nothing
 * @param retrieve fetches one batch; the function of the last render counts
 * @param options those of the first render with these ids count, except for `onError`
 */
export function useBatches<T>(
  ids: readonly string[],
  retrieve: Retrieve<T>,
  options: BatchesStoreOptions<T> = {},
): BatchesState<T> & PollNow {
  const latest = useLatest({ retrieve, onError: options.onError });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other ids make another store; options are read once.
  const store = useMemo(
    () => createBatchesStore(ids, latest.retrieve, { ...options, onError: latest.onError }),
    [JSON.stringify(ids)],
  );
  return useStore(store);
}

function useStore<S extends object>(store: Store<S>): S & PollNow {
  const state = useSyncExternalStore(store.subscribe, store.get, () => store.initial);
  return useMemo(() => ({ ...state, pollNow: store.pollNow }), [state, store]);
}

type Callbacks<T> = { readonly retrieve: Retrieve<T>; readonly onError: BatchStoreOptions<T>["onError"] };

/** Returns functions that stay the same and call those of the last render. */
function useLatest<T>(callbacks: Callbacks<T>): Required<Callbacks<T>> {
  const last = useRef(callbacks);
  useEffect(() => {
    last.current = callbacks;
  });
  return useMemo(
    () => ({
      retrieve: (id, options) => last.current.retrieve(id, options),
      onError: (error) => last.current.onError?.(error),
    }),
    [],
  );
}

/**
 * Describes a batch, again when it changes and once a minute.
 *
 * @param batch a batch, its JSON, or anything else; `undefined` has no view
 * @param options those of `describeBatch`. Pass the server's time as `now`, so that hydration renders the same text; it
 * counts for the first render only
 */
export function useBatchView(batch: unknown, options: DescribeOptions = {}): BatchView | undefined {
  const { profile, seed, history, messages } = options;
  const [minute, tick] = useReducer((minutes: number) => minutes + 1, 0);
  const now = minute === 0 ? options.now : undefined;
  useEffect(() => {
    tick();
    return onMinute(tick);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each minute needs another view.
  return useMemo(
    () => (batch === undefined ? undefined : describeBatch(batch, { now, profile, seed, history, messages })),
    [batch, minute, now, profile, seed, history, messages],
  );
}

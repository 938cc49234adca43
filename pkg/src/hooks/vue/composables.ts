// Vue composables that wrap the stores.
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
import {
  computed,
  type ComputedRef,
  getCurrentInstance,
  type MaybeRefOrGetter,
  onMounted,
  onScopeDispose,
  shallowRef,
  toValue,
  watch,
} from "vue";
import { onMinute } from "../../elements/minute-timer.js";
import { describeBatch } from "../../runtime/registered-core.js";

/** The parts of a state as refs. */
export type StateRefs<S> = { readonly [K in keyof S]: ComputedRef<S[K]> };

/**
 * Watches a batch while the component is mounted, as `watchBatch` does: paused while the page is hidden, and once for
 * all components that ask for the same id. On a server, and before the first response, the batch is `options.initial`.
 *
 * @param id the id of the batch, or a ref or getter of it; `undefined` watches nothing
 * @param retrieve fetches the batch
 */
export function useBatch<T>(
  id: MaybeRefOrGetter<string | undefined>,
  retrieve: Retrieve<T>,
  options: BatchStoreOptions<T> = {},
): StateRefs<BatchState<T>> & PollNow {
  const { state, pollNow } = useStore(computed(() => createBatchStore(toValue(id), retrieve, options)));
  return {
    batch: computed(() => state.value.batch),
    view: computed(() => state.value.view),
    history: computed(() => state.value.history),
    watching: computed(() => state.value.watching),
    error: computed(() => state.value.error),
    pollNow,
  };
}

/**
 * Watches several batches while the component is mounted; otherwise as {@link useBatch}.
 *
 * @param ids the ids of the batches, or a ref or getter of them; a new array with the same ids changes nothing
 * @param retrieve fetches one batch
 */
export function useBatches<T>(
  ids: MaybeRefOrGetter<readonly string[]>,
  retrieve: Retrieve<T>,
  options: BatchesStoreOptions<T> = {},
): StateRefs<BatchesState<T>> & PollNow {
  // As a string, which stays equal for a new array with the same ids.
  const key = computed(() => JSON.stringify(toValue(ids)));
  const { state, pollNow } = useStore(
    computed(() => createBatchesStore(JSON.parse(key.value) as readonly string[], retrieve, options)),
  );
  return {
    batches: computed(() => state.value.batches),
    states: computed(() => state.value.states),
    watching: computed(() => state.value.watching),
    error: computed(() => state.value.error),
    pollNow,
  };
}

/** The state of the current store, which is subscribed to from mounting to unmounting. */
function useStore<S>(store: ComputedRef<Store<S>>): { state: Readonly<{ value: S }> } & PollNow {
  const state = shallowRef(store.value.initial);
  let unsubscribe: (() => void) | undefined;
  const subscribe = (): void => {
    unsubscribe?.();
    unsubscribe = store.value.subscribe((value) => {
      state.value = value;
    });
  };
  // A component on a server is never mounted.
  const start = (): void => {
    subscribe();
    watch(store, subscribe, { flush: "sync" });
  };
  if (getCurrentInstance()) onMounted(start);
  else start();
  onScopeDispose(() => unsubscribe?.());
  return { state, pollNow: () => store.value.pollNow() };
}

/**
 * Describes a batch, again when it changes and once a minute.
 *
 * @param batch a batch, its JSON, or anything else, or a ref or getter of it; `undefined` has no view
 * @param options those of `describeBatch`. Pass the server's time as `now`, so that hydration renders the same text; it
 * counts until the component is mounted
 */
export function useBatchView(
  batch: MaybeRefOrGetter<unknown>,
  options: MaybeRefOrGetter<DescribeOptions> = {},
): ComputedRef<BatchView | undefined> {
  const minute = shallowRef(0);
  let stop: (() => void) | undefined;
  const tick = (): void => {
    minute.value += 1;
  };
  onMounted(() => {
    tick();
    stop = onMinute(tick);
  });
  onScopeDispose(() => stop?.());
  return computed(() => {
    const value = toValue(batch);
    if (value === undefined) return undefined;
    const { now, ...others } = toValue(options);
    return describeBatch(value, minute.value === 0 ? { now, ...others } : others);
  });
}

// batchlight/store: states keep the type of the batch, and stores fit the contracts of frameworks.
import { batchRefetchInterval, type BatchState, createBatchesStore, createBatchStore } from "batchlight/store";
import { type Equal, proved } from "./equal.js";

interface Job {
  id: string;
}

const store = createBatchStore("batch_1", async (id): Promise<Job> => ({ id }), { initial: { id: "batch_1" } });
proved<Equal<ReturnType<typeof store.get>, BatchState<Job>>>();
store.subscribe(({ batch, error }) => {
  proved<Equal<typeof batch, Job | undefined>>();
  proved<Equal<typeof error, unknown>>();
})();
// @ts-expect-error a state is not changed from outside
store.get().watching = true;

// The contract of Svelte's stores, and of React's useSyncExternalStore.
interface Readable<T> {
  subscribe(run: (value: T) => void): () => void;
}
export const readable: Readable<BatchState<Job>> = store;
export const subscribe: (onStoreChange: () => void) => () => void = store.subscribe;

const several = createBatchesStore(["a"], (id, { signal }) => fetch(id, { signal }));
proved<Equal<NonNullable<ReturnType<typeof several.get>["batches"]>, readonly Response[]>>();

// TanStack Query's option.
export const options: { refetchInterval: (query: { state: { data: Job | undefined } }) => number | false } = {
  refetchInterval: batchRefetchInterval,
};

import type { WireBatch } from "batchlight/mock";
import { watchBatch } from "batchlight/watch";
import { onMounted, onUnmounted, type ShallowRef, shallowRef } from "vue";
import { listBatches, live, retrieveBatch } from "../../shared/server";

/**
 * All batches. One of them is watched until it ends or the component is unmounted. The ref is shallow, because batches
 * are replaced, never changed.
 */
export function useBatches(): Readonly<ShallowRef<readonly WireBatch[] | undefined>> {
  const batches = shallowRef<readonly WireBatch[]>();
  const watching = new AbortController();
  onMounted(async () => {
    try {
      batches.value = await listBatches();
      for await (const { batch } of watchBatch(() => retrieveBatch(live), { signal: watching.signal })) {
        batches.value = batches.value.map((known) => (known.id === live ? batch : known));
      }
    } catch (error) {
      if (!watching.signal.aborted) throw error;
    }
  });
  onUnmounted(() => watching.abort());
  return batches;
}

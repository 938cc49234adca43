import type { WireBatch } from "batchlight/mock";
import { watchBatch } from "batchlight/watch";
import { useEffect, useState } from "react";
import { listBatches, live, retrieveBatch } from "../../shared/server";

/** All batches. One of them is watched until it ends or the component is unmounted. */
export function useBatches(): readonly WireBatch[] | undefined {
  const [batches, setBatches] = useState<readonly WireBatch[]>();
  useEffect(() => {
    const watching = new AbortController();
    const watch = async () => {
      setBatches(await listBatches());
      for await (const { batch } of watchBatch(() => retrieveBatch(live), { signal: watching.signal })) {
        setBatches((known) => known?.map((each) => (each.id === live ? batch : each)));
      }
    };
    watch().catch((error: unknown) => {
      if (!watching.signal.aborted) throw error;
    });
    return () => watching.abort();
  }, []);
  return batches;
}

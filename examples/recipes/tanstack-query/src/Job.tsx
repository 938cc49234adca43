import { useQuery } from "@tanstack/react-query";
import { BatchCard, batchRefetchInterval } from "batchlight/react";

async function retrieve(id: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(`/api/batches/${id}`, { signal });
  if (!response.ok) throw new Error(`expected a batch, found HTTP status ${response.status}`);
  return response.json();
}

export function Job({ id }: { id: string }) {
  const { data, error } = useQuery({
    queryKey: ["batch", id],
    queryFn: ({ signal }) => retrieve(id, signal),
    // Fetches again at the advised pace, and not at all once the batch has ended.
    refetchInterval: batchRefetchInterval,
  });
  if (!data) return <p>{error ? "The batch could not be loaded." : "Loading…"}</p>;
  return <BatchCard batch={data} />;
}

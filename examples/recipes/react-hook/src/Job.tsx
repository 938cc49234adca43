import { BatchCard, useBatch } from "batchlight/react";

async function retrieve(id: string, { signal }: { signal: AbortSignal }): Promise<unknown> {
  const response = await fetch(`/api/batches/${id}`, { signal });
  if (!response.ok) throw new Error(`expected a batch, found HTTP status ${response.status}`);
  return response.json();
}

export function Job({ id }: { id: string }) {
  const { batch, view, history, watching, error, pollNow } = useBatch(id, retrieve);
  if (!batch) return <p>{error ? "The batch could not be loaded." : "Loading…"}</p>;
  return (
    <>
      <BatchCard batch={batch} history={history}>
        {watching && (
          <button slot="actions" type="button" onClick={pollNow}>
            Refresh
          </button>
        )}
      </BatchCard>
      {view?.phase === "ended" && view.retry !== "none" && <p>Some requests should be sent again.</p>}
    </>
  );
}

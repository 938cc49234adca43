"use client";
import { BatchList, BatchProgress, useBatch } from "batchlight/react";
import { useState } from "react";

export function Batches({ running, now }) {
  const [selected, setSelected] = useState("none");
  const retrieve = async () => ({ ...running, request_counts: { total: 200, completed: 100, failed: 0 } });
  const { batch, view, watching } = useBatch(running.id, retrieve, { initial: running, now });
  return (
    <>
      <BatchList batches={[batch]} now={now} onBatchSelect={({ detail }) => setSelected(detail.view.id)} />
      <BatchProgress batch={batch} now={now} />
      <output>
        {selected}, {view.label}, {watching ? "watching" : "ended"}
      </output>
    </>
  );
}

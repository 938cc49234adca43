"use client";
// A client component: it takes over the rendered batch and watches it until it ends.
import { BatchCard, useBatch } from "batchlight/react";

async function retrieve(id, { signal }) {
  const response = await fetch(`/api/batches/${id}`, { signal });
  if (!response.ok) throw new Error(`expected a batch, found HTTP status ${response.status}`);
  return response.json();
}

export function Job({ initial, now }) {
  const { batch, history } = useBatch(initial.id, retrieve, { initial, now });
  return <BatchCard batch={batch} history={history} headingLevel={2} />;
}

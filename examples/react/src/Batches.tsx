import "batchlight/elements/define";
import type {} from "batchlight/elements/react";
import { useState } from "react";
import { live } from "../../shared/server";
import { useBatches } from "./useBatches";

/** A batch, and the list in which another can be chosen. */
export function Batches() {
  const batches = useBatches();
  const [selected, setSelected] = useState<string | undefined>(live);
  return (
    <>
      <batch-card batch={batches?.find(({ id }) => id === selected)} headingLevel={2} />
      <batch-list batches={batches} selected={selected} onbatch-select={({ detail }) => setSelected(detail.view.id)} />
    </>
  );
}

import { BatchCard, BatchList, useBatches } from "batchlight/react";
import { useState } from "react";
import { ids, live, retrieveBatch } from "../../shared/server";

/** A batch, and the list in which another can be chosen. */
export function Batches() {
  const { batches, states } = useBatches(ids, retrieveBatch);
  const [selected, setSelected] = useState<string>(live);
  const shown = states.get(selected);
  return (
    <>
      <BatchCard batch={shown?.batch} history={shown?.history} headingLevel={2} />
      <BatchList
        batches={batches}
        selected={selected}
        onBatchSelect={({ detail }) => detail.view.id && setSelected(detail.view.id)}
      />
    </>
  );
}

// Every expected error below must occur, or the type check fails.
import { BatchCard, BatchList, useBatch } from "batchlight/react";
import { useRef } from "react";
import type { BatchCardElement } from "batchlight/elements";

export function Wrong() {
  const card = useRef<BatchCardElement>(null);
  const { batch, error } = useBatch("batch_1", async (id) => ({ id }));
  const id: string | undefined = batch?.id;
  // @ts-expect-error an error can be anything
  const message: string = error;
  return (
    <>
      <BatchCard ref={card} batch={null} className="mine" data-id={id} title={message}>
        <button type="button" slot="actions">
          Cancel
        </button>
      </BatchCard>
      {/* @ts-expect-error headingLevel is a number */}
      <BatchCard headingLevel="2" />
      {/* @ts-expect-error a card has no property batches */}
      <BatchCard batches={[]} />
      {/* @ts-expect-error "random" is not an order */}
      <BatchList order="random" />
      {/* @ts-expect-error an id is a string */}
      <BatchList onBatchSelect={({ detail }) => detail.view.id satisfies number | undefined} />
    </>
  );
}

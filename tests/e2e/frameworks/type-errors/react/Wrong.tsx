// Every expected error below must occur, or the type check fails.
import "batchlight/elements/define";
import type {} from "batchlight/elements/react";
import { useRef } from "react";
import type { BatchCardElement } from "batchlight/elements";

export function Wrong() {
  const card = useRef<BatchCardElement>(null);
  return (
    <>
      <batch-card ref={card} batch={null} className="mine" />
      {/* @ts-expect-error headingLevel is a number */}
      <batch-card headingLevel="2" />
      {/* @ts-expect-error a card has no property batches */}
      <batch-card batches={[]} />
      {/* @ts-expect-error "random" is not an order */}
      <batch-list order="random" />
      {/* @ts-expect-error an id is a string */}
      <batch-list onbatch-select={({ detail }) => detail.view.id satisfies number | undefined} />
    </>
  );
}

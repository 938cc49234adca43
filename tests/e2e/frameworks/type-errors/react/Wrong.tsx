// What is wrong is found: each of these lines is an error, or the check fails.
import "batchlight/elements/define";
import type {} from "batchlight/elements/react";
import { useRef } from "react";
import type { BatchCardElement } from "batchlight/elements";

export function Wrong() {
  const card = useRef<BatchCardElement>(null);
  return (
    <>
      <batch-card ref={card} batch={null} className="mine" />
      {/* @ts-expect-error a level is a number */}
      <batch-card headingLevel="2" />
      {/* @ts-expect-error a card shows one batch */}
      <batch-card batches={[]} />
      {/* @ts-expect-error there is no such order */}
      <batch-list order="random" />
      {/* @ts-expect-error an id is text */}
      <batch-list onbatch-select={({ detail }) => detail.view.id satisfies number | undefined} />
    </>
  );
}

// A page that a server writes: the batch is shown before any script has run.
import { renderBatch } from "batchlight/elements";

export const Page = ({ batch, now }: { batch: unknown; now: number }) => (
  <main>
    <h1>Batch</h1>
    <div suppressHydrationWarning dangerouslySetInnerHTML={{ __html: renderBatch(batch, { now, withData: true }) }} />
  </main>
);

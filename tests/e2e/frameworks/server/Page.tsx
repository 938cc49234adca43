// A server-rendered page: it shows the batch before any script runs.
import { renderBatch } from "batchlight/elements";

export const Page = ({ batch, now }: { batch: unknown; now: number }) => (
  <main>
    <h1>Batch</h1>
    <div suppressHydrationWarning dangerouslySetInnerHTML={{ __html: renderBatch(batch, { now, withData: true }) }} />
  </main>
);

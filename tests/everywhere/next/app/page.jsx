// A server component that shows a batch, and a client component below it.
import { BatchCard, BatchStatus } from "batchlight/react";
import { batch, now, running } from "./batch";
import { Batches } from "./batches";

export const dynamic = "force-dynamic";

export default function Page() {
  return (
    <main>
      <BatchStatus batch={batch} now={now} />
      <BatchCard batch={batch} now={now} timeZone="UTC" locale="en-GB" className="mine">
        <a slot="actions" href="/client">
          Open
        </a>
      </BatchCard>
      <Batches running={running} now={now} />
    </main>
  );
}

// A server-rendered page that uses each form of batchlight/react: it shows the batch before any script runs.
import { BatchCard, BatchList, BatchStatus, useBatch, useBatchView } from "batchlight/react";
import type { Retrieve } from "batchlight/store";
import { useRef, useState } from "react";

export interface PageProps {
  readonly batch: { readonly id: string };
  readonly running: { readonly id: string };
  readonly now: number;
}

declare global {
  /** The server: the test sets it. */
  var retrieve: Retrieve<PageProps["running"]>;
  /** The elements that refs were given. */
  var refs: (string | undefined)[];
}

const retrieveBatch: Retrieve<PageProps["running"]> = (id, options) => globalThis.retrieve(id, options);

function Watched({ running, now }: Omit<PageProps, "batch">) {
  const { batch, history, watching, pollNow } = useBatch(running.id, retrieveBatch, { initial: running, now });
  return (
    <section>
      <BatchStatus batch={batch} history={history} now={now} />
      <button type="button" onClick={pollNow}>
        {watching ? "Refresh" : "Ended"}
      </button>
    </section>
  );
}

export function Page({ batch, running, now }: PageProps) {
  const [selected, setSelected] = useState("");
  const [shown, setShown] = useState(true);
  const card = useRef<HTMLElement>(null);
  const view = useBatchView(batch, { now });
  return (
    <main>
      <h1>{view?.label}</h1>
      <BatchCard ref={card} batch={batch} now={now} className="mine" timeZone="UTC" locale="en-GB" headingLevel={2}>
        <button type="button" slot="actions" onClick={() => globalThis.refs.push(card.current?.localName)}>
          Name the card
        </button>
        <p>In the slot</p>
      </BatchCard>
      <BatchList
        batches={[batch, running]}
        now={now}
        group="attention"
        selected={selected}
        onBatchSelect={({ detail }) => setSelected(detail.view.id ?? "")}
      />
      <output>{selected}</output>
      {shown && <Watched running={running} now={now} />}
      {shown && <Watched running={running} now={now} />}
      <button type="button" onClick={() => setShown(false)}>
        Leave
      </button>
    </main>
  );
}

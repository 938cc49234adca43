// batchlight/watch: updates keep the type of the batch, and its error has a guard.
import { isBatchlightWatchError, type PollError, watchBatch, watchBatches } from "batchlight/watch";
import { type Equal, proved, some } from "./equal.js";

export async function watch(): Promise<PollError[]> {
  const errors: PollError[] = [];
  const updates = watchBatch(() => ({ id: "batch_1" }), { onError: (error) => errors.push(error) });
  for await (const { batch, view } of updates) {
    proved<Equal<typeof batch, { id: string }>>();
    const ended: boolean = view.terminal;
    void ended;
  }
  for await (const { id } of watchBatches(["batch_1"], (id, { signal }) => fetch(id, { signal })))
    proved<Equal<typeof id, string>>();
  return errors;
}

const error = some<unknown>();
if (isBatchlightWatchError(error)) proved<Equal<typeof error.code, "not_a_batch">>();

// @ts-expect-error: there is no such option
watchBatch(() => null, { onTrouble: () => undefined });

// A parsed batch has the type of the official client's batch without a cast, and every function accepts that client's
// batches.
import {
  compareBatches,
  describeBatch,
  isBatch,
  nextPoll,
  nextStatuses,
  type NullableBatch,
  type ParsedBatch,
  parseBatch,
  safeParseBatch,
  transition,
  type WireBatch,
} from "batchlight";
import { type BatchRun, memoryStore, runBatch } from "batchlight/run";
import { watchBatch, watchBatches } from "batchlight/watch";
import type OpenAI from "CLIENT";
import { some } from "./equal.js";

type Theirs = OpenAI.Batches.Batch;

const theirs: Theirs = parseBatch(null);
const result = safeParseBatch(null);
const safe: Theirs | undefined = result.success ? result.data : undefined;
const moved: Theirs = transition(theirs, "cancelling", { at: 1 });
const members: { [K in keyof ParsedBatch & keyof Theirs]: Theirs[K] } = some<Required<ParsedBatch>>();
const wire: WireBatch = some<WireBatch & Theirs>();

for (const value of [theirs, some<WireBatch>()]) {
  parseBatch(value);
  safeParseBatch(value);
  describeBatch(value);
  nextPoll(value);
  compareBatches(value, theirs);
  transition(value, "failed", { at: 1 });
  const ours: NullableBatch | undefined = isBatch(value) ? value : undefined;
  void ours;
}
nextStatuses(theirs.status);
void [safe, moved, members, wire];

export async function watch(client: OpenAI, signal: AbortSignal): Promise<void> {
  for await (const { batch, view } of watchBatch(() => client.batches.retrieve("batch_1"), { signal })) {
    const same: Theirs = batch;
    void [same, view.label];
  }
  for await (const { batch, id } of watchBatches(["batch_1"], (id, { signal }) =>
    client.batches.retrieve(id, { signal }),
  )) {
    const same: Theirs = batch;
    void [same, id];
  }
}

export const run = (client: OpenAI): BatchRun => runBatch("", { client, store: memoryStore() });

// What parsing gives is the batch of the official client, without a cast, and what that client gives is taken everywhere.
import {
  compareBatches, describeBatch, isBatch, nextPoll, nextStatuses, type Batch, type ParsedBatch, parseBatch, safeParseBatch, transition, type WireBatch,
} from "batchlight";
import type OpenAI from "CLIENT";
import { some } from "./equal.js";

type Theirs = OpenAI.Batches.Batch;

const theirs: Theirs = parseBatch(null);
const result = safeParseBatch(null);
const safe: Theirs | undefined = result.ok ? result.batch : undefined;
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
  const ours: Batch | undefined = isBatch(value) ? value : undefined;
  void ours;
}
nextStatuses(theirs.status);
void [safe, moved, members, wire];

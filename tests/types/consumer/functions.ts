// Every function takes what people have in their hands, and gives what its documentation says.
import * as api from "batchlight";
import {
  batchSchema,
  canReach,
  canTransition,
  compareBatches,
  createBatchSchema,
  describeBatch,
  isBatch,
  isTerminal,
  nextPoll,
  nextStatuses,
  parseBatch,
  safeParseBatch,
  transition,
} from "batchlight";
import type {
  Batch,
  BatchChange,
  BatchEvent,
  BatchIssue,
  BatchStatus,
  BatchTransitionError,
  BatchValidationError,
  BatchView,
  ParsedBatch,
  ParseResult,
  PollAdvice,
  WireBatch,
} from "batchlight";
import { type Equal, proved, some } from "./equal.js";

proved<Equal<ReturnType<typeof parseBatch>, ParsedBatch>>();
proved<Equal<ReturnType<typeof safeParseBatch>, ParseResult>>();
proved<Equal<ReturnType<typeof describeBatch>, BatchView>>();
proved<Equal<ReturnType<typeof compareBatches>, BatchChange>>();
proved<Equal<ReturnType<typeof nextPoll>, PollAdvice>>();
proved<Equal<ReturnType<typeof transition>, ParsedBatch>>();
proved<Equal<ReturnType<typeof nextStatuses>, BatchStatus[]>>();

for (const value of [
  some<unknown>(),
  some<Batch>(),
  some<ParsedBatch>(),
  some<WireBatch>(),
  some<string>(),
  some<Uint8Array>(),
  null,
]) {
  parseBatch(value, { profile: "azure" });
  safeParseBatch(value, {});
  isBatch(value);
  describeBatch(value, {
    now: 0,
    history: [{ at: 0, completed: 0, failed: 0 }],
    seed: 1,
    messages: { "label.completed": "Fertig" },
    profile: undefined,
  });
  nextPoll(value, { now: undefined });
  compareBatches(value, value, { profile: "compatible" });
  transition(value, "failed", {
    at: 1,
    errors: { data: [{ message: "bad" }] },
    files: { output: undefined },
    unobserved: true,
  });
}

// isBatch narrows.
const unsure = some<unknown>();
if (isBatch(unsure)) proved<Equal<typeof unsure, Batch>>();

// The answer of safeParseBatch is told apart by `success`, before or after it is destructured.
const result = safeParseBatch(unsure);
if (result.success) {
  proved<Equal<typeof result.data, ParsedBatch>>();
} else {
  proved<Equal<typeof result.data, undefined>>();
}
proved<Equal<typeof result.issues, readonly BatchIssue[]>>();

// Events are told apart by `type`.
const event = some<BatchEvent>();
if (event.type === "file_appeared") proved<Equal<typeof event.file, "output" | "error">>();

// Wrong names are caught while writing.
// @ts-expect-error: no such profile
parseBatch(unsure, { profile: "opneai" });
// @ts-expect-error: no such status
nextStatuses("complete");
// @ts-expect-error: no such status
canTransition("validating", "done");
// @ts-expect-error: a move happens at some time
transition(unsure, "failed", {});
// @ts-expect-error: what parsing found is not to be changed
safeParseBatch(unsure).issues.push(some<BatchIssue>());
const yes: boolean = canReach("validating", "completed") && isTerminal("completed");

// Errors are known by name.
const error = some<BatchValidationError | BatchTransitionError>();
if (error.name === "BatchTransitionError") proved<Equal<typeof error.allowed, readonly BatchStatus[]>>();
else proved<Equal<typeof error.code, "invalid_batch">>();

const schema: typeof batchSchema = createBatchSchema({ profile: "groq" });
const ready: Promise<void> = api.init();
void [yes, schema, ready];

// Every function accepts the types that callers have, and returns the type that its documentation states.
import * as api from "batchlight";
import {
  batchSchema,
  canReach,
  canTransition,
  compareBatches,
  createBatchSchema,
  describeBatch,
  formatIssues,
  isBatch,
  isBatchlightFileError,
  isBatchlightLoadError,
  isBatchTransitionError,
  isBatchValidationError,
  isTerminal,
  nextPoll,
  nextStatuses,
  outcomes,
  parseBatch,
  profiles,
  safeParseBatch,
  statuses,
  transition,
  verdicts,
} from "batchlight";
import type {
  Batch,
  BatchChange,
  BatchEvent,
  BatchIssue,
  BatchlightFileError,
  BatchlightLoadError,
  BatchOutcome,
  BatchStatus,
  BatchTransitionError,
  BatchValidationError,
  BatchView,
  EndedBatchView,
  Eta,
  InputIssue,
  JsonSchemaTarget,
  LifecycleOptions,
  NullableBatch,
  ParsedBatch,
  ParseResult,
  PollAdvice,
  PollOptions,
  PollReason,
  ProfileName,
  RunningBatchView,
  UnknownBatchView,
  Verdict,
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
  nextPoll(value, { now: new Date() });
  describeBatch(value, { now: new Date() });
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
if (isBatch(unsure)) proved<Equal<typeof unsure, NullableBatch>>();

// The result of safeParseBatch is discriminated by `success`.
const result = safeParseBatch(unsure);
if (result.success) {
  proved<Equal<typeof result.data, ParsedBatch>>();
} else {
  proved<Equal<typeof result.data, undefined>>();
}
proved<Equal<typeof result.issues, readonly BatchIssue[]>>();

// Events are discriminated by `type`.
const event = some<BatchEvent>();
if (event.type === "file_appeared") proved<Equal<typeof event.file, "output" | "error">>();

// A view is narrowed by its phase, advice by its action: TypeScript then knows which properties exist.
const view = describeBatch(unsure);
switch (view.phase) {
  case "running":
    proved<Equal<typeof view, RunningBatchView>>();
    proved<Equal<typeof view.knownStatus, BatchStatus>>();
    proved<Equal<typeof view.poll.seconds, number>>();
    proved<Equal<typeof view.timing.eta, Eta | undefined>>();
    break;
  case "ended":
    proved<Equal<typeof view, EndedBatchView>>();
    proved<Equal<typeof view.outcome, BatchOutcome>>();
    proved<Equal<typeof view.timing.eta, undefined>>();
    proved<Equal<typeof view.cancellable, false>>();
    // @ts-expect-error: an ended batch is not polled
    void view.poll.seconds;
    break;
  case "unknown":
    proved<Equal<typeof view, UnknownBatchView>>();
    proved<Equal<typeof view.knownStatus, undefined>>();
    proved<Equal<typeof view.poll.seconds, number>>();
}
if (view.terminal) proved<Equal<typeof view, EndedBatchView>>();
if (view.outcome !== undefined) proved<Equal<typeof view, EndedBatchView>>();
const deadline: string | undefined = view.timing.deadline?.text;
const advice: PollAdvice = nextPoll(unsure);
if (advice.action === "wait") proved<Equal<typeof advice.reason, PollReason>>();
// @ts-expect-error: only advice to wait has seconds
else void advice.seconds;
void deadline;

// Unknown names are type errors.
// @ts-expect-error: unknown profile
parseBatch(unsure, { profile: "opneai" });
// @ts-expect-error: unknown status
nextStatuses("complete");
// @ts-expect-error: unknown status
canTransition("validating", "done");
// @ts-expect-error: the time of a transition is required
transition(unsure, "failed", {});
// @ts-expect-error: the issues are readonly
safeParseBatch(unsure).issues.push(some<BatchIssue>());
// @ts-expect-error: the path of an issue is readonly
some<BatchIssue>().path.push("id");
// @ts-expect-error: a view is readonly
describeBatch(unsure).label = "done";
// @ts-expect-error: the parts of a view are readonly
describeBatch(unsure).timeline.pop();
// @ts-expect-error: a change is readonly
compareBatches(unsure, unsure).passed.push("failed");
// @ts-expect-error: advice is readonly
nextPoll(unsure).text = "later";
// A parsed batch belongs to the caller and is mutable.
parseBatch(unsure).metadata = { job: "nightly" };
// @ts-expect-error: neither Unix seconds nor a Date
nextPoll(unsure, { now: "2026-01-01" });
const yes: boolean = canReach("validating", "completed") && isTerminal("completed");

// The guards narrow a caught value.
const caught = some<unknown>();
if (isBatchValidationError(caught)) proved<Equal<typeof caught, BatchValidationError>>();
if (isBatchTransitionError(caught)) proved<Equal<typeof caught, BatchTransitionError>>();
if (isBatchlightFileError(caught)) proved<Equal<typeof caught, BatchlightFileError>>();
if (isBatchlightLoadError(caught)) proved<Equal<typeof caught, BatchlightLoadError>>();

// The constants have the literal types of their items, such as z.enum needs, and list all of them.
proved<Equal<(typeof statuses)[number], BatchStatus>>();
proved<Equal<(typeof outcomes)[number], BatchOutcome>>();
proved<Equal<(typeof verdicts)[number], Verdict>>();
proved<Equal<(typeof profiles)[number]["name"], ProfileName>>();
const firstStatus: "validating" = statuses[0];
// @ts-expect-error: a constant is readonly
statuses.push("failed");

// formatIssues accepts the issues of batches and of files.
const lines: string = formatIssues(some<BatchIssue[]>()) + formatIssues(some<readonly InputIssue[]>());

// Options are typed by their functions.
const options: [PollOptions, LifecycleOptions] = [{ now: new Date(), seed: 1 }, { unobserved: true }];
proved<Equal<JsonSchemaTarget, "draft-2020-12" | "draft-07" | "openapi-3.0">>();
batchSchema["~standard"].jsonSchema.input({ target: "draft-07" });
void [firstStatus, lines, options];

// Errors are identified by name.
const error = some<BatchValidationError | BatchTransitionError>();
if (error.name === "BatchTransitionError") proved<Equal<typeof error.allowed, readonly BatchStatus[]>>();
else proved<Equal<typeof error.code, "invalid_batch">>();

const schema: typeof batchSchema = createBatchSchema({ profile: "groq" });
const ready: Promise<void> = api.init();
void [yes, schema, ready];

// /v1/batches: create, retrieve, list and cancel. A batch is stored as a plan; the simulator computes the object.
// Imports `checkInput` statically, because service workers do not support `import()`. Bundlers remove it for callers
// that use only `simulateBatch`.
import { checkInput } from "#files";
import { endpoints, limits, metadata as metadataLimits, planFields, window } from "../../../generated/mock-tables.js";
import type { InputIssue } from "../../../generated/files-types.js";
import type { BatchPlan, PlannedFailure } from "../../../generated/mock-types.js";
import { newDecoder } from "../../runtime/utf8.js";
import {
  cancelled,
  heldStatuses,
  holdablePlan,
  stepped,
  steppedPlan,
  timeOf,
  visibleTime,
} from "../state/batch-time.js";
import { readJson } from "../http/request-body.js";
import { isAzurePath } from "./request-head.js";
import { settablePlanFields } from "../settings/config.js";
import type { MockContent } from "../http/content.js";
import { liveContent, parseLifetime } from "./files.js";
import { isFileId, isPlannedFileId, throwIdError } from "../state/ids.js";
import { listResponse, parsePageQuery } from "../http/pagination.js";
import type { BatchSteering, MockOptions, NewBatch, PlanOverrides } from "../settings/options.js";
import { plannedEnd, type StoredResponse, type StoredBatch } from "../state/records.js";
import { describeType, throwApiError } from "../http/api-error.js";
import { firstLines } from "../answers/input-requests.js";
import { responsesTo } from "./responses.js";
import { isFailure } from "./result-files.js";
import { isScenario, scenarioNames, seededPlan, settingsOf } from "../settings/scenario-plan.js";
import { rejectionErrors, simulateBatch } from "../simulator/simulate.js";
import type { SteeringQueue } from "../settings/steering.js";
import { resultIdsOf, type MockState } from "../state/store.js";

/** The parsed body of a request to create a batch. */
interface CreationBody {
  readonly endpoint: string;
  readonly input_file_id: string;
  readonly metadata: Record<string, string> | undefined;
  readonly outputSeconds: number;
  /** Whether the endpoint is spelled as Azure does, without `/v1`. */
  readonly isAzure: boolean;
}

/** Parses the body of a request to create a batch. Checks fields in the order of OpenAI's errors. */
function parseCreation(body: unknown, fromAzure: boolean): CreationBody {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return throwApiError("body", "a JSON object");
  const { endpoint, input_file_id, completion_window, metadata, output_expires_after } = body as Record<
    string,
    unknown
  >;
  const required = (name: string, value: unknown): string => {
    if (value === undefined || value === null) return throwApiError("missing", name);
    return typeof value === "string" ? value : throwApiError("kind", name, `a string, not ${describeType(value)}`);
  };
  const file = required("input_file_id", input_file_id);
  if (!file.startsWith("file") && !isFileId(file)) throwApiError("file_id", file);
  const known: readonly string[] = endpoints;
  const isAzure = fromAzure && known.includes(`/v1${endpoint}`);
  if (!isAzure && !known.includes(required("endpoint", endpoint))) {
    const names = known.map((name) => `'${name}'`);
    throwApiError("endpoint", endpoint as string, `${names.slice(0, -1).join(", ")}, and ${names.at(-1)}`);
  }
  if (required("completion_window", completion_window) !== window) throwApiError("window", completion_window as string);
  const lifetime =
    output_expires_after === undefined || output_expires_after === null
      ? limits.batchFile
      : parseLifetime("output_expires_after", output_expires_after);
  return {
    endpoint: endpoint as string,
    input_file_id: file,
    metadata: parseMetadata(metadata),
    outputSeconds: lifetime,
    isAzure,
  };
}

function parseMetadata(metadata: unknown): Record<string, string> | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  if (typeof metadata !== "object" || Array.isArray(metadata))
    return throwApiError("kind", "metadata", `an object, not ${describeType(metadata)}`);
  const { pairs, key, value } = metadataLimits;
  const entries = Object.entries(metadata);
  for (const [name, text] of entries)
    if (typeof text !== "string") throwApiError("metadata_type", name, describeType(text));
  const isLonger = (text: string, max: number) => text.length > max && [...text].length > max;
  const fits =
    entries.length <= pairs && !entries.some(([name, text]) => isLonger(name, key) || isLonger(text as string, value));
  return fits
    ? (metadata as Record<string, string>)
    : throwApiError("metadata", `at most ${pairs} pairs of keys up to ${key} and values up to ${value} characters`);
}

/** The state and options that creating a batch needs. */
export interface CreationContext {
  readonly state: MockState;
  /** The current time in Unix seconds. */
  readonly now: number;
  /** Returns the seed for a sequence number. */
  readonly seedFor: (sequence: number) => number;
  readonly options: MockOptions;
  /** How the next batches run, where it differs from the options. */
  readonly steering: SteeringQueue;
  /** The time until which the batch is not found, in Unix seconds. */
  readonly hiddenUntil: number | undefined;
  readonly log: (line: string) => void;
}

/** Creates a batch. As with OpenAI, a missing or invalid input file fails the batch later, after validation. */
export async function createBatch(request: Request, { state, now, ...context }: CreationContext): Promise<Response> {
  const creation = parseCreation(await readJson(request), isAzurePath(request));
  const overrides = headerOverrides(request);
  const steering = context.steering.take();
  // A file that is deleted from now on is still used by this batch.
  return state.keepingContent(creation.input_file_id, async () => {
    const claims: string[] = [];
    try {
      const { id, batch } = await planBatch(state, creation, now, { ...context, steering }, overrides, claims);
      await state.putBatch(id, batch);
      return Response.json(simulateBatch(batch.plan, now));
    } catch (error) {
      state.release(claims);
      throw error;
    }
  });
}

/** What the plan of a batch depends on besides its request. */
type PlanContext = Omit<CreationContext, "state" | "now" | "steering"> & {
  /** How this batch runs, where it differs from the options. */
  readonly steering: BatchSteering | undefined;
};

async function planBatch(
  state: MockState,
  creation: CreationBody,
  now: number,
  context: PlanContext,
  headerPlan: PlanOverrides,
  claims: string[],
): Promise<{ readonly id: string; readonly batch: StoredBatch }> {
  const { seedFor, options, hiddenUntil } = context;
  const { endpoint, input_file_id, metadata, outputSeconds, isAzure } = creation;
  const { id, seed, sequence } = reserveBatchId(state, now, seedFor);
  const input = liveContent(state, input_file_id);
  const { requests, ...validated } = await validate(input, creation);
  const newBatch = { id, created_at: now, endpoint, input_file_id, metadata, requests };
  const { overrides, hold, movesByPoll, scenario } = steeringOf(context, newBatch, headerPlan);
  const responses = validated.errors ? undefined : await responsesTo(input, options);
  const draft: BatchPlan = {
    ...(options.failureRate === undefined ? {} : { failureRate: options.failureRate }),
    ...validated,
    seed,
    ...(isAzure && { wire: "azure" }),
    ...overrides,
    // Values from the request and the input file take precedence over overrides.
    id,
    created_at: now,
    endpoint,
    input_file_id,
    requests,
    ...(metadata && { metadata }),
  };
  // No request of a rejected file runs.
  if (validated.errors) {
    draft.failures = [];
    delete draft.breakAt;
  }
  if (responses) draft.failures = [...(draft.failures ?? []), ...failedResponses(responses)];
  checkedEnd(draft);
  const plan = holdablePlan(scenario && !validated.errors ? seededPlan(scenario, draft) : draft, hold);
  const endsAt = checkedEnd(plan);
  // Batches with the same explicit seed would get the same file ids.
  const drawn = overrides.seed === undefined ? resultIdsOf(plan) : [];
  for (const [at, field] of (["output_file_id", "error_file_id"] as const).entries()) {
    const chosen = overrides[field] ?? undefined;
    if (chosen !== undefined && !isPlannedFileId(chosen)) throwIdError(field, chosen, false);
    const wanted = chosen ?? drawn[at];
    const isFree = wanted !== undefined && state.claim(wanted);
    if (!isFree && chosen !== undefined) throwIdError(field, chosen, true);
    const resultId = isFree ? wanted : reserveFileId(state, seedFor);
    claims.push(resultId);
    if (resultId !== drawn[at]) plan[field] = resultId;
  }
  const batch: StoredBatch = {
    sequence,
    plan,
    endsAt,
    outputSeconds,
    responses,
    hold,
    hiddenUntil,
    ...(movesByPoll && { shownAt: now, movesByPoll }),
    written: false,
    notified: false,
  };
  return { id, batch };
}

/** Ends a request whose plan has an unknown field. */
function checkFields(overrides: PlanOverrides): PlanOverrides {
  const unknown = Object.keys(overrides).find((field) => !(planFields as readonly string[]).includes(field));
  if (unknown !== undefined)
    throwApiError("plan", `expected one of ${settablePlanFields.join(", ")}, found ${JSON.stringify(unknown)} at plan`);
  return overrides;
}

/**
 * How a batch runs: by the options, its scenario, its own steering and the header of its request. Each takes precedence
 * over those before it.
 */
function steeringOf({ options, steering, log }: PlanContext, newBatch: NewBatch, headerPlan: PlanOverrides) {
  const named = newBatch.metadata?.scenario;
  if (named !== undefined && !isScenario(named))
    log(
      `the scenario ${JSON.stringify(named)} in the metadata is ignored; expected one of ${scenarioNames.join(", ")}`,
    );
  const scenario = isScenario(named) ? named : (steering?.scenario ?? options.scenario);
  if (scenario !== undefined && !isScenario(scenario))
    throwApiError("plan", `expected one of ${scenarioNames.join(", ")}, found ${JSON.stringify(scenario)} at scenario`);
  const settings = scenario && settingsOf(scenario, newBatch.created_at);
  const movesByPoll = (steering?.advance ?? options.advance) === "poll";
  const planned = typeof options.plan === "function" ? options.plan(newBatch) : options.plan;
  const overrides: PlanOverrides = {
    ...(movesByPoll && steppedPlan),
    ...planned,
    ...settings?.overrides,
    ...checkFields({ ...steering?.plan }),
    ...checkFields(headerPlan),
  };
  const hold = steering?.hold ?? settings?.hold ?? options.hold;
  if (hold !== undefined && !heldStatuses.includes(hold))
    throwApiError("plan", `expected one of ${heldStatuses.join(", ")}, found ${JSON.stringify(hold)} at hold`);
  return { overrides, hold, movesByPoll, scenario };
}

function reserveBatchId(state: MockState, now: number, seedFor: (sequence: number) => number) {
  for (;;) {
    const sequence = state.takeSequenceNumber();
    const seed = seedFor(sequence);
    const { id } = simulateBatch({ seed, created_at: now }, now);
    if (!state.isTaken(id)) return { id, seed, sequence };
  }
}

/** Reserves an unused file id. */
export function reserveFileId(state: MockState, seedFor: (sequence: number) => number): string {
  for (;;) {
    const id = fileIdOf(seedFor(state.takeSequenceNumber()));
    if (state.claim(id)) return id;
  }
}

/** The file id that the simulator derives from a seed. */
const fileIdOf = (seed: number): string => simulateBatch({ seed, created_at: 0 }, 0).input_file_id;

/** Checks the input file: the number of requests, the model, and the errors that reject the file. */
async function validate(
  input: MockContent | undefined,
  { endpoint, input_file_id, isAzure }: CreationBody,
): Promise<Pick<BatchPlan, "model" | "errors"> & { readonly requests: number }> {
  if (!input) return { requests: 0, errors: rejectionErrors({ missing: input_file_id }) };
  const report = await checkInput(firstLines(input), {
    endpoint,
    maxIssues: maxErrors,
    ...(isAzure && { profile: "azure" }),
  });
  const model = report.models[0]?.model;
  const rejecting = report.issues.filter(({ level, code }) => level === "error" || rejectingWarnings.has(code));
  if (rejecting.length === 0) return { requests: report.requests, ...(model !== undefined && { model }) };
  const issues = [];
  for (const { code, line, param, message, ...place } of rejecting.slice(0, maxErrors))
    issues.push({ code, line, param, message, found: await stringAt(input, place) });
  return { requests: 0, ...(model !== undefined && { model }), errors: rejectionErrors({ endpoint, issues }) };
}

/**
 * Issues that reject a file here although they are warnings in the check: an unknown model, because the check may not
 * know new models.
 */
export const rejectingWarnings: ReadonlySet<string> = new Set(["model_not_found"]);

/** The maximum number of errors in a batch, and the maximum size in bytes of a string that an error quotes. */
const maxErrors = 1000;
const maxFoundBytes = 4 << 10;

/** The complete string at the location of an issue. The issue itself quotes only its beginning. */
async function stringAt(input: MockContent, place: Pick<InputIssue, "offset" | "length">): Promise<string> {
  const { offset, length = 0 } = place;
  if (length > maxFoundBytes) return "";
  const bytes = new Uint8Array(await input.slice(offset, offset + length).arrayBuffer());
  try {
    const value: unknown = JSON.parse(newDecoder().decode(bytes));
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
}

/** The plan overrides in the header `x-batchlight-plan`. */
function headerOverrides(request: Request): PlanOverrides {
  const header = request.headers.get("x-batchlight-plan");
  if (header === null) return {};
  try {
    const overrides: unknown = JSON.parse(header);
    if (typeof overrides === "object" && overrides !== null && !Array.isArray(overrides))
      return overrides as PlanOverrides;
  } catch {
    // Reported below.
  }
  return throwApiError("plan", "expected a JSON object in the header x-batchlight-plan");
}

const failedResponses = (responses: Readonly<Record<number, StoredResponse>>): PlannedFailure[] =>
  Object.entries(responses).flatMap(([index, response]) => (isFailure(response) ? [{ index: Number(index) }] : []));

/** The end of the planned batch. A plan that the simulator rejects ends the request with an error. */
function checkedEnd(plan: BatchPlan): number {
  try {
    return plannedEnd(plan);
  } catch (error) {
    return throwApiError("plan", (error as Error).message);
  }
}

/** Finds a batch or ends the request with an error. */
function findBatch(state: MockState, id: string, now: number): StoredBatch {
  if (!id.startsWith("batch")) throwApiError("batch_id", id);
  const batch = state.batches.get(id);
  return batch && (batch.hiddenUntil ?? 0) <= now ? batch : throwApiError("no_batch", id);
}

/** Responds with the current object of a batch. */
export function retrieveBatch(state: MockState, id: string, now: number): Response {
  const batch = findBatch(state, id, now);
  return Response.json(simulateBatch(batch.plan, visibleTime(batch, now)));
}

/** Moves a batch one status on. With `byPoll`, only a batch that each retrieval moves. */
export async function stepBatch(state: MockState, id: string, now: number, byPoll: boolean): Promise<void> {
  const batch = findBatch(state, id, now);
  if (batch.written || (byPoll && !batch.movesByPoll)) return;
  const moved = stepped(batch, now);
  // A held batch does not move by polls.
  if (byPoll && timeOf({ ...batch, shownAt: moved.shownAt }, now) < moved.shownAt!) return;
  await state.putBatch(id, { ...moved, hold: byPoll ? batch.hold : undefined });
}

/** Responds with a page of batches, newest first. */
export function listBatches(state: MockState, query: URLSearchParams, now: number): Response {
  const page = parsePageQuery(query, limits.batches as readonly [number, number]);
  // Sorted by creation time, because checking a long input delays storing the batch.
  const batches = [...state.batches].sort(
    ([, a], [, b]) => b.plan.created_at - a.plan.created_at || b.sequence - a.sequence,
  );
  return listResponse(
    batches.filter(([, { hiddenUntil = 0 }]) => hiddenUntil <= now),
    page,
    ([id]) => id,
    ([, batch]) => simulateBatch(batch.plan, visibleTime(batch, now)),
  );
}

/** Cancels a batch. Repeated cancellation is allowed, cancellation after the end is an error. */
export async function cancelBatch(state: MockState, id: string, now: number): Promise<void> {
  const batch = findBatch(state, id, now);
  const { status } = simulateBatch(batch.plan, timeOf(batch, now));
  // No response for expired batches has been observed; OGX responds as for completed ones.
  if (status === "completed" || status === "failed" || status === "expired") throwApiError("cannot_cancel", status);
  if (status !== "cancelling" && status !== "cancelled") await state.putBatch(id, cancelled(batch, now));
}

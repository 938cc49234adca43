// /v1/batches: what is created, looked at, listed and cancelled. A batch is a plan; what is told of it is what the
// simulator says. At once, not by the first batch: service workers know no `import()`. Bundlers leave it out for those
// who only simulate.
import { checkInput } from "#files";
import { endpoints, limits, metadata as metadataLimits, window } from "../../generated/mock-tables.js";
import type { InputIssue } from "../../generated/files-types.js";
import type { BatchPlan, PlannedFailure } from "../../generated/mock-types.js";
import { newDecoder } from "../text.js";
import { readJson } from "./request-body.js";
import type { MockContent } from "./content.js";
import { liveContent, parseLifetime } from "./files.js";
import { visibleTime } from "./finisher.js";
import { isPlannedFileId, throwIdError } from "./ids.js";
import { listResponse, parsePageQuery } from "./pagination.js";
import type { MockOptions, PlanOverrides } from "./options.js";
import { plannedEnd, type StoredResponse, type StoredBatch } from "./records.js";
import { describeType, throwApiError } from "./api-error.js";
import { firstLines, InputRequests } from "./input-requests.js";
import { isFailure } from "./result-files.js";
import { rejectionErrors, simulateBatch } from "./simulate.js";
import { resultIdsOf, type MockState } from "./store.js";

/** What a batch is created from. */
interface CreationBody {
  readonly endpoint: string;
  readonly input_file_id: string;
  readonly metadata: Record<string, string> | undefined;
  readonly outputSeconds: number;
}

/** Reads the body of a creation, in the order in which OpenAI is known to complain. */
function parseCreation(body: unknown): CreationBody {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return throwApiError("body", "an object in JSON");
  const { endpoint, input_file_id, completion_window, metadata, output_expires_after } = body as Record<
    string,
    unknown
  >;
  const required = (name: string, value: unknown): string => {
    if (value === undefined || value === null) return throwApiError("missing", name);
    return typeof value === "string" ? value : throwApiError("kind", name, `a string, not ${describeType(value)}`);
  };
  const file = required("input_file_id", input_file_id);
  const known: readonly string[] = endpoints;
  if (!known.includes(required("endpoint", endpoint))) {
    const names = known.map((name) => `'${name}'`);
    throwApiError("endpoint", endpoint as string, `${names.slice(0, -1).join(", ")}, and ${names.at(-1)}`);
  }
  if (required("completion_window", completion_window) !== window) throwApiError("window", completion_window as string);
  const life =
    output_expires_after === undefined || output_expires_after === null
      ? limits.batchFile
      : parseLifetime("output_expires_after", output_expires_after);
  return { endpoint: endpoint as string, input_file_id: file, metadata: parseMetadata(metadata), outputSeconds: life };
}

function parseMetadata(metadata: unknown): Record<string, string> | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  if (typeof metadata !== "object" || Array.isArray(metadata))
    return throwApiError("kind", "metadata", `an object, not ${describeType(metadata)}`);
  const { pairs, key, value } = metadataLimits;
  const entries = Object.entries(metadata);
  for (const [name, text] of entries)
    if (typeof text !== "string") throwApiError("metadata_type", name, describeType(text));
  const long = (text: string, most: number) => text.length > most && [...text].length > most;
  const fits =
    entries.length <= pairs && !entries.some(([name, text]) => long(name, key) || long(text as string, value));
  return fits
    ? (metadata as Record<string, string>)
    : throwApiError("metadata", `at most ${pairs} pairs of keys up to ${key} and values up to ${value} characters`);
}

/** What creating a batch depends on. */
export interface CreationContext {
  readonly state: MockState;
  /** The present, in Unix seconds. */
  readonly now: number;
  /** The seed for what has this place among all things. */
  readonly seedFor: (order: number) => number;
  readonly options: MockOptions;
}

/** Creates a batch; that its input file is missing or wrong shows later, when validation has failed. */
export async function createBatch(request: Request, { state, now, ...resultId }: CreationContext): Promise<Response> {
  const creation = parseCreation(await readJson(request));
  const overrides = headerOverrides(request);
  // Whoever deletes the file now is too late.
  return state.keepingContent(creation.input_file_id, async () => {
    const claims: string[] = [];
    try {
      const { id, batch } = await planBatch(state, creation, now, resultId, overrides, claims);
      await state.putBatch(id, batch);
      return Response.json(simulateBatch(batch.plan, now));
    } catch (error) {
      state.release(claims);
      throw error;
    }
  });
}

async function planBatch(
  state: MockState,
  creation: CreationBody,
  now: number,
  { seedFor, options }: Pick<CreationContext, "seedFor" | "options">,
  requestOverrides: PlanOverrides,
  claims: string[],
): Promise<{ readonly id: string; readonly batch: StoredBatch }> {
  const { endpoint, input_file_id, metadata, outputSeconds } = creation;
  const { id, seed, order } = reserveBatchId(state, now, seedFor);
  const input = liveContent(state, input_file_id, now);
  const { requests, ...validated } = await validate(input, creation);
  const facts = { id, created_at: now, endpoint, input_file_id, metadata, requests };
  const overrides: PlanOverrides = { ...options.plan?.(facts), ...requestOverrides };
  const responses = validated.errors ? undefined : await collectResponses(input, options);
  const plan: BatchPlan = {
    ...(options.failureRate === undefined ? {} : { failureRate: options.failureRate }),
    ...validated,
    seed,
    ...overrides,
    // What was asked for and what the input file says come last: no choice changes them.
    id,
    created_at: now,
    endpoint,
    input_file_id,
    requests,
    ...(metadata && { metadata }),
  };
  // Of a file that is rejected nothing runs, so nothing fails or breaks down.
  if (validated.errors) {
    plan.failures = [];
    delete plan.breakAt;
  }
  if (responses) plan.failures = [...(plan.failures ?? []), ...failedResponses(responses)];
  const endsAt = checkedEnd(plan);
  // Several batches may have the same seed of their own: the ids of their result files are drawn apart.
  const drawn = overrides.seed === undefined ? resultIdsOf(plan) : [];
  for (const [at, member] of (["output_file_id", "error_file_id"] as const).entries()) {
    const chosen = overrides[member] ?? undefined;
    if (chosen !== undefined && !isPlannedFileId(chosen)) throwIdError(member, chosen, false);
    const wanted = chosen ?? drawn[at];
    const free = wanted !== undefined && state.claim(wanted);
    if (!free && chosen !== undefined) throwIdError(member, chosen, true);
    const resultId = free ? wanted : reserveFileId(state, seedFor);
    claims.push(resultId);
    if (resultId !== drawn[at]) plan[member] = resultId;
  }
  return { id, batch: { order, plan, endsAt, outputSeconds, responses, written: false, notified: false } };
}

function reserveBatchId(state: MockState, now: number, seedFor: (order: number) => number) {
  for (;;) {
    const order = state.takeOrder();
    const seed = seedFor(order);
    const { id } = simulateBatch({ seed, created_at: now }, now);
    if (!state.isTaken(id)) return { id, seed, order };
  }
}

/** An id for a file, which is claimed by that. */
export function reserveFileId(state: MockState, seedFor: (order: number) => number): string {
  for (;;) {
    const id = fileIdOf(seedFor(state.takeOrder()));
    if (state.claim(id)) return id;
  }
}

/** The id of a file that is made from a seed. */
const fileIdOf = (seed: number): string => simulateBatch({ seed, created_at: 0 }, 0).input_file_id;

/** What the real check says of the input file: how many requests of which model, and why it would be rejected. */
async function validate(
  input: MockContent | undefined,
  { endpoint, input_file_id }: CreationBody,
): Promise<Pick<BatchPlan, "model" | "errors"> & { readonly requests: number }> {
  if (!input) return { requests: 0, errors: rejectionErrors({ missing: input_file_id }) };
  const report = await checkInput(firstLines(input), { endpoint, keep: maxErrors });
  const model = report.models[0]?.model;
  const rejecting = report.issues.filter(({ level, code }) => level === "error" || alwaysRejected.has(code));
  if (rejecting.length === 0) return { requests: report.requests, ...(model !== undefined && { model }) };
  const issues = [];
  for (const { code, line, param, message, ...place } of rejecting.slice(0, maxErrors))
    issues.push({ code, line, param, message, found: await stringAt(input, place) });
  return { requests: 0, ...(model !== undefined && { model }), errors: rejectionErrors({ endpoint, issues }) };
}

/**
 * What is a warning for the check and the end of the batch here: a model that OpenAI does not know, and the check may
 * be older than the model; and a line that was not read to its end.
 */
const alwaysRejected: ReadonlySet<string> = new Set(["model_not_found", "nested_too_deep"]);

/** The most errors of an input file that a batch names, and the most bytes of a string that one of them repeats. */
const maxErrors = 1000;
const maxFoundBytes = 4 << 10;

/** The string that stands at the place of an issue, whole: the issue itself quotes its beginning. */
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

/** What the request itself asks of its batch's life. */
function headerOverrides(request: Request): PlanOverrides {
  const header = request.headers.get("x-batchlight-plan");
  if (header === null) return {};
  try {
    const overrides: unknown = JSON.parse(header);
    if (typeof overrides === "object" && overrides !== null && !Array.isArray(overrides))
      return overrides as PlanOverrides;
  } catch {
    // Said below.
  }
  return throwApiError("plan", "the header x-batchlight-plan is to hold an object in JSON");
}

async function collectResponses(
  input: MockContent | undefined,
  { responder }: MockOptions,
): Promise<Record<number, StoredResponse> | undefined> {
  if (!responder || !input) return undefined;
  const responses: Record<number, StoredResponse> = {};
  const requests = await InputRequests.open(input);
  for (let index = 0; index < requests.count; index++) {
    const request = await requests.read(index);
    try {
      const { status = 200, body } = await responder({ ...request, index });
      // What cannot be written down is as good as no answer.
      JSON.stringify(body);
      responses[index] = { status, body };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      responses[index] = { status: 500, body: { error: { message, type: "server_error", param: null, code: null } } };
    }
  }
  return responses;
}

const failedResponses = (responses: Readonly<Record<number, StoredResponse>>): PlannedFailure[] =>
  Object.entries(responses).flatMap(([index, answer]) => (isFailure(answer) ? [{ index: Number(index) }] : []));

/** When the planned batch ends; a plan that the simulator refuses is the request's or the options' fault. */
function checkedEnd(plan: BatchPlan): number {
  try {
    return plannedEnd(plan);
  } catch (error) {
    return throwApiError("plan", (error as Error).message);
  }
}

/** A batch that is there. */
function findBatch(state: MockState, id: string): StoredBatch {
  if (!id.startsWith("batch")) throwApiError("batch_id", id);
  return state.batches.get(id) ?? throwApiError("no_batch", id);
}

/** A batch that is there, as it is now. */
export function retrieveBatch(state: MockState, id: string, now: number): Response {
  const batch = findBatch(state, id);
  return Response.json(simulateBatch(batch.plan, visibleTime(batch, now)));
}

/** The batches, the newest first. */
export function listBatches(state: MockState, query: URLSearchParams, now: number): Response {
  const page = parsePageQuery(query, limits.batches as readonly [number, number]);
  // One whose input takes long to check is kept after others that were asked for later.
  const batches = [...state.batches].sort(([, a], [, b]) => b.plan.created_at - a.plan.created_at || b.order - a.order);
  return listResponse(
    batches,
    page,
    ([id]) => id,
    ([, batch]) => simulateBatch(batch.plan, visibleTime(batch, now)),
  );
}

/** Asks for a cancel. Again is no error, and too late is one. */
export async function cancelBatch(state: MockState, id: string, now: number): Promise<void> {
  const batch = findBatch(state, id);
  const { status } = simulateBatch(batch.plan, now);
  // Of an expired batch nothing is recorded; OGX answers as for a completed one.
  if (status === "completed" || status === "failed" || status === "expired") throwApiError("cannot_cancel", status);
  if (status !== "cancelling" && status !== "cancelled") {
    const plan = { ...batch.plan, cancelAt: now };
    await state.putBatch(id, { ...batch, plan, endsAt: plannedEnd(plan) });
  }
}

// /v1/batches: what is created, looked at, listed and cancelled. A batch is a plan; what is told of it is what the
// simulator says. At once, not by the first batch: service workers know no `import()`. Bundlers leave it out for those
// who only simulate.
import { checkInput } from "#files";
import { endpoints, limits, metadata as metadataLimits, window } from "../../generated/mock-tables.js";
import type { InputIssue } from "../../generated/files-types.js";
import type { BatchPlan, PlannedFailure } from "../../generated/mock-types.js";
import { newDecoder } from "../runtime/utf8.js";
import { jsonOf } from "./body.js";
import type { MockContent } from "./content.js";
import { contentOf, lifeOf } from "./files.js";
import { shownAt } from "./finish.js";
import { isPlannedId, refuseId } from "./ids.js";
import { listOf, pageOf } from "./lists.js";
import type { MockOptions, PlanChoices } from "./options.js";
import { endOf, type StoredAnswer, type StoredBatch } from "./records.js";
import { kindOf, refuse } from "./refuse.js";
import { firstLines, Requests } from "./requests.js";
import { isFailure } from "./results.js";
import { rejectionsOf, simulateBatch } from "./simulate.js";
import { resultIdsOf, type State } from "./store.js";

/** What a batch is created from. */
interface Created {
  readonly endpoint: string;
  readonly input_file_id: string;
  readonly metadata: Record<string, string> | undefined;
  readonly outputSeconds: number;
}

/** Reads the body of a creation, in the order in which OpenAI is known to complain. */
function readCreation(body: unknown): Created {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return refuse("body", "an object in JSON");
  const { endpoint, input_file_id, completion_window, metadata, output_expires_after } = body as Record<
    string,
    unknown
  >;
  const required = (name: string, value: unknown): string => {
    if (value === undefined || value === null) return refuse("missing", name);
    return typeof value === "string" ? value : refuse("kind", name, `a string, not ${kindOf(value)}`);
  };
  const file = required("input_file_id", input_file_id);
  const known: readonly string[] = endpoints;
  if (!known.includes(required("endpoint", endpoint))) {
    const names = known.map((name) => `'${name}'`);
    refuse("endpoint", endpoint as string, `${names.slice(0, -1).join(", ")}, and ${names.at(-1)}`);
  }
  if (required("completion_window", completion_window) !== window) refuse("window", completion_window as string);
  const life =
    output_expires_after === undefined || output_expires_after === null
      ? limits.batchFile
      : lifeOf("output_expires_after", output_expires_after);
  return { endpoint: endpoint as string, input_file_id: file, metadata: readMetadata(metadata), outputSeconds: life };
}

function readMetadata(metadata: unknown): Record<string, string> | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  if (typeof metadata !== "object" || Array.isArray(metadata))
    return refuse("kind", "metadata", `an object, not ${kindOf(metadata)}`);
  const { pairs, key, value } = metadataLimits;
  const entries = Object.entries(metadata);
  for (const [name, text] of entries) if (typeof text !== "string") refuse("metadata_type", name, kindOf(text));
  const long = (text: string, most: number) => text.length > most && [...text].length > most;
  const fits =
    entries.length <= pairs && !entries.some(([name, text]) => long(name, key) || long(text as string, value));
  return fits
    ? (metadata as Record<string, string>)
    : refuse("metadata", `at most ${pairs} pairs of keys up to ${key} and values up to ${value} characters`);
}

/** What creating a batch depends on. */
export interface Creating {
  readonly state: State;
  /** The present, in Unix seconds. */
  readonly now: number;
  /** The seed for what has this place among all things. */
  readonly seedFor: (order: number) => number;
  readonly options: MockOptions;
}

/** Creates a batch; that its input file is missing or wrong shows later, when validation has failed. */
export async function createBatch(request: Request, { state, now, ...given }: Creating): Promise<Response> {
  const asked = readCreation(await jsonOf(request));
  const choices = headerChoices(request);
  // Whoever deletes the file now is too late.
  return state.holding(asked.input_file_id, async () => {
    const claims: string[] = [];
    try {
      const { id, batch } = await planned(state, asked, now, given, choices, claims);
      await state.putBatch(id, batch);
      return Response.json(simulateBatch(batch.plan, now));
    } catch (error) {
      state.release(claims);
      throw error;
    }
  });
}

async function planned(
  state: State,
  asked: Created,
  now: number,
  { seedFor, options }: Pick<Creating, "seedFor" | "options">,
  ofRequest: PlanChoices,
  claims: string[],
): Promise<{ readonly id: string; readonly batch: StoredBatch }> {
  const { endpoint, input_file_id, metadata, outputSeconds } = asked;
  const { id, seed, order } = newBatch(state, now, seedFor);
  const input = contentOf(state, input_file_id, now);
  const { requests, ...validated } = await validate(input, asked);
  const facts = { id, created_at: now, endpoint, input_file_id, metadata, requests };
  const choices: PlanChoices = { ...options.plan?.(facts), ...ofRequest };
  const answers = validated.errors ? undefined : await answersOf(input, options);
  const plan: BatchPlan = {
    ...(options.failureRate === undefined ? {} : { failureRate: options.failureRate }),
    ...validated,
    seed,
    ...choices,
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
  if (answers) plan.failures = [...(plan.failures ?? []), ...failuresOf(answers)];
  const endsAt = ended(plan);
  // Several batches may have the same seed of their own: the ids of their result files are drawn apart.
  const drawn = choices.seed === undefined ? resultIdsOf(plan) : [];
  for (const [at, member] of (["output_file_id", "error_file_id"] as const).entries()) {
    const chosen = choices[member] ?? undefined;
    if (chosen !== undefined && !isPlannedId(chosen)) refuseId(member, chosen, false);
    const wanted = chosen ?? drawn[at];
    const free = wanted !== undefined && state.claim(wanted);
    if (!free && chosen !== undefined) refuseId(member, chosen, true);
    const given = free ? wanted : newFileId(state, seedFor);
    claims.push(given);
    if (given !== drawn[at]) plan[member] = given;
  }
  return { id, batch: { order, plan, endsAt, outputSeconds, answers, written: false, told: false } };
}

function newBatch(state: State, now: number, seedFor: (order: number) => number) {
  for (;;) {
    const order = state.next();
    const seed = seedFor(order);
    const { id } = simulateBatch({ seed, created_at: now }, now);
    if (!state.isTaken(id)) return { id, seed, order };
  }
}

/** An id for a file, which is claimed by that. */
export function newFileId(state: State, seedFor: (order: number) => number): string {
  for (;;) {
    const id = fileIdOf(seedFor(state.next()));
    if (state.claim(id)) return id;
  }
}

/** The id of a file that is made from a seed. */
const fileIdOf = (seed: number): string => simulateBatch({ seed, created_at: 0 }, 0).input_file_id;

/** What the real check says of the input file: how many requests of which model, and why it would be rejected. */
async function validate(
  input: MockContent | undefined,
  { endpoint, input_file_id }: Created,
): Promise<Pick<BatchPlan, "model" | "errors"> & { readonly requests: number }> {
  if (!input) return { requests: 0, errors: rejectionsOf({ missing: input_file_id }) };
  const report = await checkInput(firstLines(input), { endpoint, keep: maxErrors });
  const model = report.models[0]?.model;
  const grave = report.issues.filter(({ level, code }) => level === "error" || refused.has(code));
  if (grave.length === 0) return { requests: report.requests, ...(model !== undefined && { model }) };
  const issues = [];
  for (const { code, line, param, message, ...place } of grave.slice(0, maxErrors))
    issues.push({ code, line, param, message, found: await stringAt(input, place) });
  return { requests: 0, ...(model !== undefined && { model }), errors: rejectionsOf({ endpoint, issues }) };
}

/**
 * What is a warning for the check and the end of the batch here: a model that OpenAI does not know, and the check may
 * be older than the model; and a line that was not read to its end.
 */
const refused: ReadonlySet<string> = new Set(["model_not_found", "nested_too_deep"]);

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
function headerChoices(request: Request): PlanChoices {
  const header = request.headers.get("x-batchlight-plan");
  if (header === null) return {};
  try {
    const choices: unknown = JSON.parse(header);
    if (typeof choices === "object" && choices !== null && !Array.isArray(choices)) return choices as PlanChoices;
  } catch {
    // Said below.
  }
  return refuse("plan", "the header x-batchlight-plan is to hold an object in JSON");
}

async function answersOf(
  input: MockContent | undefined,
  { responder }: MockOptions,
): Promise<Record<number, StoredAnswer> | undefined> {
  if (!responder || !input) return undefined;
  const answers: Record<number, StoredAnswer> = {};
  const requests = await Requests.of(input);
  for (let index = 0; index < requests.count; index++) {
    const request = await requests.read(index);
    try {
      const { status = 200, body } = await responder({ ...request, index });
      // What cannot be written down is as good as no answer.
      JSON.stringify(body);
      answers[index] = { status, body };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      answers[index] = { status: 500, body: { error: { message, type: "server_error", param: null, code: null } } };
    }
  }
  return answers;
}

const failuresOf = (answers: Readonly<Record<number, StoredAnswer>>): PlannedFailure[] =>
  Object.entries(answers).flatMap(([index, answer]) => (isFailure(answer) ? [{ index: Number(index) }] : []));

/** When the planned batch ends; a plan that the simulator refuses is the request's or the options' fault. */
function ended(plan: BatchPlan): number {
  try {
    return endOf(plan);
  } catch (error) {
    return refuse("plan", (error as Error).message);
  }
}

/** A batch that is there. */
function findBatch(state: State, id: string): StoredBatch {
  if (!id.startsWith("batch")) refuse("batch_id", id);
  return state.batches.get(id) ?? refuse("no_batch", id);
}

/** A batch that is there, as it is now. */
export function showBatch(state: State, id: string, now: number): Response {
  const batch = findBatch(state, id);
  return Response.json(simulateBatch(batch.plan, shownAt(batch, now)));
}

/** The batches, the newest first. */
export function listBatches(state: State, query: URLSearchParams, now: number): Response {
  const page = pageOf(query, limits.batches as readonly [number, number]);
  // One whose input takes long to check is kept after others that were asked for later.
  const batches = [...state.batches].sort(([, a], [, b]) => b.plan.created_at - a.plan.created_at || b.order - a.order);
  return listOf(
    batches,
    page,
    ([id]) => id,
    ([, batch]) => simulateBatch(batch.plan, shownAt(batch, now)),
  );
}

/** Asks for a cancel. Again is no error, and too late is one. */
export async function cancelBatch(state: State, id: string, now: number): Promise<void> {
  const batch = findBatch(state, id);
  const { status } = simulateBatch(batch.plan, now);
  // Of an expired batch nothing is recorded; OGX answers as for a completed one.
  if (status === "completed" || status === "failed" || status === "expired") refuse("cannot_cancel", status);
  if (status !== "cancelling" && status !== "cancelled") {
    const plan = { ...batch.plan, cancelAt: now };
    await state.putBatch(id, { ...batch, plan, endsAt: endOf(plan) });
  }
}
